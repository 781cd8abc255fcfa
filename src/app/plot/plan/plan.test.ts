import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../experiment/experiment.ts';
import { parsePlan } from '../../../experiment/plan/plan.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { workOf, type Work } from './work.ts';
import { computeAxis, stepAxis, timeAxis } from '../frame/axis.ts';
import { type Plan, planOf } from './plan.ts';

const experiment: Experiment = { ...presetExperiment('first-fusion'), grow: 300, steps: 700, operator: 'fuse', k: 2, seed: 7 };
const planned = (text: string): Experiment => ({ ...experiment, plan: parsePlan(text) });
const places = ({ bars }: Plan) => bars.map(({ id, row, rows }) => [id, row, rows]);

describe('plan of growth', () => {
  it('stacks the sources and gives the fused network their height', () => {
    const plan = planOf(experiment, 120);
    expect(plan.rows).toBe(2);
    expect(plan.growths).toEqual([300]);
    expect(plan.bars.map(({ id, stage, row, rows, from, to, done }) => [id, stage, row, rows, from, to, done])).toEqual([
      ['A', 0, 0, 1, 0, 300, 120],
      ['B', 1, 1, 1, 0, 300, 120],
      ['M', 2, 0, 2, 300, 700, 0],
    ]);
    expect(plan.bars.map(({ words }) => words[0])).toEqual([
      'small · seed 7',
      'small · seed 8',
      'medium · A and B fused, then trained together',
    ]);
  });

  it('draws a self-fused network twice, and only that', () => {
    const plan = planOf({ ...experiment, operator: 'self' }, 0);
    expect(places(plan)).toEqual([
      ['A', 0, 1],
      ['A', 1, 1],
      ['M', 0, 2],
    ]);
    expect(new Set(plan.bars.map(({ key }) => key)).size).toBe(3);
    expect(plan.bars.map(({ twin }) => twin)).toEqual([false, true, false]);
    expect(places(planOf({ ...experiment, operator: 'net2net' }, 0))).toEqual([
      ['A', 0, 1],
      ['M', 0, 2],
    ]);
    // Deeper, not wider.
    expect(places(planOf({ ...experiment, operator: 'stack' }, 0))).toEqual([
      ['A', 0, 1],
      ['M', 0, 1],
    ]);
  });

  it('says of every stage what it is trained on where stages have tasks of their own, and of one that goes on with a grown network that it goes on', () => {
    const read: Experiment = {
      ...experiment,
      task: 'spans',
      plan: parsePlan('A:20,B:20,A+B>M:50,M:40(task=who,examples=200,h=0.001)'),
    };
    expect(planOf(read, 0).bars.map(({ words }) => words)).toEqual([
      ['fill the gaps of a story · small · seed 7', 'fill the gaps of a story', 'reading', ''],
      ['fill the gaps of a story · small · seed 8', 'fill the gaps of a story', 'reading', ''],
      ['fill the gaps of a story · medium · A and B fused, then trained together', 'fill the gaps of a story', 'reading', ''],
      ['tell who has a thing · 200 examples · goes on', 'tell who has a thing · 200 examples', 'tell who has a thing', 'who has it', ''],
    ]);
    // Each by the text that it reads.
    const texts: Experiment = { ...read, vocab: 'characters', plan: parsePlan('A:20(corpus=moby),B:20(corpus=addresses),A+B>M:50') };
    expect(planOf(texts, 0).bars.map(({ words }) => words[1])).toEqual([
      'fill the gaps of Moby Dick',
      'fill the gaps of the addresses',
      'fill the gaps of a story',
    ]);
    // Where all stages have the run's task, none says it.
    expect(planOf(planned('A:20,B:20,A+B>M:50,M:40(h=0.001)'), 0).bars.at(-1)?.words).toEqual(['goes on', '']);
  });

  it('runs to the end without a growth', () => {
    expect(planOf({ ...experiment, grow: null, k: 2 }, 700).bars).toMatchObject([{ id: 'A', to: 700, done: 700 }]);
  });

  it('draws a general plan: four become two become one', () => {
    const plan = planOf(planned('A:100,B:100,C:100,D:100,A+B>M:100,C+D>N:100,M+N>L:200'), 150);
    expect(plan.rows).toBe(4);
    expect(plan.growths).toEqual([100, 200]);
    expect(plan.bars.slice(4).map(({ id, row, rows, done }) => [id, row, rows, done])).toEqual([
      ['M', 0, 2, 50],
      ['N', 2, 2, 50],
      ['L', 0, 4, 0],
    ]);
    expect(plan.bars.at(-1)?.words[0]).toBe('large · M and N fused, then trained together');
    expect(plan.bars[3]?.words[0]).toBe('small · seed 10');
  });

  it('never draws two stages over one another', () => {
    // A goes on beside M, and is fused once more with C.
    const plan = planOf(planned('A:10,B:10,A+B>M:20,A:10,C:20,A+C>N:10,M+N>L:5'), 0);
    for (const a of plan.bars) {
      for (const b of plan.bars) {
        const apart = a === b || a.to <= b.from || b.to <= a.from || a.row + a.rows <= b.row || b.row + b.rows <= a.row;
        expect([a.key, b.key, apart]).toEqual([a.key, b.key, true]);
      }
    }
    expect(plan.bars.filter(({ id }) => id === 'A').map(({ stage, from, to }) => [stage, from, to])).toEqual([
      [0, 0, 10],
      [3, 10, 20],
    ]);
    // A self-fusion of what is fused: M twice, each as tall as it is wide.
    expect(places(planOf(planned('A:10,B:10,A+B>M:20,M+M>L:5'), 0))).toEqual([
      ['A', 0, 1],
      ['B', 1, 1],
      ['M', 0, 2],
      ['M', 2, 2],
      ['L', 0, 4],
    ]);
  });
});

describe('axes', () => {
  const work: Work = {
    ...workOf({ ...planned('A:100,B:100,A+B>M:100'), baseline: ['scratch', 'alone'] }, []),
    perStep: new Map([
      ['A', 10],
      ['B', 10],
      ['M', 40],
      ['S', 40],
      ['alone', 10],
    ]),
  };

  it('counts the compute of all networks that train side by side, and of each baseline on its own', () => {
    const axis = computeAxis(work, 200);
    expect([0, 50, 100, 150, 200].map((step) => axis.valueOf('M', step))).toEqual([0, 1000, 2000, 4000, 6000]);
    expect(axis.valueOf('A', 50)).toBe(1000);
    expect(axis.valueOf('S', 100)).toBe(4000);
    // The small one alone has paid for its own past, and for nobody else's.
    expect([100, 150, 200].map((step) => axis.valueOf('alone', step))).toEqual([1000, 1500, 2000]);
    expect(axis.end).toBe(8000);
    expect([0, 1000, 4000].map(axis.stepAt)).toEqual([0, 50, 150]);
  });

  it('takes the operations that the worker reports, once it has reported them all', () => {
    const of = { ...planned('A:100,B:100,A+B>M:100'), baseline: [] };
    const reports = ['A', 'B', 'M'].map((id) => ({ id, flopsPerStep: 7 }));
    expect(workOf(of, reports.slice(1)).exact).toBe(false);
    expect(workOf(of, reports)).toMatchObject({
      exact: true,
      perStep: new Map([
        ['A', 7],
        ['B', 7],
        ['M', 7],
      ]),
    });
    // Before that the proportions are right: a network twice as wide costs more than two.
    const { perStep } = workOf(of, []);
    expect(perStep.get('M')).toBeGreaterThan(2 * (perStep.get('A') ?? Infinity));
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
