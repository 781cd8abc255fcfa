/** A smoke test of the tables of the theory with next to no steps; the orders are real even so. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readMeasured } from '../experiment/measured.ts';
import { meanOf } from './measure/document.ts';
import { main } from './validate-theory.ts';

const folder = mkdtempSync(join(tmpdir(), 'validate-theory-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes the tables of the ladder, and its orders are 2, 3, 3 and 4 (10.27)', { timeout: 600_000 }, async () => {
  const out = join(folder, 'theory.json');
  expect(await main(['--quick', '--quiet', '--only', 'first-fusion,see-the-theory,orders', '--out', out])).toBe(0);
  const document = readMeasured(JSON.parse(readFileSync(out, 'utf8')));
  expect(document?.tables.map(({ id }) => id)).toEqual(['first-fusion', 'see-the-theory', 'orders']);
  for (const { id, rows, columns } of document?.tables ?? []) {
    for (const row of rows)
      expect(Object.keys(row.cells).toSorted(), `${id}, ${row.label}`).toEqual(columns.map(({ key }) => key).toSorted());
  }
  const [, one, orders] = document?.tables ?? [];
  expect(one?.rows.map(({ label }) => label)).toEqual([
    'Gradient flow',
    'Exact first order',
    'Modified flow',
    'Third-order flow',
    'Self-held forecast',
    'Measured',
  ]);
  // Whose step sizes these are is said.
  for (const table of document?.tables.slice(0, 2) ?? []) expect(table.setting).toContain('which measures λ as it goes');
  const [gradient, , modified] = one?.rows ?? [];
  // The modified flow is the closer one from the first steps on, and the dearer.
  expect(meanOf(modified?.cells['after'])).toBeLessThan(meanOf(gradient?.cells['after']));
  expect(meanOf(modified?.cells['gradients'])).toBeGreaterThan(meanOf(gradient?.cells['gradients']));
  for (const [row, order] of [
    [0, 2],
    [1, 3],
    [2, 3],
    [3, 4],
  ] as const) {
    const found = meanOf(orders?.rows[row]?.cells['h0.02']);
    expect(found).toBeGreaterThan(order - 0.3);
    expect(found).toBeLessThan(order + 0.3);
  }
});

it('makes the tables of growth and of what is cheap: the composite is of the orders 1, 2 and 3', { timeout: 600_000 }, async () => {
  const out = join(folder, 'growth.json');
  const ids = [
    'halving',
    'sharpest-direction',
    'sharpness',
    'composite',
    'composite-window',
    'cheap',
    'optimizers',
    'mini-batch',
    'self-fusion',
    'map',
  ];
  expect(await main(['--quick', '--quiet', '--only', ids.join(','), '--out', out])).toBe(0);
  const tables = new Map(readMeasured(JSON.parse(readFileSync(out, 'utf8')))?.tables.map((table) => [table.id, table]));
  expect([...tables.keys()]).toEqual(ids);
  for (const { id, rows, columns, findings } of tables.values()) {
    expect(findings.length, id).toBeGreaterThan(0);
    for (const row of rows)
      expect(Object.keys(row.cells).toSorted(), `${id}, ${row.label}`).toEqual(columns.map(({ key }) => key).toSorted());
  }
  const cell = (id: string, row: number, key: string): number => meanOf(tables.get(id)?.rows[row]?.cells[key]);
  for (const [row, order] of [1, 2, 3].entries()) expect(Math.abs(cell('composite', row, 'h0.001') - order)).toBeLessThan(0.15);
  // The bracket is worth it for one step on either side.
  expect(cell('composite-window', 0, 'with')).toBeLessThan(cell('composite-window', 0, 'without') / 2);
  // A heavy ball has inertia; the flow of the batches is closer to their mean than the gradient flow.
  expect(cell('optimizers', 1, 'off')).toBeLessThan(cell('optimizers', 0, 'off'));
  expect(cell('mini-batch', 2, 'off')).toBeLessThan(cell('mini-batch', 0, 'off'));
  // All are ranked on the same runs: those that a rescaled branch says something of too (10.31).
  for (let row = 0; row < 4; row++) expect(cell('map', row, 'cells')).toBe(12);
});

it('refuses what would put a smoke test in the place of results, and tables that do not exist', async () => {
  await expect(main(['--quick'])).rejects.toThrow('--quick needs --out FILE');
  await expect(main(['--only', 'maps'])).rejects.toThrow('there are first-fusion, see-the-theory');
});
