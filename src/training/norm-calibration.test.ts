import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../data/random.ts';
import type { Device } from '../engine/device.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import { compensation } from '../fusion/compensation.ts';
import { fuse } from '../fusion/operators/fuse.ts';
import { averageLogits, relativeLogitsError } from '../fusion/look/gap.ts';
import { selfFuse } from '../fusion/operators/self-fuse.ts';
import { goldenCase, goldenError, goldenModel, goldenTensors } from '../fusion/testing/golden.ts';
import { randomModel, TINY, withWidths } from '../fusion/testing/models.ts';
import { logitsOf, toBatch, type Inputs } from '../fusion/testing/on-device.ts';
import { normFactors } from './norm-calibration.ts';

let device: Device;
beforeAll(async () => {
  device = await nodeWasmDevice();
}, 60_000);
afterAll(() => device.dispose());

const ZERO = { norm: 'shared', offDiagonal: 'zero', sigma: 0, copies: 2 } as const;
const random = () => stream(1, 'growth');

describe.each([
  'fusion-v10-two',
  'fusion-v10-widths',
  'fusion-v11-scales',
  'fusion-v11-three',
  'fusion-v11-trained',
  'fusion-v11-two',
  'fusion-v11-widths',
])('%s', (name) => {
  const { inputs, sources, outputs } = goldenCase<{
    inputs: Inputs;
    sources: readonly string[];
    outputs: { logits_rms_error: { shared: number; compensated_least_squares: number } };
  }>(name);
  const tensors = goldenTensors(`${name}/tensors`);
  const models = sources.map((source) => goldenModel(`${name}/${source}`));
  const batch = toBatch(inputs);

  it('constants and logits are the reference\u2019s', async () => {
    const factors = await normFactors(device, models, batch);
    const golden = [...tensors].filter(([key]) => key.startsWith('compensation.'));
    expect(golden).toHaveLength(factors.size);
    for (const [key, { data }] of golden)
      expect(
        goldenError(
          factors.get(`${key.slice('compensation.'.length)}`) ?? factors.get(`${key.slice('compensation.'.length)}.weight`) ?? [],
          data,
        ),
        key,
      ).toBeLessThan(1e-5);
    const fused = fuse.grow(models, { ...ZERO, normFactors: factors }, random());
    const logits = await logitsOf(device, fused, batch);
    expect(goldenError(logits, tensors.get('logits_compensated')?.data ?? [])).toBeLessThan(2e-5);
    // It can't close the gap, as the notes say: only make it smaller.
    const own = await Promise.all(models.map((model) => logitsOf(device, model, batch)));
    expect(relativeLogitsError(logits, averageLogits(own))).toBeCloseTo(outputs.logits_rms_error.compensated_least_squares, 4);
  });

  it('the map says the factors, so the optimizer\u2019s state follows', async () => {
    const factors = await normFactors(device, models, batch);
    const norm = 'encoder.block.0.layer.0.layer_norm.weight';
    const plain = fuse.grow(models, ZERO, random()).provenance.get(norm) ?? [];
    const blocks = fuse.grow(models, { ...ZERO, normFactors: factors }, random()).provenance.get(norm) ?? [];
    blocks.forEach((block, m) => {
      const [before, constant] = [plain[m], factors.get(norm)?.[m] ?? Number.NaN];
      if (block.origin === 'new' || before === undefined || before.origin === 'new') throw new Error('a norm is inherited');
      expect(block.factor).toBeCloseTo(before.factor * constant, 12);
      expect(block.gradientFactor).toBeCloseTo(before.gradientFactor / constant, 12);
    });
  });
});

it('copies of one model need no compensation', async () => {
  const model = randomModel({ ...withWidths(TINY, 8, 6, 2) }, 4);
  const batch = toBatch({ input_ids: [[3, 4, 5]], labels: [[5, 3, 1]] });
  const factors = await normFactors(device, [model, model], batch);
  expect(factors.size).toBeGreaterThan(5);
  for (const pair of factors.values()) for (const factor of pair) expect(factor).toBeCloseTo(1, 6);
  expect(selfFuse.grow([model], ZERO, random()).config.norm_groups).toEqual([16]);
});

it('ignores tokens that don\u2019t count, and refuses sources that don\u2019t match', () => {
  const config = withWidths(TINY, 4, 6, 2);
  const source = (values: readonly number[]) => ({ config, inverseRms: new Map([['n', values]]) });
  // Own mean squares 1 and 4, then 1 and 1: joint 2.5 and 1.
  const all = compensation([source([1, 1]), source([0.5, 1])]).get('n') ?? [];
  const r = [Math.sqrt(1 / 2.5), 1];
  expect(all[0]).toBeCloseTo(((r[0] ?? 0) + 1) / (1 / 2.5 + 1), 12);
  expect(compensation([source([1, 1]), source([0.5, 1])], (_, token) => token === 1).get('n')).toEqual([1, 1]);
  expect(() => compensation([source([1]), { config, inverseRms: new Map() }])).toThrow('no measurement of n');
});
