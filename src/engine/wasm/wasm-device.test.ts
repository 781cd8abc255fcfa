import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Pool } from '../device.ts';
import { OutOfMemoryError } from '../faults.ts';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import { ReferenceDevice } from '../reference/reference-device.ts';
import { wasmHeapBytes } from '../testing/held-memory.ts';
import '../testing/allclose.ts';
import { Numbers } from '../testing/one-operation.ts';
import {
  fingerprint,
  fiveSteps,
  initialParameters,
  prepareWholeStep,
  releaseWholeStep,
  WASM_BITS,
  WHOLE_STEP_LAYOUT,
  wholeStepGraph,
  type WholeStep,
} from '../testing/whole-step.ts';
import { nodeWasmDevice } from './node.ts';
import type { WasmDevice } from './wasm-device.ts';

let device: WasmDevice;
beforeAll(async () => {
  device = await nodeWasmDevice();
});
afterAll(() => device.dispose());

function toStart({ pools }: WholeStep): void {
  for (const pool of pools) device.write(pool, new Float32Array(WHOLE_STEP_LAYOUT.size));
  device.write(pools[0], initialParameters());
}

test('three training steps equal the reference', async () => {
  await tf.setBackend('cpu');
  const reference = new ReferenceDevice();
  const [ours, theirs] = [await prepareWholeStep(device), await prepareWholeStep(reference)];
  for (let step = 0; step < 3; step++) {
    ours.program.run();
    theirs.program.run();
    for (const name of ['loss', 'gradient_norm_squared'])
      expect(await ours.program.read(name), name).toBeAllclose(await theirs.program.read(name), { ofLargest: 2e-6 });
    expect(await device.read(ours.pools[1]), `gradients of step ${step}`).toBeAllclose(await reference.read(theirs.pools[1]), {
      ofLargest: 2e-5,
    });
  }
  releaseWholeStep(device, ours);
});

test('a replay equals a run of a freshly compiled program, bit for bit', async () => {
  const [replayed, fresh] = [await prepareWholeStep(device), await prepareWholeStep(device)];
  const losses: string[] = [];
  for (let i = 0; i < 3; i++) {
    replayed.program.run();
    losses.push(fingerprint(await replayed.program.read('loss')));
  }
  for (let i = 0; i < 2; i++) {
    fresh.program.run();
    expect(fingerprint(await fresh.program.read('loss'))).toBe(losses[i]);
  }
  expect(new Set(losses).size).toBe(3);
  // Back to the start: the same program again gives the same bits.
  toStart(replayed);
  replayed.program.run();
  expect(fingerprint(await replayed.program.read('loss'))).toBe(losses[0]);
  releaseWholeStep(device, replayed);
  releaseWholeStep(device, fresh);
});

test('gives the bits it has always given', async () => {
  expect(await fiveSteps(device)).toEqual(WASM_BITS);
});

test('survives growth of the memory', async () => {
  const step = await prepareWholeStep(device);
  step.program.run();
  const before = fingerprint(await step.program.read('loss'));
  const big = device.createPool(makeLayout(new Map([['big', [20_000_000]]])));
  toStart(step);
  step.program.run();
  expect(fingerprint(await step.program.read('loss'))).toBe(before);
  device.disposePool(big);
  releaseWholeStep(device, step);
});

test('nothing leaks: 200 × create, compile, run, dispose', async () => {
  releaseWholeStep(device, await prepareWholeStep(device));
  const held = () => ({ bytes: device.bytes(), tensors: tf.memory().numTensors, heap: tf.memory().numBytes });
  const before = held();
  for (let i = 0; i < 200; i++) {
    const step = await prepareWholeStep(device);
    step.program.run();
    releaseWholeStep(device, step);
  }
  expect(held()).toEqual(before);
});

test('a program that does not compile leaves no memory behind', async () => {
  const before = device.bytes();
  const graph = new Graph(WHOLE_STEP_LAYOUT);
  const [a, b] = [graph.input('a', [30, 40], 'float32'), graph.input('b', [50, 60], 'float32')];
  graph.push('matmul', { a, b }, { c: graph.output('c', [30, 60]) });
  await expect(device.compile(graph, {})).rejects.toThrow('matmul of [30, 40] and [50, 60] does not give [30, 60]');
  expect(device.bytes()).toBe(before);
});

test('refuses a disposed pool, a wrong length, a missing pool, a size that no memory has', async () => {
  const step = await prepareWholeStep(device);
  expect(() => step.program.setInput('ids', new Int32Array(3))).toThrow(/ids has 3 values/);
  device.disposePool(step.pools[2]);
  expect(() => step.program.run()).toThrow(/disposed/);
  await expect(device.compile(wholeStepGraph(), {})).rejects.toThrow(/parameters/);
  releaseWholeStep(device, step);
  const before = device.bytes();
  expect(() => device.createPool(makeLayout(new Map([['huge', [2 ** 31]]])))).toThrow(/no memory/);
  expect(device.bytes()).toBe(before);
});

test('memory that cannot grow is told as such, and what was there goes on', async () => {
  const step = await prepareWholeStep(device);
  step.program.run();
  const loss = fingerprint(await step.program.read('loss'));
  const before = device.bytes();
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
    throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
  });
  // More than the heap has free, however often it has grown in the tests before.
  const large = makeLayout(new Map([['large', [wasmHeapBytes() / 4]]]));
  expect(() => device.createPool(large)).toThrow(OutOfMemoryError);
  expect(grow).toHaveBeenCalled();
  expect(device.bytes()).toBe(before);
  toStart(step);
  step.program.run();
  expect(fingerprint(await step.program.read('loss'))).toBe(loss);
  grow.mockRestore();
  device.disposePool(device.createPool(large));
  releaseWholeStep(device, step);
});

test('axpy, scale, copy and dot over whole pools', async () => {
  const [x, y] = [device.createPool(WHOLE_STEP_LAYOUT), device.createPool(WHOLE_STEP_LAYOUT)] as [Pool, Pool];
  const [a, b] = [initialParameters(), new Numbers(9).floats([WHOLE_STEP_LAYOUT.size]).data as Float32Array];
  device.write(x, a);
  device.write(y, b);
  const expected = a.reduce((total, value, i) => total + value * (b[i] as number), 0);
  expect(device.dot(x, y)).toBeCloseTo(expected, 9);
  device.axpy(0.5, x, y);
  expect((await device.read(y))[7]).toBe(Math.fround((b[7] as number) + 0.5 * (a[7] as number)));
  device.scale(-2, x);
  expect((await device.read(x))[7]).toBe(-2 * (a[7] as number));
  device.copy(x, y);
  expect(fingerprint(await device.read(y))).toBe(fingerprint(await device.read(x)));
  device.disposePool(x);
  device.disposePool(y);
});
