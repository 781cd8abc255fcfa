import { describe, expect, it } from 'vitest';
import { computeAxis, stepAxis, timeAxis } from './axis.ts';
import { planOf } from './plan.ts';

const experiment = { grow: 300, steps: 700, operator: 'fuse', k: 2, seed: 7 } as const;
const report = (id: string, from: number, to: number, parents: readonly string[]) => ({ id, from, to, parents, parameters: 1, dModel: 1, flopsPerStep: 1 });

describe('plan of growth', () => {
  it('stacks the sources and gives the fused network their height', () => {
    const plan = planOf(experiment, [], 120);
    expect(plan.rows).toBe(2);
    expect(plan.bars.map(({ id, row, rows, from, to, done }) => [id, row, rows, from, to, done])).toEqual([
      ['A', 0, 1, 0, 300, 120],
      ['B', 1, 1, 0, 300, 120],
      ['M', 0, 2, 300, 700, 0],
    ]);
    expect(plan.bars.map(({ words }) => words[0])).toEqual([
      'small · seed 7',
      'small · seed 8',
      'medium · A and B fused, then trained together',
    ]);
  });

  it('draws a self-fused network twice', () => {
    const plan = planOf({ ...experiment, operator: 'self' }, [], 0);
    expect(plan.bars.map(({ id, row, rows }) => [id, row, rows])).toEqual([
      ['A', 0, 1],
      ['A', 1, 1],
      ['M', 0, 2],
    ]);
    expect(new Set(plan.bars.map(({ key }) => key)).size).toBe(3);
  });

  it('runs to the end without a growth, and ignores the baseline', () => {
    expect(planOf({ ...experiment, grow: null, k: 1 }, [report('A', 0, 700, []), report('S', 0, 700, [])], 700).bars).toMatchObject([
      { id: 'A', to: 700, done: 700 },
    ]);
  });

  it('follows the reports of a general plan: four become two become one', () => {
    const reports = [
      ...['A', 'B', 'C', 'D'].map((id) => report(id, 0, 100, [])),
      report('M', 100, 200, ['A', 'B']),
      report('N', 100, 200, ['C', 'D']),
      report('L', 200, 400, ['M', 'N']),
    ];
    const plan = planOf(experiment, reports, 150);
    expect(plan.rows).toBe(4);
    expect(plan.bars.slice(4).map(({ id, row, rows, done }) => [id, row, rows, done])).toEqual([
      ['M', 0, 2, 50],
      ['N', 2, 2, 50],
      ['L', 0, 4, 0],
    ]);
  });
});

describe('axes', () => {
  const models = [
    { id: 'A', from: 0, to: 100 },
    { id: 'B', from: 0, to: 100 },
    { id: 'M', from: 100, to: 200 },
    { id: 'S', from: 0, to: 200 },
  ];
  const flops = ({ id }: { readonly id: string }) => (id === 'A' || id === 'B' ? 10 : 40);

  it('counts the compute of all networks that train side by side, and of the baseline on its own', () => {
    const axis = computeAxis(models, 200, flops);
    expect([0, 50, 100, 150, 200].map((step) => axis.valueOf('M', step))).toEqual([0, 1000, 2000, 4000, 6000]);
    expect(axis.valueOf('A', 50)).toBe(1000);
    expect(axis.valueOf('S', 100)).toBe(4000);
    expect(axis.end).toBe(8000);
    expect([0, 1000, 4000].map(axis.stepAt)).toEqual([0, 50, 150]);
  });

  it('goes on at the mean rate beyond the time that was measured', () => {
    const axis = timeAxis({ steps: Float64Array.from([10, 20]), values: Float32Array.from([1, 4]), length: 2 }, 100);
    expect([0, 5, 10, 15, 20, 30].map((step) => axis.valueOf('M', step))).toEqual([0, 0.5, 1, 2.5, 4, 6]);
    expect([0.5, 2.5, 6].map(axis.stepAt)).toEqual([5, 15, 30]);
    expect(axis.end).toBe(20);
    expect(axis.formatEnd(20)).toBe('20 s');
  });

  it('is the step itself by default', () => {
    expect(stepAxis(700).formatEnd(700)).toBe('700 steps');
  });
});
