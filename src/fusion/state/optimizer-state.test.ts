import { describe, expect, it } from 'vitest';
import { stream } from '../../data/random.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { parameterShapes } from '../../model/config.ts';
import { fuse } from '../operators/fuse.ts';
import type { GrowthOptions } from '../operators/operator.ts';
import { growSlots, type OptimizerState } from './optimizer-state.ts';
import { extent, forEachIndex, isInherited, isNewMask } from '../provenance.ts';
import { scratch } from '../operators/scratch.ts';
import { selfFuse } from '../operators/self-fuse.ts';
import { goldenCase, goldenError, goldenModel, goldenTensors } from '../testing/golden.ts';
import { randomModel, TINY, withWidths, type TestModel } from '../testing/models.ts';

const ZERO: GrowthOptions = { norm: 'shared', offDiagonal: 'zero', sigma: 0, copies: 2 };
const random = () => stream(1, 'growth');

interface StateCase {
  readonly gradient: Readonly<Record<string, { readonly expected: number }>>;
  readonly tolerance: { readonly gradient: number; readonly m: number; readonly v: number };
}

/** The tensors whose names start with a prefix, without it. */
function strip(tensors: NamedTensors, prefix: string): Map<string, HostTensor> {
  return new Map([...tensors].filter(([name]) => name.startsWith(prefix)).map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

/** Elements of a tensor where the mask has the value. */
function where(data: ArrayLike<number>, mask: Uint8Array, value: 0 | 1): number[] {
  return Array.from(data).filter((_, i) => mask[i] === value);
}

it('naive: new blocks start at zero and go by the step count of the old', () => {
  const source = randomModel(TINY, 1);
  const state: OptimizerState = {
    config: source.config,
    slots: { slot1: source.parameters, slot2: source.parameters },
    groups: undefined,
    counts: [10],
  };
  const { config, provenance } = selfFuse.grow([source], ZERO, random());
  const [naive, transfer] = [growSlots('naive', [state], provenance, config), growSlots('transfer', [state], provenance, config)];
  expect(naive.slots).toEqual(transfer.slots);
  expect(naive).toMatchObject({ counts: [10], groups: undefined });
});

it('fill: a tensor that inherits nothing has a step count of its own', () => {
  const source = randomModel(TINY, 1);
  const state: OptimizerState = {
    config: source.config,
    slots: { slot1: source.parameters, slot2: source.parameters },
    groups: undefined,
    counts: [10],
  };
  const { config, provenance } = scratch.grow([source], ZERO, random());
  const filled = growSlots('fill', [state], provenance, config);
  expect(filled.counts).toEqual([10, 0]);
  for (const { data } of filled.groups?.values() ?? []) expect(data.every((group) => group === 1)).toBe(true);
});

describe.each(['fusion-state-v10', 'fusion-state-v11'])('%s', (name) => {
  const source = goldenModel(`${name}/source-0`);
  const tensors = goldenTensors(`${name}/tensors`);
  const { gradient, tolerance } = goldenCase<StateCase>(name);
  const { config, provenance } = selfFuse.grow([source], ZERO, random());
  const state: OptimizerState = {
    config: source.config,
    slots: { slot1: strip(tensors, 'm.'), slot2: strip(tensors, 'v.') },
    groups: undefined,
    counts: [10],
  };

  it('has the gradient factors of the reference on every block, off-diagonals included', () => {
    // The gradient is linear like m: carry it over as one.
    const grown = growSlots('fill', [{ ...state, slots: { slot1: strip(tensors, 'grad.') } }], provenance, config);
    const fused = strip(tensors, 'fused_grad.');
    expect(fused.size).toBe(provenance.size);
    for (const [tensor, { data }] of fused)
      expect(goldenError(grown.slots.slot1?.get(tensor)?.data ?? [], data), tensor).toBeLessThanOrEqual(tolerance.gradient);
    for (const [tensor, { expected }] of Object.entries(gradient)) {
      for (const block of provenance.get(tensor) ?? [])
        expect((isInherited(block) ? block : block.twin)?.gradientFactor, tensor).toBeCloseTo(expected, 12);
    }
  });

  it('transfer: inherited blocks are the reference’s, new ones are zero with a step count of their own', () => {
    const grown = growSlots('transfer', [state], provenance, config);
    expect(grown.counts).toEqual([10, 0]);
    for (const [which, letter] of [
      ['slot1', 'm'],
      ['slot2', 'v'],
    ] as const) {
      for (const [tensor, golden] of strip(tensors, `fused_${letter}.`)) {
        const mask = isNewMask(provenance, tensor);
        const ours = grown.slots[which]?.get(tensor)?.data ?? [];
        expect(goldenError(where(ours, mask, 0), where(golden.data, mask, 0)), tensor).toBeLessThanOrEqual(tolerance[letter]);
        expect(
          where(ours, mask, 1).every((value) => value === 0),
          tensor,
        ).toBe(true);
        expect(Array.from(grown.groups?.get(tensor)?.data ?? []), tensor).toEqual(Array.from(mask));
      }
    }
  });

  it('fill: every block is the reference’s, and the run’s step count is everybody’s', () => {
    const grown = growSlots('fill', [state], provenance, config);
    expect(grown.counts).toEqual([10]);
    for (const [which, letter] of [
      ['slot1', 'm'],
      ['slot2', 'v'],
    ] as const) {
      for (const [tensor, golden] of strip(tensors, `fused_${letter}.`))
        expect(goldenError(grown.slots[which]?.get(tensor)?.data ?? [], golden.data), tensor).toBeLessThanOrEqual(tolerance[letter]);
    }
    expect(grown.groups).toBeUndefined();
  });

  it('reset: zero moments, step count zero', () => {
    const grown = growSlots('reset', [state], provenance, config);
    expect([grown.counts, grown.groups, grown.config]).toEqual([[0], undefined, config]);
    for (const [tensor, shape] of parameterShapes(config)) {
      for (const which of ['slot1', 'slot2'] as const) {
        expect(grown.slots[which]?.get(tensor)?.shape).toEqual(shape);
        expect(grown.slots[which]?.get(tensor)?.data.every((value) => value === 0)).toBe(true);
      }
    }
  });
});

describe('moments of different sources', () => {
  const models = [randomModel(withWidths(TINY, 4, 6, 2), 1), randomModel(withWidths(TINY, 6, 3, 1), 2)];
  const { config, provenance } = fuse.grow(models, ZERO, random());
  /** Any numbers in the shapes of the weights will do as moments. */
  const momentsOf = (model: TestModel, seed: number, counts: readonly number[]): OptimizerState => ({
    config: model.config,
    slots: {
      slot1: randomModel(model.config, seed).parameters,
      slot2: new Map(
        [...randomModel(model.config, seed + 1).parameters].map(([name, { shape, data }]) => [
          name,
          { shape, data: data.map((value) => value ** 2) },
        ]),
      ),
    },
    groups: undefined,
    counts,
  });
  const states = models.map((model, i) => momentsOf(model, 10 * (i + 1), [200 + 100 * i]));

  it('carry each source’s own step count', () => {
    const grown = growSlots('transfer', states, provenance, config);
    expect(grown.counts).toEqual([200, 300, 0]);
    for (const [name, blocks] of provenance) {
      const { columns } = extent(parameterShapes(config).get(name) ?? []);
      for (const block of blocks) {
        const expected = isInherited(block) ? block.origin : 2;
        forEachIndex(block, columns, (i) => expect(grown.groups?.get(name)?.data[i]).toBe(expected));
      }
    }
  });

  it('fill: new blocks get m = 0 and the mean v of the layer’s inherited blocks', () => {
    const grown = growSlots('fill', states, provenance, config);
    const name = 'encoder.block.0.layer.1.DenseReluDense.wo.weight';
    const mask = isNewMask(provenance, name);
    expect(where(grown.slots.slot1?.get(name)?.data ?? [], mask, 1).every((value) => value === 0)).toBe(true);
    const means = states.map(({ slots }) => {
      const data = slots.slot2?.get(name)?.data ?? new Float32Array();
      return data.reduce((sum, value) => sum + value, 0) / data.length / 4; // (1/k)² of the sources' own
    });
    const expected = ((means[0] ?? 0) + (means[1] ?? 0)) / 2;
    const filled = where(grown.slots.slot2?.get(name)?.data ?? [], mask, 1);
    expect(filled.length).toBe(4 * 3 + 6 * 6);
    for (const value of filled) expect(value / expected).toBeCloseTo(1, 5);
  });

  it('keep the groups of an earlier growth', () => {
    const first = growSlots('transfer', states, provenance, config);
    // 40 updates later the grown model is copied.
    const later: OptimizerState = { ...first, counts: first.counts.map((count) => count + 40) };
    const second = selfFuse.grow([{ config, parameters: fuse.grow(models, ZERO, random()).parameters }], ZERO, random());
    const grown = growSlots('transfer', [later], second.provenance, second.config);
    expect(grown.counts).toEqual([240, 340, 40, 0]);
    const name = 'encoder.block.0.layer.0.SelfAttention.k.weight';
    const [rows, columns] = [6, 10];
    expect(first.groups?.get(name)?.data.length).toBe(rows * columns);
    for (let i = 0; i < 2 * rows; i++) {
      for (let j = 0; j < 2 * columns; j++) {
        const copy = Math.floor(i / rows) === Math.floor(j / columns);
        expect(grown.groups?.get(name)?.data[i * 2 * columns + j]).toBe(
          copy ? first.groups?.get(name)?.data[(i % rows) * columns + (j % columns)] : 3,
        );
      }
    }
  });

  it('momentum has one moment, gradient descent none', () => {
    const one = growSlots(
      'transfer',
      states.map((state) => ({ ...state, slots: { slot1: state.slots.slot1 ?? new Map() } })),
      provenance,
      config,
    );
    expect(Object.keys(one.slots)).toEqual(['slot1']);
    expect(one.slots.slot1?.size).toBe(provenance.size);
    const none = growSlots(
      'transfer',
      states.map((state) => ({ ...state, slots: {}, counts: [5] })),
      provenance,
      config,
    );
    expect([none.slots, none.counts]).toEqual([{}, [5, 0]]);
  });

  it('refuse sources that keep different moments', () => {
    const [a, b] = states;
    if (a === undefined || b === undefined) throw new Error('two sources expected');
    expect(() => growSlots('transfer', [a, { ...b, slots: { slot1: b.slots.slot1 ?? new Map() } }], provenance, config)).toThrow(
      '1 of 2 sources have a slot2',
    );
    expect(() => growSlots('transfer', [a], provenance, config)).toThrow('source 1');
  });
});

describe('a step count of one’s own', () => {
  it('is what keeps a newborn weight’s first Adam updates at the step size', () => {
    const { rows } = goldenCase<{
      rows: Record<string, { global_step_count: { first_ten: number[] }; own_step_count: { first_ten: number[] } }>;
    }>('fusion-first-update.json');
    const row = rows['beta1=0.9 beta2=0.999'];
    const update = (n: number, correctedBy: number) =>
      (1 - 0.9 ** n) / (1 - 0.9 ** correctedBy) / Math.sqrt((1 - 0.999 ** n) / (1 - 0.999 ** correctedBy));
    for (let n = 1; n <= 10; n++) {
      expect(update(n, n)).toBeCloseTo(row?.own_step_count.first_ten[n - 1] ?? Number.NaN, 6);
      expect(update(n, 5000 + n) / (row?.global_step_count.first_ten[n - 1] ?? Number.NaN)).toBeCloseTo(1, 3);
    }
  });
});
