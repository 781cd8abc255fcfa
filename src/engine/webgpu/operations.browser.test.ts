/** Every WGSL body against its reference, on random shapes; both the kernels for a CPU adapter and those for hardware. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReferenceDevice } from '../reference/reference-device.ts';
import { evaluate, Numbers, OPTIMIZER_CASES, relativeError, runOptimizer, type Case } from '../testing/one-operation.ts';
import { ALL_CASES } from '../testing/tangent-cases.ts';
import { ADAFACTOR_CASES, runAdafactor } from '../testing/adafactor-case.ts';
import { openDevice, openReference } from './testing/open.ts';
import type { WebGPUDevice } from './webgpu-device.ts';

const TOLERANCE = 1e-5;
/** The second derivatives are sums of more terms, which cancel: rounding shows more. */
const toleranceOf = (op: string): number => (op.endsWith('_tangent') ? 5 * TOLERANCE : TOLERANCE);

describe.each([
  ['software', false],
  ['hardware', true],
])('kernels for %s', (_, hardwareKernels) => {
  let device: WebGPUDevice;
  let reference: ReferenceDevice;
  beforeAll(async () => {
    device = await openDevice({ hardwareKernels });
    reference = await openReference();
  });
  afterAll(() => device.dispose());

  test.each(Object.keys(ALL_CASES))('%s equals the reference', async (op) => {
    await fc.assert(
      fc.asyncProperty(ALL_CASES[op] as fc.Arbitrary<Case>, async (one) => {
        const runs = one.attributes['accumulate'] === true ? 2 : 1;
        const [actual, expected] = [await evaluate(device, one, runs), await evaluate(reference, one, runs)];
        expected.forEach((values, i) =>
          expect(relativeError(actual[i] as Float32Array, values), `output ${i}`).toBeLessThan(toleranceOf(op)),
        );
      }),
      { numRuns: 10, seed: 5 },
    );
  });

  test.each(OPTIMIZER_CASES)('$op (grouped: $grouped) equals the reference', async (one) => {
    for (const n of [1, 7, 64, 131]) {
      const [actual, expected] = [await runOptimizer(device, one, n, n), await runOptimizer(reference, one, n, n)];
      expected.forEach((values, i) =>
        expect(relativeError(actual[i] as Float32Array, values), `pool ${i} of ${n} elements`).toBeLessThan(TOLERANCE),
      );
    }
  });

  test.each(ADAFACTOR_CASES)('adafactor (scaled: $scaled, grouped: $grouped) equals the reference', async (one) => {
    for (const seed of [1, 2]) {
      const [actual, expected] = [await runAdafactor(device, one, seed), await runAdafactor(reference, one, seed)];
      for (const [role, values] of expected) expect(relativeError(actual.get(role) as Float32Array, values), role).toBeLessThan(TOLERANCE);
    }
  });

  test.each([
    ['a sum over a thousand rows (split into parts on hardware)', 20, 24, 1100, true, false],
    ['many tiles (large ones on hardware)', 516, 404, 9, false, true],
    ['one row, as generation makes them', 1, 33, 16, false, true],
  ])('matmul: %s', async (_name, m, n, k, transposeA, transposeB) => {
    const random = new Numbers(m);
    const inputs = [random.floats(transposeA ? [k, m] : [m, k]), random.floats(transposeB ? [n, k] : [k, n]), random.floats([m, n])];
    const one: Case = { op: 'matmul', inputs, outputs: [[m, n]], attributes: { transposeA, transposeB, alpha: 0.5, accumulate: true } };
    const [actual, expected] = [await evaluate(device, one, 2), await evaluate(reference, one, 2)];
    expect(relativeError(actual[0] as Float32Array, expected[0] as Float32Array)).toBeLessThan(TOLERANCE);
  });

  test.each(['sum', 'sum_squares'])('%s of a long vector equals the reference', async (op) => {
    const data = Float32Array.from({ length: 5001 }, (_unused, i) => Math.sin(i * i) + 1.5);
    const one: Case = { op, inputs: [{ shape: [5001], dtype: 'float32', data }], outputs: [[1]], attributes: {} };
    const [actual, expected] = [await evaluate(device, one), await evaluate(reference, one)];
    expect(relativeError(actual[0] as Float32Array, expected[0] as Float32Array)).toBeLessThan(TOLERANCE);
  });
});

test('an activation of a huge argument is finite', async () => {
  const device = await openDevice();
  const data = Float32Array.of(-1e4, -200, -30, -15, 0, 15, 30, 200, 1e4);
  const one: Case = {
    op: 'feed_forward_activation',
    inputs: [{ shape: [1, 9], dtype: 'float32', data }],
    outputs: [[1, 9]],
    attributes: { kind: 'gelu_new', gated: false },
  };
  const [values] = await evaluate(device, one);
  expect([...(values as Float32Array)].map((value) => value || 0)).toEqual([0, 0, 0, 0, 0, 15, 30, 200, 1e4]);
  device.dispose();
});
