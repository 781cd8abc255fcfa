import { describe, expect, it } from 'vitest';
import { stream } from '../../data/random.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { growFactoredSlots } from './factored-state.ts';
import { fuse } from '../operators/fuse.ts';
import { net2net } from '../operators/net2net.ts';
import type { GrowthOptions } from '../operators/operator.ts';
import type { OptimizerState } from './optimizer-state.ts';
import { extent } from '../provenance.ts';
import { scratch } from '../operators/scratch.ts';
import { selfFuse } from '../operators/self-fuse.ts';
import { goldenError, goldenModel, goldenTensors } from '../testing/golden.ts';
import { randomModel, TINY, withWidths } from '../testing/models.ts';

const ZERO: GrowthOptions = { norm: 'shared', offDiagonal: 'zero', sigma: 0, copies: 2 };
const random = () => stream(1, 'growth');

/** Means of squared gradients over rows and columns, as Adafactor keeps them after its first step. */
function factored(gradients: NamedTensors): { slot1: Map<string, HostTensor>; slot2: Map<string, HostTensor> } {
  const moments = { slot1: new Map<string, HostTensor>(), slot2: new Map<string, HostTensor>() };
  for (const [name, { shape, data }] of gradients) {
    const { rows, columns } = extent(shape);
    const [r, c] = [new Float32Array(data.length), new Float32Array(data.length)];
    data.forEach((g, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      r[row * columns] = (r[row * columns] ?? 0) + g ** 2 / columns;
      c[column] = (c[column] ?? 0) + g ** 2 / rows;
    });
    moments.slot1.set(name, { shape, data: r });
    moments.slot2.set(name, { shape, data: c });
  }
  return moments;
}

const below = (tensors: NamedTensors, prefix: string): Map<string, HostTensor> =>
  new Map([...tensors].filter(([name]) => name.startsWith(prefix)).map(([name, tensor]) => [name.slice(prefix.length), tensor]));

describe.each(['fusion-state-v10', 'fusion-state-v11'])('%s', (name) => {
  const source = goldenModel(`${name}/source-0`);
  const tensors = goldenTensors(`${name}/tensors`);
  const { config, provenance } = selfFuse.grow([source], ZERO, random());
  const state: OptimizerState = { config: source.config, slots: factored(below(tensors, 'grad.')), groups: undefined, counts: [7] };

  it.each(['transfer', 'fill'] as const)('%s gives the means of the reference’s fused gradients', (policy) => {
    const grown = growFactoredSlots(policy, [state], provenance, config);
    expect(grown).toMatchObject({ counts: [7], groups: undefined });
    const wanted = factored(below(tensors, 'fused_grad.'));
    for (const which of ['slot1', 'slot2'] as const) {
      expect(wanted[which].size).toBe(provenance.size);
      // Float32 sums of squares of float32 gradients: twice the gradient's own error.
      for (const [tensor, { data }] of wanted[which])
        expect(goldenError(grown.slots[which]?.get(tensor)?.data ?? [], data), `${which} ${tensor}`).toBeLessThan(1e-5);
    }
  });

  it('reset starts anew', () => {
    const grown = growFactoredSlots('reset', [state], provenance, config);
    expect(grown).toMatchObject({ counts: [0], groups: undefined });
    for (const moments of Object.values(grown.slots))
      for (const { data } of moments.values()) expect(data.every((value) => value === 0)).toBe(true);
  });
});

describe('different sources', () => {
  const [a, b] = [randomModel(TINY, 1), randomModel(withWidths(TINY, 6, 9, 1), 2)] as const;
  const states = ([a, b] as const).map(
    (model, i): OptimizerState => ({
      config: model.config,
      slots: factored(model.parameters),
      groups: undefined,
      counts: [i === 0 ? 20 : 5],
    }),
  );
  const { config, provenance } = fuse.grow([a, b], ZERO, random());
  const name = 'encoder.block.0.layer.1.DenseReluDense.wo.weight';
  const rowMean = (of: OptimizerState, row: number, width: number): number => of.slots.slot1?.get(name)?.data[row * width] ?? Number.NaN;

  it('transfer: a row’s mean is that over its source’s columns, times the factor squared', () => {
    const grown = growFactoredSlots('transfer', states, provenance, config);
    // Rank one: r_i·(mean of c)/(mean of r), and the means of r and c over a whole matrix are equal.
    for (let row = 0; row < 4; row++)
      expect(rowMean(grown, row, 15) / (rowMean(states[0] as OptimizerState, row, 6) / 4)).toBeCloseTo(1, 5);
    for (let row = 0; row < 6; row++)
      expect(rowMean(grown, 4 + row, 15) / (rowMean(states[1] as OptimizerState, row, 9) / 4)).toBeCloseTo(1, 5);
    // One step count a tensor: the smallest.
    expect(grown.counts).toEqual([5]);
  });

  it('fill: new blocks count with the mean of the inherited blocks', () => {
    const grown = growFactoredSlots('fill', states, provenance, config);
    const mean = (state: OptimizerState | undefined, width: number): number => {
      const data = state?.slots.slot1?.get(name)?.data ?? new Float32Array();
      return data.reduce((sum, value) => sum + value, 0) / (data.length / width) / 4;
    };
    const filled = (mean(states[0], 6) + mean(states[1], 9)) / 2;
    for (let row = 0; row < 4; row++)
      expect(rowMean(grown, row, 15) / ((6 * (rowMean(states[0] as OptimizerState, row, 6) / 4) + 9 * filled) / 15)).toBeCloseTo(1, 5);
  });
});

it('a tensor of which nothing is inherited starts its own count; one that is copied goes on', () => {
  const source = randomModel(TINY, 3);
  const state: OptimizerState = { config: source.config, slots: factored(source.parameters), groups: undefined, counts: [9] };
  const fresh = scratch.grow([source], ZERO, random());
  expect(growFactoredSlots('transfer', [state], fresh.provenance, fresh.config)).toMatchObject({ counts: [0], groups: undefined });
  const copied = net2net.grow([source], ZERO, random());
  expect(growFactoredSlots('transfer', [state], copied.provenance, copied.config).counts).toEqual([9]);
});

it('names what is missing', () => {
  const source = randomModel(TINY, 3);
  const { config, provenance } = selfFuse.grow([source], ZERO, random());
  expect(() =>
    growFactoredSlots('transfer', [{ config: source.config, slots: {}, groups: undefined, counts: [1] }], provenance, config),
  ).toThrow('shared.weight');
});
