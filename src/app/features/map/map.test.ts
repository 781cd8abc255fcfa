import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../experiment/experiment.ts';
import { equalCompute, mapFamily, type MapAxes } from '../../../experiment/map/growth-map.ts';
import { formatLink } from '../../../experiment/link/link.ts';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import type { MapReport } from '../../../predict/reports.ts';
import { drawnCells, rankRows, readLines, whyNotAsked } from './cells.ts';
import { importSweep } from './import.ts';
import { spellRank } from './Ranks.tsx';

const edge = presetExperiment('edge');
const at = (grow: number, value: number, change: Partial<Experiment> = {}): Experiment => ({
  ...edge,
  grow,
  h2: { kind: 'constant', value },
  ...change,
});
const axes: MapAxes = { held: false, grow: [50, 100], after: [0.02, 0.04] };
const report = (cells: MapReport['cells']): MapReport => ({
  axes,
  family: mapFamily(edge),
  cells,
  operations: 900,
  state: 'filled',
  gradients: 10,
  estimate: 0,
  running: 100,
  unpredicted: null,
  reason: null,
});

describe('the cells of the map', () => {
  const cells = drawnCells(
    axes,
    report([
      { grow: 50, after: 0.02, time: 4, predicted: { 'gradient-flow': 0.8, 'time-rescaling': 0.9 } },
      { grow: 50, after: 0.04, time: 8, predicted: { 'gradient-flow': 0.2 } },
      { grow: 100, after: 0.02, time: 5, predicted: { 'gradient-flow': 0.4 } },
      { grow: 100, after: 0.04, time: 7, predicted: {} },
    ]),
    [
      { experiment: at(50, 0.02), loss: 1 },
      { experiment: at(50, 0.04), loss: null },
      { experiment: at(100, 0.02), loss: 0.5 },
      { experiment: at(77, 0.02), loss: 9 },
    ],
    'gradient-flow',
  );

  it('show the measurement, else the prediction; the lower the loss the stronger', () => {
    expect(cells.map(({ measured, shown }) => [measured, shown])).toEqual([
      [1, 1],
      [null, null],
      [0.5, 0.5],
      [undefined, null],
    ]);
    expect(cells.map(({ share }) => share)).toEqual([0, null, 1, null]);
    const predicted = drawnCells(axes, report([{ grow: 50, after: 0.02, time: 4, predicted: { spectral: 0.5 } }]), [], 'spectral');
    expect(predicted.map(({ shown, share }) => [shown, share])).toEqual([
      [0.5, 1],
      [null, null],
      [null, null],
      [null, null],
    ]);
    expect(drawnCells(axes, null, [], 'spectral')).toHaveLength(4);
  });

  it('at equal compute are of the step that the cheapest run pays for, measured and predicted (10.5)', () => {
    const within = (step: number, predicted: number) => ({ step, time: 3, predicted: { 'gradient-flow': predicted } });
    const { steps } = edge;
    const told = report([
      { grow: 50, after: 0.02, time: 4, predicted: { 'gradient-flow': 0.8 }, within: within(80, 0.9) },
      { grow: 50, after: 0.04, time: 8, predicted: { 'gradient-flow': 0.2 }, within: within(80, 0.3) },
      { grow: 100, after: 0.02, time: 5, predicted: { 'gradient-flow': 0.4 }, within: within(steps, 0.4) },
      { grow: 100, after: 0.04, time: 7, predicted: {}, within: within(steps, 0.6) },
    ]);
    const runs = [
      { experiment: at(50, 0.02), loss: 0.7, curve: { steps: [50, 70, 90, steps], losses: [2, 1.5, 1, 0.7] } },
      // Of an imported run the end alone is known, and that is where the cheapest ones are compared.
      { experiment: at(50, 0.04), loss: 0.6 },
      { experiment: at(100, 0.02), loss: 0.5 },
    ];
    const shown = drawnCells(axes, told, runs, 'gradient-flow', 'compute');
    expect(shown.map(({ step, measured, shown: loss, time }) => [step, measured, loss, time])).toEqual([
      [80, 1.25, 1.25, 3],
      [80, undefined, 0.3, 3],
      [steps, 0.5, 0.5, 3],
      [steps, undefined, 0.6, 3],
    ]);
    expect(drawnCells(axes, told, runs, 'gradient-flow').map(({ shown: loss }) => loss)).toEqual([0.7, 0.6, 0.5, null]);
  });

  it('rank each predictor beside the total time over the same cells, a diverged run as the worst', () => {
    const [time, flow, rescaled, spectral] = rankRows(cells);
    // Measured 1, ∞, .5 against Σh 4, 8, 5: the longest is the worst.
    expect(time).toMatchObject({ predictor: 'time', correlation: expect.closeTo(-0.5, 12) as number, count: 3 });
    expect(flow).toMatchObject({ correlation: expect.closeTo(-0.5, 12) as number, ofTime: expect.closeTo(-0.5, 12) as number, count: 3 });
    expect(rescaled).toMatchObject({ correlation: null, ofTime: null, count: 1 });
    expect(spectral?.count).toBe(0);
  });

  it('a rank is spelled so that .997 is not 1', () => {
    expect([1, 0.997, 0.9, -0.5, -0.999, null].map(spellRank)).toEqual(['1.00', '0.997', '0.90', '−0.50', '−0.999', '—']);
  });
});

describe('lines that are typed', () => {
  const whole = { min: 1, max: 299, whole: true, most: 4 };
  it('are numbers in order, each once', () => {
    expect(readLines(' 100, 50;75 50', whole)).toEqual({ values: [50, 75, 100] });
  });
  it.each([
    ['', 'Nothing is given'],
    ['50, x', 'x can’t be used: 1 to 299, whole.'],
    ['50.5', '50.5 can’t be used'],
    ['300', '300 can’t be used'],
    ['1,2,3,4,5', 'at most 4 lines'],
  ])('%j is refused in words', (text, words) => {
    expect(readLines(text, whole)).toMatchObject({ wrong: expect.stringContaining(words) as string });
  });
});

describe('a sweep that is imported', () => {
  const file = (...experiments: readonly Experiment[]): string =>
    ['final_M,steps,link', ...experiments.map((experiment, i) => `${0.5 + i},300,"${formatLink(experiment)}"`)].join('\n');

  it('gives the cells of this map, and its lines', () => {
    const imported = importSweep('sweep.csv', file(at(50, 0.02), at(80, 0.01), at(50, 0.01, { seed: 8 })), {
      ...edge,
      pace: 'max',
      predict: [],
    });
    expect(imported).toMatchObject({
      message: '2 cells from sweep.csv; 1 run is of another experiment and left out.',
      axes: { held: false, grow: [50, 80], after: [0.01, 0.02] },
    });
    expect('branches' in imported ? imported.branches.map(({ loss }) => loss) : []).toEqual([0.5, 1.5]);
  });

  it('of another experiment is refused with what differs, and so is one that can’t be read', () => {
    expect(importSweep('a.csv', file(at(50, 0.02, { seed: 8 })), edge)).toEqual({
      wrong: 'a.csv can’t be imported: none of its runs is of this map (seed 8, here 3).',
    });
    expect(importSweep('a.csv', 'hello', edge)).toMatchObject({
      wrong: expect.stringMatching(/^a\.csv can’t be imported\. Its first line/) as string,
    });
    // A held sharpness lies on another map than a constant.
    expect(importSweep('a.csv', file({ ...edge, h2: { kind: 'edge', edge: 1 } }), edge)).toHaveProperty('wrong');
  });
});

describe('equal compute on a map (10.5)', () => {
  it('lets the cheapest run come to its end, and every other as far as that pays for', () => {
    // 100 steps: 20 · 2 + 80 · 8 = 680, 50 · 2 + 50 · 8 = 500, 90 · 2 + 10 · 8 = 260.
    const { operations, last } = equalCompute([20, 50, 90], 100, { before: 2, after: 8 });
    expect(operations).toBe(260);
    expect([...last]).toEqual([
      [20, 47],
      [50, 70],
      [90, 100],
    ]);
  });

  it('is not known where nothing grows in time or nothing is counted', () => {
    expect(equalCompute([100], 100, { before: 2, after: 8 }).last.size).toBe(0);
    expect(equalCompute([50], 100, { before: 0, after: 0 })).toEqual({ operations: 0, last: new Map() });
  });
});

it('a cell whose checkpoint is no longer in memory says so before it is pressed (10.38)', () => {
  expect(whyNotAsked(20, [50, 100], 300)).toMatch(/begin at step 20, and the earliest state still in memory is of step 50/);
  expect(whyNotAsked(50, [50, 100], 300)).toBeNull();
  // What the run has not reached needs no state of its past, and before anything is told nothing is known to be gone.
  expect(whyNotAsked(400, [50, 100], 300)).toBeNull();
  expect(whyNotAsked(20, [], 300)).toBeNull();
});
