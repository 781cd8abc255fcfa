/**
 * Memory that runs out at any allocation leaks nothing: whatever a run or a prediction does, its first allocation
 * fails, then its second, and so on. Each time what had been taken is given back, the same can be done again once there
 * is memory, and it then holds no more than if it had never failed.
 */
import { tell } from '../experiment/messages/tell.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadTaskData, type TaskData } from '../data/task-data.ts';
import { OutOfMemoryError } from '../engine/faults.ts';
import { tensorsHeld } from '../engine/testing/held-memory.ts';
import { WatchedDevice } from '../engine/testing/watched-device.ts';
import { SharedMemory } from '../engine/wasm/memory.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { Run } from '../run/run.ts';
import { runData } from '../run/setup/setup.ts';
import { tiniest } from '../session/testing/leaks.ts';
import { stageAt, WORK as IN_SLICES } from '../session/testing/work.ts';

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
      throw new OutOfMemoryError(tell('error', { text: `a test has no memory for ${bytes} bytes` }));
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

interface Work {
  readonly name: string;
  /** Allocations that it makes at least; those of a step are none. */
  readonly atLeast: number;
  readonly experiment: Experiment;
  readonly before: (run: Run) => Promise<unknown>;
  readonly work: (run: Run) => Promise<unknown>;
}

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

  /** What is done in slices beside a training, whose own allocations are those above. */
  const { training: _, ...besideIt } = IN_SLICES;
  describe.each(Object.entries(besideIt))('of %s', (_kind, rows) => {
    test.each(Object.entries(rows))('%s leaves what there was, and the run goes on (11.1)', async (_name, row) => {
      const stage = await stageAt(device, row.experiment, row.at);
      const all = async (): Promise<void> => {
        const work = await row.begin(stage);
        // What fails beside a training ends there: by an error, or told already.
        try {
          while (await work.step());
        } finally {
          await work.leave();
        }
      };
      await all();
      const before = held();
      // The first in turn, later ones at longer and longer distances: what goes before them has to be done each time.
      for (let n = 1; ; n = n < 30 ? n + 1 : Math.ceil(n * 1.15)) {
        [left, failed] = [n, false];
        const error = await all().then(
          () => null,
          (reason: unknown) => reason,
        );
        left = Number.POSITIVE_INFINITY;
        expect(held(), `allocation ${n}`).toEqual(before);
        if (!failed) break;
        const told = stage.events.splice(0).some((event) => event.type === 'fault' && event.kind === 'out-of-memory');
        expect(told || error instanceof OutOfMemoryError, `allocation ${n}: ${String(error)}`).toBe(true);
      }
      await stage.run.dispose();
    });
  });
});
