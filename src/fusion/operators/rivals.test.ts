import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../data/random.ts';
import type { Device } from '../../engine/device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { parameterShapes } from '../../model/config.ts';
import { initialDeviation, initialise } from '../../model/init.ts';
import { bert2bertAki, nextLayerUp } from './bert2bert-aki.ts';
import { bert2bertFpi } from './bert2bert-fpi.ts';
import { relativeLogitsError } from '../look/gap.ts';
import { net2net } from './net2net.ts';
import type { GrowthOptions } from './operator.ts';
import { extent, isInherited, newFraction } from '../provenance.ts';
import { randomCorner } from './random.ts';
import { scratch } from './scratch.ts';
import { stack } from './stack.ts';
import { firstDifference } from '../testing/golden.ts';
import { arbitraryConfigs, randomModel, TINY, withWidths, type TestModel } from '../testing/models.ts';
import { gradientOf, logitsOf, toBatch } from '../testing/on-device.ts';
import { provenanceErrors } from '../testing/provenance-errors.ts';
import { byHead, cyclicMap, mapKey, randomMap, runs, unitMap } from './unit-map.ts';

let device: Device;
beforeAll(async () => {
  device = await nodeWasmDevice();
}, 60_000);
afterAll(() => device.dispose());

const OPTIONS: GrowthOptions = { norm: 'shared', offDiagonal: 'zero', sigma: 0, copies: 2 };
const random = () => stream(1, 'growth');
const BATCH = toBatch({
  input_ids: [
    [3, 4, 5, 6],
    [6, 2, 2, 5],
  ],
  labels: [
    [5, 3, 1],
    [2, 6, 1],
  ],
});
const WIDE = { ...withWidths(TINY, 8, 6, 3), num_layers: 2 };
const HEADS = [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const;

async function changeOfLogits(source: TestModel, grown: TestModel): Promise<number> {
  return relativeLogitsError(await logitsOf(device, grown, BATCH), await logitsOf(device, source, BATCH));
}

describe('unit maps', () => {
  it('keep the first units, count copies, copy heads whole', () => {
    const map = randomMap(3, 7, stream(1, 'units'));
    expect(map.source.slice(0, 3)).toEqual([0, 1, 2]);
    expect(map.copies.reduce((a, b) => a + b, 0)).toBe(7);
    map.copies.forEach((count, unit) => expect(map.source.filter((each) => each === unit).length).toBe(count));
    expect(cyclicMap(3, 6).copies).toEqual([2, 2, 2]);
    expect(byHead(unitMap([0, 1, 0], 2), 2).source).toEqual([0, 1, 2, 3, 0, 1]);
  });

  it('are shared by the tensors that write and read the same units', () => {
    const self = 'decoder.block.1.layer.0.SelfAttention';
    const cross = 'decoder.block.1.layer.1.EncDecAttention';
    expect(mapKey(`${self}.q.weight`, 'inner')).toBe(
      mapKey('decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight', 'heads'),
    );
    expect(mapKey(`${self}.q.weight`, 'inner')).not.toBe(mapKey('encoder.block.1.layer.0.SelfAttention.q.weight', 'inner'));
    expect(mapKey(`${cross}.q.weight`, 'inner')).toBe(mapKey(`${cross}.o.weight`, 'inner'));
    expect(mapKey(`${cross}.q.weight`, 'inner')).not.toBe(mapKey(`${self}.q.weight`, 'inner'));
    expect(mapKey(`${cross}.q.weight`, 'inner')).not.toBe(mapKey(`${cross.replace('block.1', 'block.0')}.q.weight`, 'inner'));
    const feedForward = 'encoder.block.1.layer.1.DenseReluDense';
    expect(mapKey(`${feedForward}.wi_0.weight`, 'd_ff')).toBe(mapKey(`${feedForward}.wo.weight`, 'd_ff'));
    expect(mapKey('shared.weight', 'vocabulary')).toBeNull();
  });

  it('are cut into runs that copy the map', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(8), fc.integer(), (length, more, seed) => {
        const map = randomMap(length, length + more, stream(seed, 'units'));
        const units = runs(map).flatMap((run) =>
          Array.from({ length: run.length }, (_, i) => ({
            unit: run.start + i,
            source: run.source + i,
            copies: run.copies,
            added: run.added,
          })),
        );
        expect(units).toEqual(map.source.map((source, unit) => ({ unit, source, copies: map.copies[source], added: unit >= length })));
      }),
      { seed: 2 },
    );
  });
});

describe.each([net2net, bert2bertFpi])('$name', (operator) => {
  it.each(HEADS)('tied %s, scaled %s: keeps the function where the residual stream grows by a whole factor', async (tied, scaled) => {
    for (const kind of ['relu', 'gated-gelu'] as const) {
      const source = randomModel({ ...WIDE, tied, scaled, feed_forward_proj: kind }, 1);
      for (const size of [{}, { d_model: 24, d_ff: 11, num_heads: 5 }, { d_model: 8, d_ff: 7, num_heads: 3 }]) {
        const grown = operator.grow([source], { ...OPTIONS, size }, random());
        expect(await changeOfLogits(source, grown)).toBeLessThan(1e-5);
        expect(newFraction(grown.provenance)).toBe(0);
      }
    }
  });

  it('leaves a gap where it does not: the RMS weighs some units twice', async () => {
    const source = randomModel(WIDE, 1);
    const grown = operator.grow([source], { ...OPTIONS, size: { d_model: 12 } }, random());
    expect(grown.config.norm_groups).toEqual([12]);
    expect(await changeOfLogits(source, grown)).toBeGreaterThan(1e-3);
  });

  it.each(HEADS)('tied %s, scaled %s: the gradient of every block is its factor times the source’s', async (tied, scaled) => {
    const source = randomModel({ ...WIDE, tied, scaled }, 1);
    const grown = operator.grow([source], { ...OPTIONS, size: { d_model: 16, d_ff: 10, num_heads: 5 } }, random());
    const [ours, theirs] = [await gradientOf(device, grown, BATCH), await gradientOf(device, source, BATCH)];
    for (const [name, blocks] of grown.provenance) {
      const fused = ours.get(name);
      const own = theirs.get(name);
      if (fused === undefined || own === undefined) throw new Error(`${name} has no gradient`);
      const largest = own.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
      let worst = 0;
      for (const block of blocks.filter(isInherited)) {
        for (let i = 0; i < block.rows; i++) {
          for (let j = 0; j < block.columns; j++) {
            const expected =
              block.gradientFactor * (own.data[(block.sourceRow + i) * extent(own.shape).columns + block.sourceColumn + j] ?? Number.NaN);
            worst = Math.max(
              worst,
              Math.abs((fused.data[(block.row + i) * extent(fused.shape).columns + block.column + j] ?? Number.NaN) - expected),
            );
          }
        }
      }
      expect(worst, name).toBeLessThanOrEqual(1e-4 * largest);
    }
  });
});

describe('net2net', () => {
  it('noise touches the added weights only', () => {
    const source = randomModel(WIDE, 1);
    const plain = net2net.grow([source], OPTIONS, random());
    const noisy = net2net.grow([source], { ...OPTIONS, offDiagonal: 'noise', sigma: 0.1 }, random());
    for (const [name, shape] of parameterShapes(WIDE)) {
      const [own, grown] = [extent(shape), extent(parameterShapes(plain.config).get(name) ?? [])];
      const changed = (i: number) => plain.parameters.get(name)?.data[i] !== noisy.parameters.get(name)?.data[i];
      for (let i = 0; i < grown.rows * grown.columns; i++) {
        const corner = Math.floor(i / grown.columns) < own.rows && i % grown.columns < own.columns;
        if (changed(i) === corner) throw new Error(`${name} at ${i}: ${corner ? 'the corner changed' : 'no noise'}`);
      }
    }
    expect(() => net2net.grow([source], { ...OPTIONS, offDiagonal: 'random', sigma: 1 }, random())).toThrow('off can be zero or noise');
  });
});

describe('bert2bert-aki', () => {
  it('takes added output units from the next layer up, and the rest as the function-preserving one', () => {
    const source = randomModel(WIDE, 1);
    const [aki, fpi] = [bert2bertAki.grow([source], OPTIONS, random()), bert2bertFpi.grow([source], OPTIONS, random())];
    for (const [name, shape] of parameterShapes(WIDE)) {
      const own = extent(shape);
      const { rows, columns } = extent(parameterShapes(aki.config).get(name) ?? []);
      const up = nextLayerUp(name, WIDE);
      for (const [i, value] of aki.parameters.get(name)?.data.entries() ?? []) {
        const added = Math.floor(i / columns) >= own.rows;
        const expected = (added && up !== name ? aki : fpi).parameters.get(name)?.data[i];
        expect(value).toBe(expected);
      }
      for (const block of aki.provenance.get(name) ?? [])
        if (isInherited(block)) expect(block.sourceName).toBe(block.row >= own.rows && rows > own.rows ? up : name);
    }
    expect(nextLayerUp('encoder.block.0.layer.1.DenseReluDense.wo.weight', WIDE)).toBe('encoder.block.1.layer.1.DenseReluDense.wo.weight');
    expect(nextLayerUp('encoder.block.1.layer.1.DenseReluDense.wo.weight', WIDE)).toBe('encoder.block.1.layer.1.DenseReluDense.wo.weight');
    expect(nextLayerUp('decoder.block.0.layer.1.EncDecAttention.k.weight', WIDE)).toBe('decoder.block.1.layer.1.EncDecAttention.k.weight');
    expect(nextLayerUp('encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight', WIDE)).toBe(
      'encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight',
    );
    expect(nextLayerUp('shared.weight', WIDE)).toBe('shared.weight');
  });

  it('is the function-preserving one where all layers are equal, and not otherwise', async () => {
    const source = randomModel(WIDE, 1);
    const { parameters } = source;
    for (const name of parameters.keys()) {
      const first = parameters.get(name.replace(/block\.\d+/, 'block.0'));
      if (first !== undefined) parameters.set(name, first);
    }
    expect(await changeOfLogits(source, bert2bertAki.grow([source], OPTIONS, random()))).toBeLessThan(1e-5);
    const other = randomModel(WIDE, 1);
    expect(await changeOfLogits(other, bert2bertAki.grow([other], OPTIONS, random()))).toBeGreaterThan(1e-3);
  });
});

describe('stack', () => {
  it('puts the layers on top of themselves and keeps everything else', () => {
    const source = randomModel(WIDE, 1);
    const { config, parameters } = stack.grow([source], OPTIONS, random());
    expect(config).toEqual({ ...WIDE, num_layers: 4, num_decoder_layers: 4 });
    for (const [name, tensor] of parameters) {
      const below = name.replace(/block\.(\d)/, (_, layer: string) => `block.${Number(layer) % 2}`);
      expect(firstDifference(tensor, source.parameters.get(below)), name).toBeNull();
    }
    expect(parameters.get('encoder.block.2.layer.0.SelfAttention.q.weight')?.data).not.toBe(
      parameters.get('encoder.block.0.layer.0.SelfAttention.q.weight')?.data,
    );
    expect(stack.grow([source], { ...OPTIONS, size: { num_layers: 3 } }, random()).config).toMatchObject({
      num_layers: 3,
      num_decoder_layers: 4,
    });
    expect(() => stack.grow([source], { ...OPTIONS, size: { d_model: 16 } }, random())).toThrow("d_model is 8 and can't become 16");
  });
});

describe('random', () => {
  it('keeps the source in a corner and draws the rest as a random start', () => {
    const source = randomModel(withWidths(TINY, 24, 20, 6), 1);
    const grown = randomCorner.grow([source], { ...OPTIONS, size: { d_model: 60, d_ff: 70, num_heads: 13 } }, random());
    for (const [name, tensor] of source.parameters) {
      const [own, wide] = [extent(tensor.shape), extent(grown.parameters.get(name)?.shape ?? [])];
      const rest: number[] = [];
      for (const [i, value] of grown.parameters.get(name)?.data.entries() ?? []) {
        const [row, column] = [Math.floor(i / wide.columns), i % wide.columns];
        if (row >= own.rows || column >= own.columns) rest.push(value);
        else if (value !== tensor.data[row * own.columns + column]) throw new Error(`${name}: the corner changed`);
      }
      const deviation = initialDeviation(grown.config, name);
      if (deviation === 0) expect(new Set(rest), name).toEqual(new Set([1]));
      else
        expect(Math.abs(Math.sqrt(rest.reduce((sum, value) => sum + value ** 2, 0) / rest.length) / deviation - 1), name).toBeLessThan(
          5 / Math.sqrt(2 * rest.length),
        );
    }
  });
});

describe('scratch', () => {
  it('is a random start of the same size as the fusion', () => {
    const sources = [randomModel(TINY, 1), randomModel(withWidths(TINY, 6, 2, 1), 2)];
    const { config, parameters, provenance } = scratch.grow(sources, OPTIONS, random());
    expect([config.d_model, config.d_ff, config.num_heads, config.num_layers]).toEqual([10, 8, 3, 1]);
    expect(parameters).toEqual(initialise(config, random()));
    expect(newFraction(provenance)).toBe(1);
  });
});

describe('all of them', () => {
  it('cover every tensor once, and the map gives the weights', () => {
    const operators = [net2net, bert2bertFpi, bert2bertAki, stack, randomCorner, scratch];
    fc.assert(
      fc.property(
        arbitraryConfigs,
        fc.integer({ min: 0, max: operators.length - 1 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer(),
        ([config = TINY], which, copies, seed) => {
          const source = randomModel(config, 1);
          const grown = operators[which]?.grow([source], { ...OPTIONS, copies }, stream(seed, 'growth'));
          expect(grown === undefined ? ['no operator'] : provenanceErrors([source], grown, 'weights')).toEqual([]);
        },
      ),
      { numRuns: 40, seed: 4 },
    );
  });

  it('refuse what has no meaning for them', () => {
    const source = randomModel(TINY, 1);
    for (const operator of [net2net, bert2bertFpi, bert2bertAki, stack, randomCorner]) {
      expect(() => operator.grow([source, source], OPTIONS, random())).toThrow(`${operator.name} grows 1 model; 2 given`);
      expect(() => operator.grow([source], { ...OPTIONS, norm: 'grouped' }, random())).toThrow(`${operator.name} keeps one shared norm`);
      expect(() => operator.grow([{ ...source, config: { ...TINY, norm_groups: [2, 2] } }], OPTIONS, random())).toThrow(
        'its norms are grouped (2 + 2)',
      );
      expect(() => operator.grow([source], { ...OPTIONS, copies: 1.5 }, random())).toThrow('1.5');
    }
    for (const operator of [net2net, bert2bertFpi, bert2bertAki, randomCorner]) {
      expect(() => operator.grow([source], { ...OPTIONS, size: { d_model: 3 } }, random())).toThrow("d_model can't become 3: A has 4");
    }
    expect(() => bert2bertFpi.grow([source], { ...OPTIONS, size: { num_layers: 2 } }, random())).toThrow(
      "num_layers is 1 and can't become 2",
    );
  });
});
