/** Every wasm operation against its reference, on random shapes. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferenceDevice } from '../reference/reference-device.ts';
import '../testing/allclose.ts';
import { evaluate, Numbers, type CaseOf } from '../testing/one-operation.ts';
import { OPTIMIZER_CASES, runOptimizer } from '../testing/optimizer-cases.ts';
import { CASE_LIST, runsOf } from '../testing/tangent-cases.ts';
import { ADAFACTOR_CASES, runAdafactor } from '../testing/adafactor-case.ts';
import { nodeWasmDevice } from './node.ts';
import type { WasmDevice } from './wasm-device.ts';

const reference = new ReferenceDevice();
let wasm: WasmDevice;
beforeAll(async () => {
  wasm = await nodeWasmDevice();
  await tf.setBackend('cpu');
});
afterAll(() => wasm.dispose());

/** The second derivatives of the reference are sums of more terms, which cancel: rounding shows more. */
const toleranceOf = (op: string): number => (op.endsWith('_tangent') ? 1e-5 : 2e-6);

describe.each(CASE_LIST)('%s', (op, cases) => {
  test('equals the reference', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const runs = runsOf(one);
        const [actual, expected] = [await evaluate(wasm, one, runs), await evaluate(reference, one, runs)];
        for (const [name, values] of expected) expect(actual.get(name), name).toBeAllclose(values, { ofLargest: toleranceOf(op) });
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});

// Shapes beyond one block of the product: depth above 512, many rows, columns of a transposed factor far apart.
test.each([
  [300, 130, 520, true, false],
  [1030, 70, 600, true, false],
  [131, 20, 1100, false, false],
  [700, 9, 600, false, true],
  [257, 33, 70, true, true],
])('a product of %i × %i over %i (transposed: %s, %s) equals the reference', async (M, N, K, transposeA, transposeB) => {
  const random = new Numbers(M);
  const one: CaseOf<'matmul'> = {
    op: 'matmul',
    inputs: { a: random.floats(transposeA ? [K, M] : [M, K]), b: random.floats(transposeB ? [N, K] : [K, N]), add: random.floats([M, N]) },
    outputs: { c: [M, N] },
    attributes: { transposeA, transposeB, alpha: 0.5, accumulate: true },
  };
  const [actual, expected] = [await evaluate(wasm, one, 2), await evaluate(reference, one, 2)];
  expect(actual.get('c')).toBeAllclose(expected.get('c')!, { ofLargest: 2e-6 });
});

describe.each(OPTIMIZER_CASES)('$op (grouped: $grouped)', (one) => {
  test.each([1, 7, 64, 131])('equals the reference on %i elements', async (n) => {
    const [actual, expected] = [await runOptimizer(wasm, one, n, n), await runOptimizer(reference, one, n, n)];
    for (const [role, values] of expected) expect(actual.get(role), role).toBeAllclose(values, { ofLargest: 2e-6 });
  });
});

test.each(ADAFACTOR_CASES)('adafactor (scaled: $scaled, grouped: $grouped) equals the reference', async (one) => {
  for (const seed of [1, 2, 3]) {
    const [actual, expected] = [await runAdafactor(wasm, one, seed), await runAdafactor(reference, one, seed)];
    for (const [role, values] of expected) expect(actual.get(role), role).toBeAllclose(values, { ofLargest: 2e-6 });
  }
});
