import { describe, expect, it } from 'vitest';
import { type MeasuredTable, runLink } from '../../../experiment/measured.ts';
import { tableCsv } from './csv.ts';
import { pictureOf, plottable, tickText } from './points.ts';

const cell = (...values: number[]) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, sd: 0.01, values };
};
const table: Pick<MeasuredTable, 'columns' | 'rows' | 'seeds' | 'command' | 'link'> = {
  seeds: [1, 2],
  command: 'npm run experiment -- "#v=1&preset=edge" --out DIR',
  columns: [
    { key: 'loss', label: 'loss, "last"' },
    { key: 'note', label: 'note' },
    { key: 'wide', label: 'off by' },
  ],
  rows: [
    { label: 'one', cells: { loss: cell(0.4, 0.42), note: 'text', wide: cell(1e-7, 2e-7) } },
    { label: 'two', link: '#v=1&preset=edge&seed=7', cells: { loss: cell(0.5, 0.52), note: null, wide: cell(0.1, 0.2) } },
  ],
};

describe('a measured table (10.16)', () => {
  it('is a picture of a column that has numbers: means, deviations, seeds, round ticks', () => {
    expect(plottable(table).map(({ key }) => key)).toEqual(['loss', 'wide']);
    const { points, domain, ticks, scale } = pictureOf(table, 'loss');
    expect(points.map(({ row, mean, values }) => [row, Number(mean.toFixed(3)), values])).toEqual([
      [0, 0.41, [0.4, 0.42]],
      [1, 0.51, [0.5, 0.52]],
    ]);
    expect(scale).toBe('linear');
    expect(domain[0]).toBeLessThanOrEqual(0.4);
    expect(domain[1]).toBeGreaterThanOrEqual(0.52);
    expect(ticks.length).toBeGreaterThan(2);
    expect(pictureOf(table, 'wide')).toMatchObject({ scale: 'log', domain: [1e-7, 1] });
    expect([0.05, 1000, -0.2, -1000, 1e-6].map(tickText)).toEqual(['0.05', '1,000', '\u22120.2', '\u22121,000', '1e\u22126']);
  });

  it('opens a run at every row: the row’s own, else the one of the command', () => {
    expect(table.rows.map((row) => runLink(table, row))).toEqual(['#v=1&preset=edge', '#v=1&preset=edge&seed=7']);
    expect(runLink({ command: 'npm run validate-theory -- --only orders' }, {})).toBeNull();
    expect(runLink({ command: 'npm run validate-theory', link: '#v=1&preset=edge' }, {})).toBe('#v=1&preset=edge');
  });

  it('is a CSV with mean, deviation and every seed', () => {
    const [head, one, two] = tableCsv(table).trimEnd().split('\n');
    expect(head).toMatch(/^row,"loss, ""last""","loss, ""last"", sd","loss, ""last"", seed 1"/);
    expect(one).toBe('one,0.41000000000000003,0.01,0.4,0.42,text,,,,1.5e-7,0.01,1e-7,2e-7');
    expect(two?.split(',')).toHaveLength(13);
  });
});
