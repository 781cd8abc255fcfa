/**
 * Every WGSL body against its reference, on random shapes; both the kernels for a CPU adapter and those for hardware.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReferenceDevice } from '../reference/reference-device.ts';
import '../testing/allclose.ts';
import { evaluate, Numbers, type CaseOf } from '../testing/one-operation.ts';
import { OPTIMIZER_CASES, runOptimizer } from '../testing/optimizer-cases.ts';
import { CASE_LIST, runsOf } from '../testing/tangent-cases.ts';
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

  test.each(CASE_LIST)('%s equals the reference', async (op, cases) => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const runs = runsOf(one);
        const [actual, expected] = [await evaluate(device, one, runs), await evaluate(reference, one, runs)];
        for (const [name, values] of expected) expect(actual.get(name), name).toBeAllclose(values, { ofLargest: toleranceOf(op) });
      }),
      { numRuns: 10, seed: 5 },
    );
  });

  test.each(OPTIMIZER_CASES)('$op (grouped: $grouped) equals the reference', async (one) => {
    for (const n of [1, 7, 64, 131]) {
      const [actual, expected] = [await runOptimizer(device, one, n, n), await runOptimizer(reference, one, n, n)];
      for (const [role, values] of expected)
        expect(actual.get(role), `${role} of ${n} elements`).toBeAllclose(values, { ofLargest: TOLERANCE });
    }
  });

  test.each(ADAFACTOR_CASES)('adafactor (scaled: $scaled, grouped: $grouped) equals the reference', async (one) => {
    for (const seed of [1, 2]) {
      const [actual, expected] = [await runAdafactor(device, one, seed), await runAdafactor(reference, one, seed)];
      for (const [role, values] of expected) expect(actual.get(role), role).toBeAllclose(values, { ofLargest: TOLERANCE });
    }
  });

  test.each([
    ['a sum over a thousand rows (split into parts on hardware)', 20, 24, 1100, true, false],
    ['many tiles (large ones on hardware)', 516, 404, 9, false, true],
    ['one row, as generation makes them', 1, 33, 16, false, true],
    ['blocks with a ragged edge and a sum in parts (on hardware)', 132, 68, 1160, true, false],
    ['blocks, neither side transposed (on hardware)', 300, 200, 644, false, false],
    ['blocks, one slice (on hardware)', 516, 404, 12, false, true],
    ['blocks, both sides transposed (on hardware)', 136, 72, 1160, true, true],
    ['a sum that four groups of lanes share (on hardware)', 18, 35, 67, true, false],
  ])('matmul: %s', async (_name, m, n, k, transposeA, transposeB) => {
    const random = new Numbers(m);
    const one: CaseOf<'matmul'> = {
      op: 'matmul',
      inputs: {
        a: random.floats(transposeA ? [k, m] : [m, k]),
        b: random.floats(transposeB ? [n, k] : [k, n]),
        add: random.floats([m, n]),
      },
      outputs: { c: [m, n] },
      attributes: { transposeA, transposeB, alpha: 0.5, accumulate: true },
    };
    const [actual, expected] = [await evaluate(device, one, 2), await evaluate(reference, one, 2)];
    expect(actual.get('c')).toBeAllclose(expected.get('c')!, { ofLargest: TOLERANCE });
  });

  test.each(['sum', 'sum_squares'] as const)('%s of a long vector equals the reference', async (op) => {
    const data = Float32Array.from({ length: 5001 }, (_unused, i) => Math.sin(i * i) + 1.5);
    const one: CaseOf<'sum' | 'sum_squares'> = {
      op,
      inputs: { x: { shape: [5001], dtype: 'float32', data } },
      outputs: { y: [1] },
      attributes: {},
    };
    const [actual, expected] = [await evaluate(device, one), await evaluate(reference, one)];
    expect(actual.get('y')).toBeAllclose(expected.get('y')!, { ofLargest: TOLERANCE });
  });
});

test('an activation of a huge argument is finite', async () => {
  const device = await openDevice();
  const data = Float32Array.of(-1e4, -200, -30, -15, 0, 15, 30, 200, 1e4);
  const one: CaseOf<'feed_forward_activation'> = {
    op: 'feed_forward_activation',
    inputs: { u: { shape: [1, 9], dtype: 'float32', data } },
    outputs: { y: [1, 9] },
    attributes: { kind: 'gelu_new', gated: false },
  };
  const values = (await evaluate(device, one)).get('y')!;
  expect([...values].map((value) => value || 0)).toEqual([0, 0, 0, 0, 0, 15, 30, 200, 1e4]);
  device.dispose();
});
