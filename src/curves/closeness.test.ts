import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { median } from './median.ts';
import { closeness, closenessOf } from './closeness.ts';
import { formatLink } from '../experiment/link/link.ts';
import { type MeasuredTable, readMeasured } from '../experiment/measured.ts';
import { presetExperiment } from '../experiment/presets/presets.ts';

const preset = presetExperiment('see-the-theory');
const cell = (values: readonly (number | null)[]) => ({ mean: 1, sd: null, values });
const table = (link: string): MeasuredTable => ({
  id: 'x',
  title: '',
  setting: '',
  findings: [],
  command: `npm run experiment -- "${link}" --out DIR`,
  seeds: [1, 2, 3, 4],
  columns: [{ key: 'after', label: 'off by' }],
  rows: [
    { label: 'Gradient flow', cells: { after: cell([0.1, 0.2, 0.3, 0.4]) } },
    { label: 'Modified flow', cells: { after: cell([0.01, 0.1, 0.1, null]) } },
    { label: 'Measured', cells: { after: null } },
  ],
});

describe('how many times closer over seeds (10.4)', () => {
  it('has median and range of the seeds in which both were measured', () => {
    expect(closeness([3, 12, 5])).toEqual({ seeds: 3, median: 5, least: 3, greatest: 12, atLeastTen: 1 });
    expect([median([1, 3]), median([4]), median([])]).toEqual([2, 4, Number.NaN]);
    expect(closeness([])).toBeNull();
    expect(closenessOf([table(formatLink({ ...preset, seed: 1 }))], { ...preset, seed: 99 }, 'modified-flow')).toEqual({
      seeds: 3,
      median: expect.closeTo(3, 9) as number,
      least: expect.closeTo(2, 9) as number,
      greatest: expect.closeTo(10, 9) as number,
      atLeastTen: 1,
    });
  });

  it('is of the very setting that was measured, whatever is drawn and however fast, or of none', () => {
    const tables = [table(formatLink({ ...preset, seed: 1 }))];
    expect(
      closenessOf(tables, { ...preset, pace: 'max', predict: ['third-order-flow'], from: ['growth'] }, 'modified-flow'),
    ).not.toBeNull();
    expect(closenessOf(tables, { ...preset, steps: 400 }, 'modified-flow')).toBeNull();
    expect(closenessOf(tables, preset, 'third-order-flow')).toBeNull();
    expect(closenessOf([{ ...table(''), command: 'npm run validate-theory' }], preset, 'modified-flow')).toBeNull();
  });

  it('is found for the presets of the theory in the results that are published', () => {
    const path = new URL('../../public/results/theory.json', import.meta.url);
    const document = readMeasured(JSON.parse(readFileSync(path, 'utf8')));
    for (const name of ['first-fusion', 'see-the-theory', 'four-to-one'])
      expect(closenessOf(document?.tables ?? [], presetExperiment(name), 'modified-flow')?.seeds, name).toBeGreaterThan(5);
  });
});
