import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decimalsOf, formatDifference, prefixOf, times } from './numbers.ts';

const SOURCES = new URL('../..', import.meta.url);
/** The one place that knows the signs of a language. */
const HERE = 'experiment/messages/numbers.ts';
/** These write none for a page: the command line speaks English, and a tensor that differs is a test's. */
const APART = /^cli\/|\/testing\/|\.test\.tsx?$/;
/** Rounding is no writing: the number comes out of it as a number. */
const ROUNDING = /\bNumber\([^;]*\.toPrecision\(/;

it('a number is written in one place, which knows the signs of the language', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const written = files
    .filter((file) => file !== HERE && !APART.test(file))
    .flatMap((file) =>
      readFileSync(new URL(file, SOURCES), 'utf8')
        .split('\n')
        .map((line) => `${file}: ${line.trim()}`),
    )
    .filter((line) => /\.(?:toFixed|toExponential|toPrecision|toLocaleString)\(|Intl\.NumberFormat/.test(line))
    .filter((line) => !ROUNDING.test(line) && !/: (?:\*|\/\*\*|\/\/)/.test(line));
  expect(written).toEqual([]);
});

it('a number has as many decimals as it needs, and a prefix that leaves it below a thousand', () => {
  expect([0.1, 0.125, 12, 1e-3].map(decimalsOf)).toEqual([1, 3, 0, 3]);
  expect([0, 12, 1500, 2.5e9].map(prefixOf)).toEqual([
    [1, ''],
    [1, ''],
    [1000, 'k'],
    [1e9, 'G'],
  ]);
  expect([1.55, 14.2].map(times)).toEqual(['1.6', '14']);
  expect([0, -0.00001, -0.5].map((value) => formatDifference(value))).toEqual(['0.000', '0.000', '−0.50']);
});
