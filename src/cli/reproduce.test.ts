/** A smoke test of the whole reproduction, with next to no steps; and that a quick run never replaces results. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readMeasured } from '../experiment/measured.ts';
import { earlierTables } from './measure/choices.ts';
import { main } from './reproduce.ts';

const folder = mkdtempSync(join(tmpdir(), 'reproduce-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes every table, with every cell', { timeout: 600_000 }, async () => {
  const out = join(folder, 'reproduce.json');
  expect(await main(['--quick', '--quiet', '--seeds', '0', '--out', out])).toBe(0);
  const document = readMeasured(JSON.parse(readFileSync(out, 'utf8')));
  expect(document?.quick).toBe(true);
  expect(document?.tables.map(({ id }) => id)).toEqual([
    'methods',
    'graph',
    'first-fusion-cost',
    'fusing-fast',
    'fusing-wins',
    'fusing-even',
    'fusing-too-small',
    'downstream',
    'language',
    'naive-moments',
    'symmetry',
  ]);
  for (const { id, rows, columns, seeds, findings, command } of document?.tables ?? []) {
    expect(seeds, id).toEqual([0]);
    expect(findings.length, id).toBeGreaterThan(0);
    expect(command, id).toMatch(/^npm run experiment -- "#v=[12]&/);
    for (const row of rows)
      expect(Object.keys(row.cells).toSorted(), `${id}, ${row.label}`).toEqual(columns.map(({ key }) => key).toSorted());
  }
});

it('measures every seed by itself, and keeps the tables it does not make again', { timeout: 600_000 }, async () => {
  const out = join(folder, 'two.json');
  expect(await main(['--quick', '--quiet', '--only', 'fusing-too-small', '--seeds', '0,1', '--out', out])).toBe(0);
  const [table] = readMeasured(JSON.parse(readFileSync(out, 'utf8')))?.tables ?? [];
  // The large one, one small one, three ways to grow, and two, three and four small ones asked together.
  expect(table?.rows.length).toBe(8);
  for (const { label, cells } of table?.rows ?? []) {
    const { at4000: end } = cells;
    if (typeof end !== 'object' || end === null) throw new Error(`${label} has no losses by seed`);
    const [first, second] = end.values;
    // The losses of networks that have hardly learnt anything.
    expect(first).toBeGreaterThan(1);
    expect(first).toBeLessThan(6);
    expect(first).not.toBe(second);
    expect(end.mean).toBeCloseTo(((first ?? 0) + (second ?? 0)) / 2, 4);
  }
  // A document made in earnest keeps its other tables; a smoke test's are thrown away.
  expect(earlierTables(out, ['graph'])).toEqual([]);
  writeFileSync(out, readFileSync(out, 'utf8').replace('"quick": true', '"quick": false'));
  expect(earlierTables(out, ['graph']).map(({ id }) => id)).toEqual(['fusing-too-small']);
  expect(earlierTables(out, ['fusing-too-small'])).toEqual([]);
});

it('refuses what would put a smoke test in the place of results, and tables that do not exist', async () => {
  await expect(main(['--quick'])).rejects.toThrow('--quick needs --out FILE');
  await expect(main(['--only', 'graphs'])).rejects.toThrow('there are methods, graph');
  await expect(main(['--seeds', '1,x'])).rejects.toThrow('e.g. 0,1,2');
  // A blank is not seed 0.
  await expect(main(['--seeds', '1,,2'])).rejects.toThrow('e.g. 0,1,2');
  await expect(main(['--seeds', '0x10'])).rejects.toThrow('e.g. 0,1,2');
  await expect(main(['graph'])).rejects.toThrow('graph is one argument too many');
});
