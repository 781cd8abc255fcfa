/** Every wasm operation against its reference, on random shapes. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferenceDevice } from '../reference/reference-device.ts';
import { evaluate, Numbers, OPTIMIZER_CASES, relativeError, runOptimizer } from '../testing/one-operation.ts';
import { ALL_CASES } from '../testing/tangent-cases.ts';
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

describe.each(Object.keys(ALL_CASES))('%s', (op) => {
  test('equals the reference', async () => {
    await fc.assert(
      fc.asyncProperty(ALL_CASES[op] as (typeof ALL_CASES)[string], async (one) => {
        const runs = one.attributes['accumulate'] === true ? 2 : 1;
        const [actual, expected] = [await evaluate(wasm, one, runs), await evaluate(reference, one, runs)];
        expected.forEach((values, i) =>
          expect(relativeError(actual[i] as Float32Array, values), `output ${i}`).toBeLessThan(toleranceOf(op)),
        );
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
  const inputs = [random.floats(transposeA ? [K, M] : [M, K]), random.floats(transposeB ? [N, K] : [K, N]), random.floats([M, N])];
  const one = { op: 'matmul', inputs, outputs: [[M, N]], attributes: { transposeA, transposeB, alpha: 0.5, accumulate: true } };
  const [actual, expected] = [await evaluate(wasm, one, 2), await evaluate(reference, one, 2)];
  expect(relativeError(actual[0] as Float32Array, expected[0] as Float32Array)).toBeLessThan(2e-6);
});

describe.each(OPTIMIZER_CASES)('$op (grouped: $grouped)', (one) => {
  test.each([1, 7, 64, 131])('equals the reference on %i elements', async (n) => {
    const [actual, expected] = [await runOptimizer(wasm, one, n, n), await runOptimizer(reference, one, n, n)];
    expected.forEach((values, i) => expect(relativeError(actual[i] as Float32Array, values), `pool ${i}`).toBeLessThan(2e-6));
  });
});

test.each(ADAFACTOR_CASES)('adafactor (scaled: $scaled, grouped: $grouped) equals the reference', async (one) => {
  for (const seed of [1, 2, 3]) {
    const [actual, expected] = [await runAdafactor(wasm, one, seed), await runAdafactor(reference, one, seed)];
    for (const [role, values] of expected) expect(relativeError(actual.get(role) as Float32Array, values), role).toBeLessThan(2e-6);
  }
});
