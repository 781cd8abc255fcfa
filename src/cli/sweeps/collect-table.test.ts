import { describe, expect, it } from 'vitest';
import { readSweep } from '../../experiment/map/sweep-table.ts';
import { type Collected, collectCsv } from './collect-table.ts';
import { parseAxis } from './grid.ts';

const run = (link: string, loss: number, more: Collected['curves'] = []): Collected => ({
  link,
  curves: [{ model: 'M', kind: 'measured', step: [0, 1, 2], loss: [3, 1, loss] }, ...more],
  growth: [{ gap: 0.5 }],
  cost: { total: 10, criticalPath: 8, seconds: 2 },
});
const cell = (link: string, ...values: string[]) => ({ name: 'x', link, values });
const columnsOf = (csv: string, row: number): Record<string, string | undefined> => {
  const [head = '', ...rows] = csv.trimEnd().split('\n');
  const values = rows[row]?.split(',') ?? [];
  return Object.fromEntries(head.split(',').map((name, i) => [name, values[i]]));
};

describe('the collected table of a sweep', () => {
  it('has one row a result', () => {
    const result = run('#v=1&preset=edge', 2);
    const axis = parseAxis('h=0:0.5,10:0.1|0.3');
    expect(collectCsv([axis], [{ cell: cell(result.link, '0:0.5,10:0.1'), result }])).toBe(
      'h,final_M,best_M,gap,flops,critical_path,seconds,steps,link,seeds\n"0:0.5,10:0.1",2,1,0.5,10,8,2,2,#v=1&preset=edge,1\n',
    );
  });

  it('says what each prediction gave at the end, and until when it can be trusted (10.17)', () => {
    const result = run('#v=1&preset=edge', 2, [
      { model: 'M', kind: 'modified-flow', step: [0, 2], loss: [3, 2.25], from: 0, trustedUntil: 1 },
      { model: 'M', kind: 'modified-flow', step: [1, 2], loss: [1, 2.125], from: 1, trustedUntil: null },
      // This one did not come to the end, so it says nothing of it.
      { model: 'M', kind: 'gradient-flow', step: [0, 1], loss: [3, 2.5], from: 0, trustedUntil: null },
    ]);
    expect(columnsOf(collectCsv([], [{ cell: cell(result.link), result }]), 0)).toMatchObject({
      'predicted_M_modified-flow': '2.25',
      'trusted_modified-flow': '1',
      'predicted_M_modified-flow_from_growth': '2.125',
    });
    expect(collectCsv([], [{ cell: cell(result.link), result }])).not.toContain('gradient-flow');
  });

  it('gives the spread over runs that are the same but for their seed (10.17)', () => {
    const grid = (['1', '2', '3'] as const).flatMap((seed, i) =>
      (['0.1', '0.2'] as const).map((h) => {
        const link = `#v=1&preset=edge&seed=${seed}&h=${h}`;
        return { cell: cell(link, seed, h), result: run(link, Number(h) * 10 + i * i) };
      }),
    );
    const csv = collectCsv([parseAxis('seed=1,2,3'), parseAxis('h=0.1,0.2')], grid);
    expect(columnsOf(csv, 0)).toMatchObject({ seeds: '3', median_final_M: '2', min_final_M: '1', max_final_M: '5', final_M: '1' });
    expect(columnsOf(csv, 3)).toMatchObject({ seeds: '3', median_final_M: '3', min_final_M: '2', max_final_M: '6', final_M: '3' });
    // One run has no spread.
    expect(columnsOf(collectCsv([parseAxis('seed=1'), parseAxis('h=0.1')], grid.slice(0, 1)), 0)).toMatchObject({
      seeds: '1',
      final_M: '1',
    });
    expect(collectCsv([parseAxis('seed=1'), parseAxis('h=0.1')], grid.slice(0, 1))).not.toContain('median');
  });

  it('can be read by the map, whatever columns there are', () => {
    const link = '#v=1&preset=edge&grow=50&h2=0.02';
    const result = run(link, 2, [{ model: 'M', kind: 'modified-flow', step: [0, 2], loss: [3, 2.25], from: 0, trustedUntil: 1 }]);
    expect(readSweep(collectCsv([parseAxis('grow=50')], [{ cell: cell(link, '50'), result }]))).toHaveLength(1);
  });
});
