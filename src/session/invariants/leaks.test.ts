/**
 * Nothing leaks: thousands of steps, a hundred fusions, resets, branches, what-ifs and predictions leave what they
 * found: pools, programs, bytes on the device, tensors of tfjs, the heap of WebAssembly.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import { tensorsHeld, wasmHeapBytes } from '../../engine/testing/held-memory.ts';
import { WatchedDevice, type Held } from '../../engine/testing/watched-device.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { Bench } from '../testing/bench.ts';
import { changeOfMind, fuseAndReset, predicted, tiniest } from '../testing/leaks.ts';

const NOTHING: Held = { pools: 0, programs: 0, bytes: 0 };

let bench: Bench;
let device: WatchedDevice;

async function open(experiment: Experiment, watched = false): Promise<void> {
  bench = new Bench(watched, (made) => (device = new WatchedDevice(made)));
  await bench.until('ready', { type: 'load', experiment });
}

/** All that is held now. Events are only kept by the test. */
function held(): object {
  bench.events.length = 0;
  return { ...device.held, ...{ tfjs: tensorsHeld(), heap: wasmHeapBytes() } };
}

/** A session gives back everything before it gives the device back, and no one keeps what it had. */
async function closesEmpty(): Promise<void> {
  await bench.close();
  expect(device.heldAtDispose).toEqual(NOTHING);
  setFlagsFromString('--expose_gc');
  // A reference may live until the end of the task that made it.
  await new Promise((resolve) => setTimeout(resolve, 20));
  (runInNewContext('gc') as () => void)();
  expect(device.lent.length).toBeGreaterThan(0);
  expect(device.lent.filter((reference) => reference.deref() !== undefined)).toHaveLength(0);
}

afterEach(() => bench.close());

it('10,000 steps', async () => {
  await open({ ...tiniest, grow: null, steps: 10_000 });
  await bench.until('paused', { type: 'step' });
  const before = held();
  await bench.until('finished', { type: 'run' });
  expect(held()).toEqual(before);
  await closesEmpty();
});

it('2,000 steps with mini-batches, Adam and a held-out probe set', async () => {
  await open({ ...tiniest, grow: null, steps: 2_000, batch: 2, examples: 16, optimizer: 'adam', h: { kind: 'constant', value: 1e-4 } });
  await bench.until('paused', { type: 'step' });
  const before = held();
  await bench.until('finished', { type: 'run' });
  expect(held()).toEqual(before);
  await closesEmpty();
});

it('100 fusions and 100 resets', async () => {
  await open(tiniest);
  for (let i = 0; i < 5; i++) await fuseAndReset(bench);
  const before = held();
  for (let i = 0; i < 95; i++) await fuseAndReset(bench);
  expect(held()).toEqual(before);
  await closesEmpty();
});

it('100 changes of mind: what-ifs, branches, ways back', async () => {
  const experiment: Experiment = { ...tiniest, predict: ['modified-flow'] };
  await open(experiment);
  await bench.until('finished', { type: 'run' });
  for (let i = 0; i < 6; i++) await changeOfMind(bench, i);
  await predicted(bench, experiment);
  // The last change begins the prediction once more, which the one before it may have ended already.
  await bench.idle();
  const before = held();
  for (let i = 0; i < 96; i++) await changeOfMind(bench, i);
  await predicted(bench, experiment);
  await bench.idle();
  expect(held()).toEqual(before);
  await closesEmpty();
});

it('predictions, pictures, samples, sharpness and a change of step size in front of a watcher', async () => {
  const experiment: Experiment = {
    ...tiniest,
    grow: 25,
    steps: 40,
    predict: ['gradient-flow', 'modified-flow'],
    h: { kind: 'edge', edge: 0.5 },
  };
  await open(experiment, true);
  const round = async (): Promise<void> => {
    await bench.until('paused', { type: 'step' });
    bench.send({ type: 'set-step-size', which: 'h', value: { kind: 'constant', value: 0.01 } });
    await bench.until('finished', { type: 'run' });
    await predicted(bench, bench.of('experiment').at(-1)?.experiment ?? experiment);
    await bench.until('ready', { type: 'load', experiment });
  };
  for (let i = 0; i < 2; i++) await round();
  const [heap, tfjs] = [wasmHeapBytes(), tensorsHeld()];
  for (let i = 0; i < 4; i++) await round();
  expect(wasmHeapBytes()).toBe(heap);
  expect(tensorsHeld().tensors).toBeLessThanOrEqual(tfjs.tensors);
  await closesEmpty();
});

it('the sources give their memory back when they have been fused', async () => {
  const largest: Experiment = { ...tiniest, grow: 2, steps: 6, predict: [] };
  await open(largest);
  const sources = device.held;
  await bench.until('finished', { type: 'run' });
  // One model in place of two: two pools of four, two programs of four.
  expect(device.held.pools).toBe(sources.pools / 2);
  expect(device.held.programs).toBe(sources.programs / 2);
  await closesEmpty();
});
