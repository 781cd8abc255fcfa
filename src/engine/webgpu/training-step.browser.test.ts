/** Whole training steps of a T5 on WebGPU: against the reference, against themselves, and without leaks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendGradient } from '../gradient.ts';
import { Graph } from '../graph.ts';
import type { Device, Program } from '../device.ts';
import { makeLayout, type Layout } from '../layout.ts';
import { stepValues, VALUES_LENGTH } from '../operations/step-values.ts';
import '../testing/allclose.ts';
import { Numbers, indexOf } from '../testing/one-operation.ts';
import { openDevice, openReference } from './testing/open.ts';
import type { WebGPUDevice, WebGPUDeviceOptions } from './webgpu-device.ts';

/**
 * A small encoder layer with everything that a T5 has, written against the operations (the model itself lies above the
 * engine).
 */
interface Sizes {
  readonly vocabulary: number;
  readonly d: number;
  readonly heads: number;
  readonly dkv: number;
  readonly ff: number;
  readonly batch: number;
  readonly length: number;
}
const EVEN: Sizes = { vocabulary: 24, d: 32, heads: 2, dkv: 16, ff: 48, batch: 3, length: 12 };
const ODD: Sizes = { vocabulary: 23, d: 30, heads: 3, dkv: 7, ff: 27, batch: 3, length: 11 };

function layoutOf({ vocabulary, d, heads, dkv, ff }: Sizes): Layout {
  const inner = heads * dkv;
  const shapes = new Map<string, readonly number[]>([
    ['table', [vocabulary, d]],
    ['scale', [d]],
    ['bias', [8, heads]],
    ['qkv', [3 * inner, d]],
    ['o', [d, inner]],
    ['scale2', [d]],
    ['wi', [2 * ff, d]],
    ['wo', [d, ff]],
    ['head', [vocabulary, d]],
  ]);
  return makeLayout(shapes);
}

function stepGraph(sizes: Sizes, layout: Layout): Graph {
  const { d, heads, dkv, ff, batch, length, vocabulary } = sizes;
  const graph = new Graph(layout);
  const rows = batch * length;
  const p = (name: string) => graph.pooled('parameters', name);
  const linear = { transposeB: true };
  const groups = [d - 10, 10];
  const ids = graph.input('ids', [rows], 'int32');
  const x = graph.scratch([rows, d]);
  graph.push('embed', { table: p('table'), ids }, { y: x });
  const bucket = graph.constant(
    Int32Array.from({ length: length * length }, (_, i) => (i * 7) % 8),
    [length * length],
  );
  const bias = graph.scratch([heads, length, length]);
  graph.push('position_bias', { table: p('bias'), bucket }, { bias });
  const normed = graph.scratch([rows, d]);
  graph.push('rms_norm', { x, scale: p('scale') }, { y: normed, r: graph.scratch([rows, 2]) }, { epsilon: 1e-6, groups });
  const qkv = graph.scratch([rows, 3 * heads * dkv]);
  graph.push('matmul', { a: normed, b: p('qkv') }, { c: qkv }, linear);
  const mixed = graph.scratch([rows, heads * dkv]);
  const mask = graph.input('mask', [rows], 'int32');
  graph.push(
    'attention',
    { query: qkv, bias, mask },
    { out: mixed, probs: graph.scratch([batch, heads, length, length]) },
    { batch, heads, dkv, queryLength: length, keyLength: length, causal: true },
  );
  const attended = graph.scratch([rows, d]);
  graph.push('matmul', { a: mixed, b: p('o'), add: x }, { c: attended }, linear);
  const normed2 = graph.scratch([rows, d]);
  graph.push('rms_norm', { x: attended, scale: p('scale2') }, { y: normed2, r: graph.scratch([rows, 1]) }, { epsilon: 1e-6, groups: [d] });
  const u = graph.scratch([rows, 2 * ff]);
  graph.push('matmul', { a: normed2, b: p('wi') }, { c: u }, linear);
  const activated = graph.scratch([rows, ff]);
  graph.push('feed_forward_activation', { u }, { y: activated }, { kind: 'gelu_new', gated: true });
  const y = graph.scratch([rows, d]);
  graph.push('matmul', { a: activated, b: p('wo'), add: attended }, { c: y }, linear);
  const logits = graph.scratch([rows, vocabulary]);
  graph.push('matmul', { a: y, b: p('head') }, { c: logits }, { ...linear, alpha: 0.5 });
  const rowLoss = graph.scratch([rows]);
  graph.push(
    'cross_entropy',
    { logits, labels: graph.input('labels', [rows], 'int32'), weights: graph.input('weights', [rows], 'float32') },
    { rowLoss, lse: graph.scratch([rows]) },
  );
  const loss = graph.output('loss', [1]);
  graph.push('sum', { x: rowLoss }, { y: loss });
  appendGradient(graph, loss);
  graph.push('sum_squares', { x: graph.wholePool('gradients') }, { y: graph.output('norm', [1]) });
  const values = graph.input('values', [VALUES_LENGTH], 'float32');
  const [parameters, gradients, velocity] = [graph.wholePool('parameters'), graph.wholePool('gradients'), graph.wholePool('slot1')];
  graph.push('momentum', { parameters, gradients, velocity, values }, { parameters, velocity });
  return graph;
}

interface Trained {
  readonly losses: readonly number[];
  readonly norm: number;
  readonly gradients: Float32Array;
  readonly parameters: Float32Array;
  readonly calls: number;
}

function setBatch(program: Program, { vocabulary, batch, length }: Sizes, seed: number): void {
  const random = new Numbers(seed);
  const rows = batch * length;
  const ids = random.integers([rows], 0, vocabulary).data as Int32Array;
  program.setInput('ids', ids);
  program.setInput('ids_index', indexOf(ids, vocabulary));
  program.setInput(
    'mask',
    Int32Array.from({ length: rows }, (_, i) => (i % length < length - (Math.floor(i / length) % 3) ? 1 : 0)),
  );
  program.setInput('labels', random.integers([rows], -1, vocabulary).data);
  program.setInput('weights', new Float32Array(rows).fill(1 / rows));
}

/** `steps` steps of momentum from random weights; `interrupt` runs between two steps. */
async function train(device: Device, sizes: Sizes, steps: number): Promise<Trained> {
  const layout = layoutOf(sizes);
  const pools = { parameters: device.createPool(layout), gradients: device.createPool(layout), slot1: device.createPool(layout) };
  const random = new Numbers(3);
  const start = new Float32Array(layout.size);
  for (const slice of layout.slices.values())
    start.set(random.floats([slice.size], slice.name.startsWith('scale') ? 1 : 0.2).data, slice.offset);
  device.write(pools.parameters, start);
  const program = await device.compile(stepGraph(sizes, layout), pools);
  program.setInput('values', stepValues('momentum', { stepSize: 0.05, beta: 0.9 }));
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    setBatch(program, sizes, step);
    program.run();
    losses.push((await program.read('loss'))[0] as number);
  }
  const [gradients, parameters, norm] = await Promise.all([
    device.read(pools.gradients),
    device.read(pools.parameters),
    program.read('norm'),
  ]);
  const calls = program.calls;
  program.dispose();
  for (const pool of Object.values(pools)) device.disposePool(pool);
  return { losses, norm: norm[0] as number, gradients, parameters, calls };
}

describe.each([
  ['sizes that are multiples of 4', EVEN],
  ['odd sizes', ODD],
])('three steps with %s', (_, sizes) => {
  let expected: Trained;
  beforeAll(async () => {
    expected = await train(await openReference(), sizes, 3);
  });

  test.each<[string, WebGPUDeviceOptions]>([
    ['kernels for software', { hardwareKernels: false }],
    ['kernels for hardware', { hardwareKernels: true }],
    ['one task a dispatch', { separate: true }],
  ])('%s equal the reference', async (_name, options) => {
    const device = await openDevice(options);
    const actual = await train(device, sizes, 3);
    actual.losses.forEach((loss, i) => expect(Math.abs(loss / (expected.losses[i] as number) - 1)).toBeLessThan(1e-5));
    expect(actual.gradients).toBeAllclose(expected.gradients, { ofLargest: 1e-5 });
    expect(actual.parameters).toBeAllclose(expected.parameters, { ofLargest: 1e-5 });
    expect(Math.abs(actual.norm / expected.norm - 1)).toBeLessThan(1e-5);
    device.dispose();
  });
});

describe('one device', () => {
  let device: WebGPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.dispose());

  test('the same steps give the same bits, merged or not, on a new program', async () => {
    const first = await train(device, EVEN, 4);
    const again = await train(device, EVEN, 4);
    const other = await openDevice({ separate: true });
    const separate = await train(other, EVEN, 4);
    other.dispose();
    expect(again).toEqual(first);
    expect(separate.parameters).toEqual(first.parameters);
    expect(separate.losses).toEqual(first.losses);
    expect(first.calls).toBeLessThan(separate.calls);
  });

  test('memory returns to where it was after 60 programs', async () => {
    await train(device, ODD, 1);
    const before = device.bytes();
    for (let i = 0; i < 60; i++) await train(device, ODD, 1);
    expect(device.bytes()).toBe(before);
  });

  test('vector operations over pools', async () => {
    const layout = makeLayout(new Map([['w', [70_001]]]));
    const [x, y] = [device.createPool(layout), device.createPool(layout)];
    const random = new Numbers(1);
    const [left, right] = [new Float32Array(layout.size), new Float32Array(layout.size)];
    left.set(random.floats([70_001]).data);
    right.set(random.floats([70_001]).data);
    device.write(x, left);
    device.write(y, right);
    const exact = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
    const dot = await device.dot(x, y);
    expect(Math.abs(dot - exact(left, right))).toBeLessThan(1e-6 * Math.sqrt(exact(left, left) * exact(right, right)));
    expect(await device.dot(x, y)).toBe(dot);
    expect(Math.abs((await device.dot(x, x)) / exact(left, left) - 1)).toBeLessThan(1e-6);
    device.axpy(0.5, x, y);
    device.scale(-2, y);
    device.axpy(1, y, y);
    const expected = right.map((value, i) => Math.fround(-4 * Math.fround(value + 0.5 * (left[i] as number))));
    expect(await device.read(y)).toBeAllclose(expected, { ofLargest: 1e-6 });
    device.copy(x, y);
    expect(await device.read(y)).toEqual(left);
    device.disposePool(x);
    device.disposePool(y);
    expect(() => device.scale(1, x)).toThrow('disposed');
  });

  test('a pool is a tensor of tfjs without a copy', async () => {
    const tf = await import('@tensorflow/tfjs');
    const layout = makeLayout(new Map([['w', [64]]]));
    const pool = device.createPool(layout);
    device.write(
      pool,
      Float32Array.from({ length: 64 }, (_, i) => i),
    );
    const before = tf.getBackend();
    const fresh = await openDevice();
    const own = fresh.createPool(layout);
    fresh.write(
      own,
      Float32Array.from({ length: 64 }, (_, i) => i),
    );
    await tf.setBackend('webgpu');
    const tensor = tf.tensor({ buffer: fresh.bufferOf(own), zeroCopy: true }, [8, 8]);
    const sum = tf.sum(tensor);
    expect((await sum.data())[0]).toBe(2016);
    tensor.dispose();
    sum.dispose();
    await tf.setBackend(before);
    fresh.dispose();
    device.disposePool(pool);
  });

  test('errors name what is wrong', async () => {
    const layout = layoutOf(ODD);
    await expect(device.compile(stepGraph(ODD, layout), {})).rejects.toThrow('pool parameters');
    const graph = new Graph(layout);
    const [a, b] = [graph.input('a', [3, 4], 'float32'), graph.input('b', [5, 6], 'float32')];
    graph.push('matmul', { a, b }, { c: graph.output('c', [3, 6]) });
    await expect(device.compile(graph, {})).rejects.toThrow('does not give [3, 6]');
    const small = makeLayout(new Map([['w', [4]]]));
    const pool = device.createPool(small);
    await expect(device.compile(new Graph(layout), { parameters: pool })).rejects.toThrow(`${small.size}`);
    expect(() => device.write(pool, new Float32Array(3))).toThrow('cannot take 3');
    device.disposePool(pool);
  });
});

test('a lost device says so, and nothing hangs', async () => {
  const device = await openDevice();
  const layout = layoutOf(ODD);
  const pools = { parameters: device.createPool(layout), gradients: device.createPool(layout), slot1: device.createPool(layout) };
  const program = await device.compile(stepGraph(ODD, layout), pools);
  device.simulateLoss();
  expect(await device.lost).toMatchObject({
    kind: 'lost',
    reason: { said: { code: 'device-was-lost' }, message: expect.stringContaining('destroyed') as string },
  });
  await expect(program.read('loss')).rejects.toThrow('lost');
  await expect(device.compile(stepGraph(ODD, layout), pools)).rejects.toThrow('lost');
});

test('a loss that has rejected what was under way is told by the time the device has settled (11.1)', async () => {
  const device = await openDevice();
  const layout = layoutOf(ODD);
  const pools = { parameters: device.createPool(layout), gradients: device.createPool(layout), slot1: device.createPool(layout) };
  const program = await device.compile(stepGraph(ODD, layout), pools);
  program.run();
  const reading = program.read('loss');
  device.simulateLoss();
  await expect(reading).rejects.toThrow('lost');
  await device.settled();
  expect(await Promise.race([device.lost, 'not told'])).toMatchObject({ kind: 'lost' });
  // Nor does it hang afterwards.
  await device.settled();
});

test('compiling reports its progress', async () => {
  const seen: [number, number][] = [];
  const device = await openDevice({ onCompile: (done, total) => seen.push([done, total]) });
  await train(device, ODD, 1);
  const total = seen[0]?.[1] as number;
  expect(total).toBeGreaterThan(10);
  expect(seen).toEqual(Array.from({ length: total }, (_, i) => [i + 1, total]));
  await train(device, ODD, 1);
  expect(seen.length).toBe(total);
  device.dispose();
});
