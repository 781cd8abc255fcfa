/**
 * The English that a person reads, gone over by rule: numbers have a leading zero, and no sentence is spliced with a
 * comma.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Sources that hold sentences of the page, the command line and the measured tables. */
function sources(): string[] {
  return ['src/app', 'src/experiment', 'src/run', 'src/predict', 'src/session', 'src/curves', 'src/cli', 'src/data'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\.data\.|generated|testing|icons\.tsx/.test(path))
      .map((path) => join(folder, path)),
  );
}

/** Lines without comments. */
const code = (text: string): string[] =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/.*$/, ''));

/** A number that begins with its point. */
const BARE = /(^|[ (=×≈<>/:·‘“'"`−±~])\.\d/;

test('no ".5" beside "0.5" in what a person reads (10.11)', () => {
  const found = [
    ...sources().flatMap((path) =>
      code(read(path))
        .filter((line) => BARE.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    ),
    ...['README.md', 'public/results/reproduce.json', 'public/results/theory.json'].flatMap((path) =>
      read(path)
        .split('\n')
        .filter((line) => BARE.test(line))
        .map((line) => `${path}: ${line.trim().slice(0, 120)}`),
    ),
  ];
  expect(found).toEqual([]);
});

test('words that nobody would say are gone: "is not taken", "at last 0.472" (10.11)', () => {
  const found = [...sources(), 'public/results/reproduce.json', 'public/results/theory.json'].filter((path) =>
    /is not taken\b|at last \d|, at last /.test(code(read(path)).join('\n')),
  );
  expect(found).toEqual([]);
});
