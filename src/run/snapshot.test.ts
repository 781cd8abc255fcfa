/**
 * A run that is packed away and made anew, again and again on its way, against the same run left alone: every loss and
 * every last weight has the same bits.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTaskData } from '../data/task-data.ts';
import type { Device } from '../engine/device.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { Experiment, ModelId } from '../experiment/experiment.ts';
import { parsePlan } from '../experiment/plan/plan.ts';
import { withPlan } from '../experiment/plan/plan-size.ts';
import { presetExperiment } from '../experiment/presets/presets.ts';
import { pack, unpack } from '../keep/pack.ts';
import { byOptimizer, constant } from '../session/testing/by-optimizer.ts';
import { Run } from './run.ts';
import { loadRunData, type RunData } from './setup/setup.ts';
import type { Snapshot } from './snapshot.ts';

const none = (path: string): Promise<string> => Promise.reject(new Error(`${path} was read`));
const tiny: Experiment = {
  ...presetExperiment('first-fusion'),
  seed: 9,
  task: 'sort',
  examples: 16,
  probe: 8,
  model: { d: 8, ff: 16, heads: 2, dkv: 4, layers: 1 },
  h: { kind: 'constant', value: 0.05 },
  grow: 6,
  steps: 12,
  predict: [],
};

const texts: Experiment = {
  ...presetExperiment('fusing-fast'),
  task: 'spans',
  examples: 64,
  probe: 16,
  batch: 8,
  model: { d: 8, ff: 16, heads: 1, dkv: 8, layers: 1 },
  baseline: [],
};
const planned = (base: Experiment, plan: string): Experiment => withPlan(base, parsePlan(plan));

const CASES: readonly (readonly [what: string, experiment: Experiment])[] = [
  ...byOptimizer(tiny),
  ['a held sharpness', { ...tiny, h: { kind: 'edge', edge: 1.2 }, steps: 14 }],
  ['a held sharpness, with baselines that hold their own', { ...tiny, h: { kind: 'edge', edge: 1.2 }, baseline: ['scratch', 'alone'] }],
  [
    'a table of step sizes',
    {
      ...tiny,
      h: {
        kind: 'table',
        table: [
          [0, 0.05],
          [3, 0.02],
        ],
      },
      h2: {
        kind: 'table',
        table: [
          [0, 0.04],
          [9, 0.01],
        ],
      },
    },
  ], // prettier-ignore
  ['norms that are released', { ...tiny, norm: 'grouped', release: 4, optimizer: 'adam', batch: 4, h: constant(0.003) }],
  ['compensated norms and noise', { ...tiny, norm: 'compensated', offDiagonal: 'noise', sigma: 0.1 }],
  ['a self-fusion', { ...tiny, operator: 'self', k: 2, offDiagonal: 'noise', sigma: 0.3 }],
  ['every baseline', { ...tiny, baseline: ['scratch', 'alone', 'ensemble'] }],
  ['four networks fused in two turns', planned(tiny, 'A:3,B:3,C:5,D:5,A+B>M:2,C+D>N:2,M+N>L:4')],
  [
    'stages with tasks of their own',
    planned({ ...texts, baseline: ['scratch', 'unread'] }, 'A:4,B:4,A+B>M:3,M:4(task=who,examples=20,h=0.001)'),
  ],
  ['stages side by side with tasks of their own', planned(texts, 'A:5,B:5(task=who,examples=20),A+B>M:3(task=who,examples=20)')],
];

let device: Device;
beforeAll(async () => {
  device = await nodeWasmDevice();
});

interface Outcome {
  readonly losses: Record<ModelId, number[]>;
  readonly turns: Record<string, number>;
  readonly parameters: Record<ModelId, Record<string, readonly number[]>>;
}

/** Trains to the end. `between`: what becomes of the run before a turn, and before a step. */
async function train(start: Run, between: (run: Run) => Promise<Run>): Promise<Outcome> {
  let run = start;
  const losses: Outcome['losses'] = {};
  const turns: Outcome['turns'] = {};
  while (run.step < run.end) {
    run = await between(run);
    if (run.needsTurn()) {
      for (const id of [...run.ending(), ...run.trained.switching()]) turns[`${id} to ${run.step}`] = await run.trainer(id).probeLoss();
      for (const { report } of await run.turn()) turns[`${report.target} from ${run.step}`] = report.loss.fused;
      await run.finishReleases();
      run = await between(run);
    }
    const taken = await run.advance(() => undefined);
    for (const [id, loss] of taken.losses) (losses[id] ??= []).push(await loss);
  }
  const parameters: Outcome['parameters'] = {};
  for (const [id, trainer] of run.trainers)
    parameters[id] = Object.fromEntries([...(await trainer.parameters())].map(([name, { data }]) => [name, [...data]]));
  await run.dispose();
  return { losses, turns, parameters };
}

describe('a run that is put away before every second step and every turn, and made anew from its bytes', () => {
  it.each(CASES)('has every bit that it would have had: %s', async (_, experiment) => {
    const data: RunData = await loadRunData(experiment, (choice) => loadTaskData(choice, none));
    const alone = await train(await Run.create(device, experiment, data), (run) => Promise.resolve(run));
    expect(Object.values(alone.losses).flat().every(Number.isFinite)).toBe(true);
    const interrupted = await train(await Run.create(device, experiment, data), async (run) => {
      if (run.step % 2 === 1 && !run.needsTurn()) return run;
      const kept = pack(await run.snapshot());
      const now = run.experiment;
      await run.dispose();
      return Run.restore(device, now, data, unpack(kept) as Snapshot);
    });
    expect(interrupted).toEqual(alone);
  });
});
