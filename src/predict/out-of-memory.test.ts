/**
 * Memory that runs out at any allocation leaks nothing: whatever a run or a prediction does, its first allocation fails,
 * then its second, and so on. Each time what had been taken is given back, the same can be done again once there is
 * memory, and it then holds no more than if it had never failed.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadTaskData, type TaskData } from '../data/task-data.ts';
import { OutOfMemoryError } from '../engine/faults.ts';
import { tensorsHeld } from '../engine/testing/held-memory.ts';
import { WatchedDevice } from '../engine/testing/watched-device.ts';
import { SharedMemory } from '../engine/wasm/memory.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { Run } from '../run/run.ts';
import { runData } from '../run/setup.ts';
import { tiniest } from '../session/testing/leaks.ts';
import { predictionsOf } from './optimizer-flows.ts';
import { owning } from './prediction-task.ts';

const EXPERIMENT: Experiment = { ...tiniest, grow: 1, steps: 3, optimizer: 'adam', norm: 'compensated' };

let device: WatchedDevice;
let task: TaskData;
beforeAll(async () => {
  device = new WatchedDevice(await nodeWasmDevice());
  task = await loadTaskData(EXPERIMENT, () => Promise.reject(new Error('made up, not read')));
});
afterAll(() => device.dispose());

/** Allocations until one fails; never where infinite. */
let left = Number.POSITIVE_INFINITY;
let failed = false;
const { allocate } = SharedMemory.prototype;
beforeAll(() => {
  vi.spyOn(SharedMemory.prototype, 'allocate').mockImplementation(function (this: SharedMemory, bytes) {
    if (--left === 0) {
      failed = true;
      throw new OutOfMemoryError(`a test has no memory for ${bytes} bytes`);
    }
    return allocate.call(this, bytes);
  });
});
afterEach(() => {
  left = Number.POSITIVE_INFINITY;
});
afterAll(() => vi.restoreAllMocks());

const held = (): object => ({ ...device.held, ...{ tensors: tensorsHeld().tensors } });
const create = (experiment = EXPERIMENT): Promise<Run> => Run.create(device, experiment, runData(experiment, task));

/** The run up to its growth. */
async function upTo(step: number, run: Run): Promise<Run> {
  while (run.step < step) await Promise.all((await run.advance(() => {})).losses.values());
  return run;
}

/** The first slice of a prediction, and its end. */
async function startOfPrediction(run: Run): Promise<void> {
  const prediction = predictionsOf('modified-flow', run, []);
  if (!prediction) throw new Error('the run has no prediction of this name');
  try {
    const begun = await owning(async (owned) => {
      const made = await prediction.plan('0', 0, new Map(), owned);
      try {
        await made?.predictor.advance({ gradients: 6 });
      } catch (error) {
        await made?.predictor.cancel();
        throw error;
      }
      return made;
    });
    await begun?.predictor.cancel();
    begun?.dispose();
  } finally {
    prediction.dispose();
  }
}

interface Work {
  readonly name: string;
  /** Allocations that it makes at least; those of a step are none. */
  readonly atLeast: number;
  readonly experiment: Experiment;
  readonly before: (run: Run) => Promise<unknown>;
  readonly work: (run: Run) => Promise<unknown>;
}

const GRADIENT_DESCENT: Experiment = { ...EXPERIMENT, optimizer: 'gd' };
const WORK: readonly Work[] = [
  { name: 'one step', atLeast: 0, experiment: EXPERIMENT, before: async () => {}, work: (run) => upTo(1, run) },
  { name: 'a growth', atLeast: 20, experiment: EXPERIMENT, before: (run) => upTo(1, run), work: (run) => run.turn() },
  {
    name: 'a measurement of the sharpness',
    atLeast: 10,
    experiment: EXPERIMENT,
    before: async () => {},
    work: (run) => run.sharpness(['A']),
  },
  {
    name: 'the start of a prediction',
    atLeast: 10,
    experiment: GRADIENT_DESCENT,
    before: async () => {},
    work: startOfPrediction,
  },
];

/** Does the work with its n-th allocation failing. @returns whether there was an n-th */
async function failing(n: number, work: () => Promise<unknown>): Promise<boolean> {
  [left, failed] = [n, false];
  const error = await work().then(
    () => null,
    (reason: unknown) => reason,
  );
  left = Number.POSITIVE_INFINITY;
  if (failed) expect(error, `allocation ${n}`).toBeInstanceOf(OutOfMemoryError);
  else expect(error).toBeNull();
  return failed;
}

describe('memory that runs out at the n-th allocation, whichever it is', () => {
  test('while the models of a run are made leaves nothing (11.1)', async () => {
    const nothing = held();
    let n = 1;
    for (; ; n++) {
      let made: Run | undefined;
      const more = await failing(n, async () => (made = await create()));
      await made?.dispose();
      expect(held(), `allocation ${n}`).toEqual(nothing);
      if (!more) break;
    }
    expect(n).toBeGreaterThan(10);
  });

  test.each(WORK)('of $name leaves nothing, and the same can be done again (11.1)', async (each) => {
    const nothing = held();
    const clean = await create(each.experiment);
    await each.before(clean);
    await each.work(clean);
    const usual = held();
    await clean.dispose();
    expect(held()).toEqual(nothing);
    let n = 1;
    for (; ; n++) {
      const run = await create(each.experiment);
      await each.before(run);
      const more = await failing(n, () => each.work(run));
      if (more) await each.work(run);
      expect(held(), `allocation ${n}`).toEqual(usual);
      await run.dispose();
      expect(held(), `allocation ${n}`).toEqual(nothing);
      if (!more) break;
    }
    expect(n).toBeGreaterThan(each.atLeast);
  });
});
