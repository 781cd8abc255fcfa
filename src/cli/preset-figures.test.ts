/** What presets say of themselves follows from the recorded tables. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRESETS, presetExperiment } from '../experiment/presets/presets.ts';
import type { MeasuredCell, MeasuredTable } from '../experiment/measured.ts';
import { CRITERIA, recordedTable } from './choose-seed.ts';
import { typicalSeed } from './sweeps/typical-seed.ts';

/** Everything that a table says in numbers, as a text writes them. */
function figuresOf({ setting, findings, rows }: MeasuredTable): readonly string[] {
  const words = (cell: MeasuredCell): string =>
    typeof cell === 'object' && cell !== null ? `${cell.mean.toFixed(3)} ${(cell.sd ?? 0).toFixed(3)}` : String(cell);
  return [setting, ...findings, ...rows.flatMap(({ cells }) => Object.values(cells).map(words))].join(' ').match(/\d+\.\d+/g) ?? [];
}

const tableOf = (command: string): MeasuredTable => {
  const [, program, table] = /^npm run (reproduce|validate-theory) -- --only ([a-z-]+)$/.exec(command) ?? [];
  return recordedTable({ file: program === 'reproduce' ? 'reproduce' : 'theory', table: table ?? command });
};

const measured = [...PRESETS.values()].filter(({ measuredBy }) => measuredBy !== undefined);

describe('what a preset does not show', () => {
  it('has its figures from the tables whose commands stand beside it (10.4)', () => {
    expect(measured.map(({ name }) => name)).toEqual(['first-fusion', 'self-fusion', 'broken-symmetry', 'fusing-wins']);
    for (const { name, doesNotShow, measuredBy = [] } of measured) {
      const known = measuredBy.flatMap((command) => figuresOf(tableOf(command)));
      const said = doesNotShow.match(/\d+\.\d+/g) ?? [];
      expect(said.length, name).toBeGreaterThan(2);
      for (const figure of said) expect(known, `${name}: ${figure}`).toContain(figure);
    }
  });

  it('names a command wherever it has a figure (10.4)', () => {
    for (const { name, doesNotShow, measuredBy } of PRESETS.values())
      if (/\d\.\d/.test(doesNotShow)) expect(measuredBy, name).toBeDefined();
  });

  it('is of sixteen seeds for what the first fusion costs and for the symmetry (10.4)', () => {
    for (const table of ['first-fusion-cost', 'symmetry']) expect(recordedTable({ file: 'reproduce', table }).seeds).toHaveLength(16);
  });
});

/** Those with enough seeds for a typical one. */
const settled = CRITERIA.filter((criterion) => recordedTable(criterion).seeds.length >= 8);

describe('the seed of a preset', () => {
  it('is chosen from sixteen (10.26)', () => {
    const names = settled.filter((criterion) => recordedTable(criterion).seeds.length >= 16).map(({ preset }) => preset);
    expect(names).toEqual(expect.arrayContaining(['first-fusion', 'see-the-theory', 'self-fusion', 'broken-symmetry']));
  });

  it.each(settled)('of $preset is the typical one of the recorded table (10.26)', (criterion) => {
    expect(presetExperiment(criterion.preset).seed).toBe(typicalSeed(recordedTable(criterion), criterion).seed);
  });
});

describe('README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = readme.split('\n').filter((line) => line.includes('npm run validate-theory -- --only'));

  it.each(['first-fusion', 'see-the-theory'])(
    'says of %s the median and the range of every flow, as the table has them (10.26, 10.27)',
    (id) => {
      const table = recordedTable({ file: 'theory', table: id });
      const row = lines.find((line) => line.includes(`--only ${id}`));
      for (const { cells } of table.rows) if (typeof cells['closer'] === 'string') expect(row, id).toContain(cells['closer']);
      expect(table.setting).toContain('the table is part of the run, not predicted');
    },
  );

  it('says whose the step sizes are, and what the preset has on its own seed (10.26, 10.27)', () => {
    expect(readme).toContain('a table that the measured run came to');
    const table = recordedTable({ file: 'theory', table: 'first-fusion' });
    const { seed } = presetExperiment('first-fusion');
    const at = table.seeds.indexOf(seed);
    expect(readme).toContain(`the preset's own seed, ${seed},`);
    const row = readme.split('\n').find((line) => line.includes("the preset's own seed"));
    for (const label of ['Gradient flow', 'Modified flow', 'Third-order flow']) {
      const cell = table.rows.find((each) => each.label === label)?.cells['after'];
      const value = typeof cell === 'object' && cell !== null ? (cell.values[at] ?? Number.NaN) : Number.NaN;
      expect(row, label).toContain(String(Number(value.toPrecision(2))));
    }
  });
});
