import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pool, Program } from '../device.ts';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import { indexOf, Numbers } from '../testing/one-operation.ts';
import { nodeWasmDevice } from './node.ts';
import type { WasmDevice } from './wasm-device.ts';

let device: WasmDevice;
beforeAll(async () => {
  device = await nodeWasmDevice();
});
afterAll(() => device.dispose());

const LAYOUT = makeLayout(
  new Map([
    ['table', [11, 12]],
    ['scale', [12]],
    ['q', [12, 12]],
    ['k', [12, 12]],
    ['v', [12, 12]],
    ['head', [11, 12]],
  ]),
  [['q', 'k', 'v']],
);
const ROWS = 3 * 5;

/** Embedding, norm, attention, head, loss; a gradient of part of it; a step of Adam. */
function smallGraph(): Graph {
  const graph = new Graph(LAYOUT);
  const table = graph.pooled('parameters', 'table');
  const ids = graph.input('ids', [ROWS], 'int32');
  const x = graph.scratch([ROWS, 12]);
  graph.push('embed', [table, ids], [x]);
  const [normed, r] = [graph.scratch([ROWS, 12]), graph.scratch([ROWS, 1])];
  graph.push('rms_norm', [x, graph.pooled('parameters', 'scale')], [normed, r], { eps: 1e-6, groups: [12] });
  const qkv = graph.scratch([ROWS, 36]);
  graph.push('matmul', [normed, graph.pooled('parameters', 'q+k+v')], [qkv], {
    transposeA: false,
    transposeB: true,
    alpha: 1,
    accumulate: false,
  });
  const [out, probs] = [graph.scratch([ROWS, 12]), graph.output('probs', [3, 2, 5, 5])];
  graph.push('attention', [qkv], [out, probs], {
    packed: 'qkv',
    batch: 3,
    heads: 2,
    dkv: 6,
    queryLength: 5,
    keyLength: 5,
    causal: true,
    hasBias: false,
    hasMask: false,
  });
  const head = graph.pooled('parameters', 'head');
  const logits = graph.scratch([ROWS, 11]);
  graph.push('matmul', [out, head], [logits], { transposeA: false, transposeB: true, alpha: 1, accumulate: false });
  const [rowLoss, lse] = [graph.scratch([ROWS]), graph.scratch([ROWS])];
  const labels = graph.input('labels', [ROWS], 'int32');
  const weights = graph.constant(new Float32Array(ROWS).fill(1 / ROWS), [ROWS]);
  graph.push('cross_entropy', [logits, labels, weights], [rowLoss, lse]);
  graph.push('sum', [rowLoss], [graph.output('loss', [1])]);
  const dlogits = graph.scratch([ROWS, 11]);
  graph.push('cross_entropy_grad', [logits, lse, labels, weights], [dlogits]);
  graph.push('matmul', [dlogits, out], [graph.pooled('gradients', 'head')], {
    transposeA: true,
    transposeB: false,
    alpha: 1,
    accumulate: false,
  });
  graph.push('embed_grad', [x, graph.input('index', [11 + 1 + ROWS], 'int32')], [graph.pooled('gradients', 'table')], {
    accumulate: false,
  });
  const whole = (['parameters', 'gradients', 'moment1', 'moment2'] as const).map((role) => graph.wholePool(role));
  graph.push('adam', [...whole, graph.input('values', [16], 'float32')], whole, { grouped: false });
  return graph;
}

const initial = (): Float32Array => {
  const data = new Float32Array(LAYOUT.size);
  data.set(new Numbers(3).floats([LAYOUT.size], 0.4).data);
  return data;
};

async function prepare(): Promise<{ program: Program; pools: Pool[] }> {
  const pools = Array.from({ length: 4 }, () => device.createPool(LAYOUT));
  const [parameters, gradients, moment1, moment2] = pools as [Pool, Pool, Pool, Pool];
  device.write(parameters, initial());
  const program = await device.compile(smallGraph(), { parameters, gradients, moment1, moment2 });
  const random = new Numbers(5);
  const ids = random.integers([ROWS], 0, 11).data as Int32Array;
  program.setInput('ids', ids);
  program.setInput('index', indexOf(ids, 11));
  program.setInput('labels', random.integers([ROWS], -1, 11).data);
  program.setInput('values', Float32Array.from([0.01, 0.9, 0.999, 1e-8, 0.1, 0.001, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  return { program, pools };
}
function release({ program, pools }: { program: Program; pools: readonly Pool[] }): void {
  program.dispose();
  for (const pool of pools) device.disposePool(pool);
}
const bits = (values: Float32Array): string => Buffer.from(values.buffer).toString('hex');

test('a replay equals a run of a freshly compiled program, bit for bit', async () => {
  const [replayed, fresh] = [await prepare(), await prepare()];
  const first: string[] = [];
  for (let i = 0; i < 3; i++) {
    replayed.program.run();
    first.push(bits(await replayed.program.read('loss')));
  }
  fresh.program.run();
  expect(bits(await fresh.program.read('loss'))).toBe(first[0]);
  fresh.program.run();
  expect(bits(await fresh.program.read('loss'))).toBe(first[1]);
  expect(new Set(first).size).toBe(3);
  // Back to the start: the same program again gives the same bits.
  for (const pool of replayed.pools) device.write(pool, new Float32Array(LAYOUT.size));
  device.write(replayed.pools[0] as Pool, initial());
  replayed.program.run();
  expect(bits(await replayed.program.read('loss'))).toBe(first[0]);
  release(replayed);
  release(fresh);
});

test('survives growth of the memory', async () => {
  const prepared = await prepare();
  prepared.program.run();
  const before = await prepared.program.read('loss');
  const big = device.createPool(makeLayout(new Map([['big', [20_000_000]]])));
  for (const pool of prepared.pools) device.write(pool, new Float32Array(LAYOUT.size));
  device.write(prepared.pools[0] as Pool, initial());
  prepared.program.run();
  expect(bits(await prepared.program.read('loss'))).toBe(bits(before));
  device.disposePool(big);
  release(prepared);
});

test('nothing leaks: 200 × create, compile, run, dispose', async () => {
  const warm = await prepare();
  release(warm);
  const before = { bytes: device.bytes(), tensors: tf.memory().numTensors, heap: tf.memory().numBytes };
  for (let i = 0; i < 200; i++) {
    const prepared = await prepare();
    prepared.program.run();
    release(prepared);
  }
  expect({ bytes: device.bytes(), tensors: tf.memory().numTensors, heap: tf.memory().numBytes }).toEqual(before);
});

test('a program that does not compile leaves no memory behind', async () => {
  const before = device.bytes();
  const graph = new Graph(LAYOUT);
  graph.push('no_such_operation', [graph.input('x', [1000], 'float32')], [graph.output('y', [1000])]);
  await expect(device.compile(graph, {})).rejects.toThrow('no_such_operation');
  expect(device.bytes()).toBe(before);
});

test('refuses a disposed pool, a wrong length, a missing pool', async () => {
  const { program, pools } = await prepare();
  expect(() => program.setInput('ids', new Int32Array(3))).toThrow(/ids has 3 values/);
  device.disposePool(pools[2] as Pool);
  expect(() => program.run()).toThrow(/disposed/);
  await expect(device.compile(smallGraph(), {})).rejects.toThrow(/parameters/);
  release({ program, pools });
});

test('axpy, scale, copy and dot over whole pools', async () => {
  const [x, y] = [device.createPool(LAYOUT), device.createPool(LAYOUT)];
  const [a, b] = [initial(), new Numbers(9).floats([LAYOUT.size]).data as Float32Array];
  device.write(x, a);
  device.write(y, b);
  const expected = a.reduce((total, value, i) => total + value * (b[i] as number), 0);
  expect(device.dot(x, y)).toBeCloseTo(expected, 9);
  device.axpy(0.5, x, y);
  expect((await device.read(y))[7]).toBe(Math.fround((b[7] as number) + 0.5 * (a[7] as number)));
  device.scale(-2, x);
  expect((await device.read(x))[7]).toBe(-2 * (a[7] as number));
  device.copy(x, y);
  expect(bits(await device.read(y))).toBe(bits(await device.read(x)));
  device.disposePool(x);
  device.disposePool(y);
});
