/**
 * A small network through most operations (embedding, bias, norm, attention, gated GELU, head, loss), its gradient
 * and Adam, in one graph: for tests of a device as a whole.
 */
import type { Device, Pool, Program } from '../device.ts';
import { appendGradient } from '../gradient.ts';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import { stepValues, VALUES_LENGTH } from '../operations/step-values.ts';
import type { Tensor } from '../tensor.ts';
import { indexOf, Numbers } from './one-operation.ts';

const [BATCH, LENGTH, WIDTH, HEADS, HEAD, INNER, VOCABULARY, BUCKETS] = [3, 5, 12, 2, 6, 10, 11, 4];
const ROWS = BATCH * LENGTH;

export const WHOLE_STEP_LAYOUT = makeLayout(
  new Map([
    ['table', [VOCABULARY, WIDTH]],
    ['bias', [BUCKETS, HEADS]],
    ['scale', [WIDTH]],
    ['q', [WIDTH, WIDTH]],
    ['k', [WIDTH, WIDTH]],
    ['v', [WIDTH, WIDTH]],
    ['o', [WIDTH, WIDTH]],
    ['wi', [2 * INNER, WIDTH]],
    ['wo', [WIDTH, INNER]],
    ['head', [VOCABULARY, WIDTH]],
  ]),
  [['q', 'k', 'v']],
);

export function wholeStepGraph(): Graph {
  const graph = new Graph(WHOLE_STEP_LAYOUT);
  const parameter = (name: string) => graph.pooled('parameters', name);
  const linear = (factors: { readonly a: Tensor; readonly b: Tensor; readonly add?: Tensor }, width: number) => {
    const c = graph.scratch([ROWS, width]);
    graph.push('matmul', factors, { c }, { transposeB: true });
    return c;
  };
  const x = graph.scratch([ROWS, WIDTH]);
  graph.push('embed', { table: parameter('table'), ids: graph.input('ids', [ROWS], 'int32') }, { y: x });
  const normed = graph.scratch([ROWS, WIDTH]);
  graph.push('rms_norm', { x, scale: parameter('scale') }, { y: normed, r: graph.scratch([ROWS, 1]) }, { epsilon: 1e-6, groups: [WIDTH] });
  const bias = graph.scratch([HEADS, LENGTH, LENGTH]);
  const buckets = Int32Array.from({ length: LENGTH * LENGTH }, (_, i) => i % BUCKETS);
  graph.push('position_bias', { table: parameter('bias'), bucket: graph.constant(buckets, [buckets.length]) }, { bias });
  const mixed = graph.scratch([ROWS, WIDTH]);
  const mask = graph.input('mask', [ROWS], 'int32');
  graph.push(
    'attention',
    { query: linear({ a: normed, b: parameter('q+k+v') }, 3 * WIDTH), bias, mask },
    { out: mixed, probs: graph.scratch([BATCH, HEADS, LENGTH, LENGTH]) },
    { batch: BATCH, heads: HEADS, dkv: HEAD, queryLength: LENGTH, keyLength: LENGTH, causal: true },
  );
  const attended = linear({ a: mixed, b: parameter('o'), add: x }, WIDTH);
  const active = graph.scratch([ROWS, INNER]);
  const u = linear({ a: attended, b: parameter('wi') }, 2 * INNER);
  graph.push('feed_forward_activation', { u }, { y: active }, { kind: 'gelu_new', gated: true });
  const hidden = linear({ a: active, b: parameter('wo'), add: attended }, WIDTH);
  const logits = linear({ a: hidden, b: parameter('head') }, VOCABULARY);
  const weights = graph.constant(new Float32Array(ROWS).fill(1 / ROWS), [ROWS]);
  const rowLoss = graph.scratch([ROWS]);
  const labels = graph.input('labels', [ROWS], 'int32');
  graph.push('cross_entropy', { logits, labels, weights }, { rowLoss, lse: graph.scratch([ROWS]) });
  const loss = graph.output('loss', [1]);
  graph.push('sum', { x: rowLoss }, { y: loss });
  appendGradient(graph, loss);
  graph.push('sum_squares', { x: graph.wholePool('gradients') }, { y: graph.output('gradient_norm_squared', [1]) });
  const [parameters, gradients] = [graph.wholePool('parameters'), graph.wholePool('gradients')];
  const [moment1, moment2] = [graph.wholePool('slot1'), graph.wholePool('slot2')];
  const values = graph.input('values', [VALUES_LENGTH], 'float32');
  graph.push('adam', { parameters, gradients, moment1, moment2, values }, { parameters, moment1, moment2 });
  return graph;
}

/** The parameters of step 0 (padding left zero). */
export function initialParameters(): Float32Array {
  const data = new Float32Array(WHOLE_STEP_LAYOUT.size);
  const random = new Numbers(3);
  for (const { offset, size } of WHOLE_STEP_LAYOUT.slices.values()) data.set(random.floats([size], 0.4).data, offset);
  return data;
}

export interface WholeStep {
  readonly program: Program;
  /** Parameters, gradients, first and second moments. */
  readonly pools: readonly [Pool, Pool, Pool, Pool];
}

export async function prepareWholeStep(device: Device): Promise<WholeStep> {
  const pool = (): Pool => device.createPool(WHOLE_STEP_LAYOUT);
  const pools = [pool(), pool(), pool(), pool()] as const;
  device.write(pools[0], initialParameters());
  const program = await device.compile(wholeStepGraph(), {
    parameters: pools[0],
    gradients: pools[1],
    slot1: pools[2],
    slot2: pools[3],
  });
  const random = new Numbers(5);
  const ids = random.integers([ROWS], 0, VOCABULARY).data as Int32Array;
  program.setInput('ids', ids);
  program.setInput('ids_index', indexOf(ids, VOCABULARY));
  program.setInput('mask', random.integers([ROWS], 0, 4).data);
  program.setInput('labels', random.integers([ROWS], -1, VOCABULARY).data);
  program.setInput(
    'values',
    stepValues('adam', { stepSize: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, [{ correction1: 0.1, correction2: 0.001 }]),
  );
  return { program, pools };
}

export function releaseWholeStep(device: Device, { program, pools }: WholeStep): void {
  program.dispose();
  for (const pool of pools) device.disposePool(pool);
}

/** FNV-1a over the bits of floats, as 8 hexadecimal digits. */
export function fingerprint(values: Float32Array): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Loss of steps 0–4 and the parameters after them, as fingerprints. */
export async function fiveSteps(device: Device): Promise<{ losses: string; parameters: string }> {
  const step = await prepareWholeStep(device);
  const losses = new Float32Array(5);
  for (let i = 0; i < losses.length; i++) {
    step.program.run();
    losses.set(await step.program.read('loss'), i);
  }
  const parameters = fingerprint(await device.read(step.pools[0]));
  releaseWholeStep(device, step);
  return { losses: fingerprint(losses), parameters };
}

/**
 * The result of `fiveSteps` on wasm, in Node and in every browser. It changes only when a kernel sums in another order.
 */
export const WASM_BITS = { losses: 'ee9d49ab', parameters: '0f223bbb' };
