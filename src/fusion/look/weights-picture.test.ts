import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../data/random.ts';
import { fuse } from '../operators/fuse.ts';
import { extent, newCount, newFraction } from '../provenance.ts';
import { arbitraryConfigs, randomModel, TINY, withWidths } from '../testing/models.ts';
import { edges, Looks, weightsPicture } from './weights-picture.ts';

const ZERO = { norm: 'shared', offDiagonal: 'zero', sigma: 0 } as const;

describe('the picture of a fused tensor', () => {
  const { parameters, provenance } = fuse.grow(
    [randomModel(withWidths(TINY, 16, 64, 8), 1), randomModel(withWidths(TINY, 32, 40, 16), 2)],
    ZERO,
    stream(1, 'growth'),
  );
  const name = 'encoder.block.0.layer.0.SelfAttention.k.weight';
  const tensor = parameters.get(name) ?? { shape: [0], data: new Float32Array() };
  const picture = weightsPicture(tensor, provenance.get(name) ?? null);

  it('has at most 28 × 28 cells, cut at the blocks, in proportion', () => {
    expect([picture.rows, picture.columns, picture.height, picture.width]).toEqual([48, 48, 27, 27]);
    expect(picture.rowEdges[9]).toBe(16);
    expect(picture.columnEdges[9]).toBe(16);
    expect(picture.cells.length).toBe(27 * 27);
  });

  it('shows zero off-diagonals as zero and the sources as they are', () => {
    picture.cells.forEach((cell, i) => {
      const [row, column] = [Math.floor(i / 27) < 9, i % 27 < 9];
      if (row === column) expect(cell).toBeGreaterThan(0);
      else expect(cell).toBe(0);
    });
    expect(picture.blocks.map(({ origin, row, column, rows, columns }) => [origin, row, column, rows, columns])).toEqual([
      [0, 0, 0, 16, 16],
      ['new', 0, 16, 16, 32],
      ['new', 16, 0, 32, 16],
      [1, 16, 16, 32, 32],
    ]);
    expect(picture.blocks[1]?.meanAbsolute).toBe(0);
  });

  it('counts what is new', () => {
    expect(newCount(provenance, name)).toBe(2 * 16 * 32);
    expect(newFraction(provenance, name)).toBeCloseTo(1024 / 2304, 12);
    expect(newFraction(provenance, 'shared.weight')).toBe(0);
    expect(newFraction(provenance)).toBeGreaterThan(0.3);
    expect(() => newFraction(provenance, 'nothing')).toThrow('knows no tensor nothing');
  });

  it('of a model that has not grown is one block', () => {
    const small = weightsPicture({ shape: [2, 3], data: new Float32Array([1, -1, 2, -2, 3, -3]) }, null, 1);
    expect([...small.cells]).toEqual([1, 1, 2, 2, 3, 3]);
    expect(small.blocks).toEqual([{ origin: 1, row: 0, column: 0, rows: 2, columns: 3, meanAbsolute: 2 }]);
    const vector = weightsPicture({ shape: [30], data: new Float32Array(30).fill(-2) }, null);
    expect([vector.height, vector.width, vector.rows, vector.columns]).toEqual([28, 1, 30, 1]);
    expect(new Set(vector.cells)).toEqual(new Set([2]));
  });
});

describe('any picture', () => {
  it('keeps the sum of |w| and never mixes blocks', () => {
    fc.assert(
      fc.property(arbitraryConfigs, (configs) => {
        const { parameters, provenance } = fuse.grow(
          configs.map((config, i) => randomModel(config, i)),
          ZERO,
          stream(1, 'growth'),
        );
        for (const [name, tensor] of parameters) {
          const { rowEdges, columnEdges, cells, width, blocks } = weightsPicture(tensor, provenance.get(name) ?? null);
          let sum = 0;
          cells.forEach((cell, i) => {
            const [y, x] = [Math.floor(i / width), i % width];
            sum += cell * ((rowEdges[y + 1] ?? 0) - (rowEdges[y] ?? 0)) * ((columnEdges[x + 1] ?? 0) - (columnEdges[x] ?? 0));
          });
          const expected = tensor.data.reduce((total, value) => total + Math.abs(value), 0);
          expect(Math.abs(sum - expected)).toBeLessThan(1e-4 * expected);
          for (const { row, column } of blocks) {
            expect(rowEdges).toContain(row);
            expect(columnEdges).toContain(column);
          }
          expect(extent(tensor.shape).rows).toBe(rowEdges.at(-1));
        }
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  it('has edges that rise from 0 to the length in at most 28 cells', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }), (lengths) => {
        const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((a, b) => a + b, 0));
        const total = lengths.reduce((a, b) => a + b, 0);
        const cut = edges(total, starts);
        expect(cut[0]).toBe(0);
        expect(cut.at(-1)).toBe(total);
        expect(cut.length).toBeLessThanOrEqual(29);
        cut.slice(1).forEach((edge, i) => expect(edge).toBeGreaterThan(cut[i] ?? 0));
        if (lengths.length <= 28) for (const start of starts) expect(cut).toContain(start);
      }),
      { seed: 5 },
    );
  });
});

describe('how far weights move', () => {
  const look = (model: string, step: number, ...values: number[]) => ({
    model,
    step,
    parameters: new Map([['w', { shape: [values.length], data: Float32Array.from(values) }]]),
  });

  it('is their change a step between the last two looks', () => {
    const looks = new Looks();
    looks.add(look('M', 10, 1, 2));
    expect(looks.change('w')).toBeNull();
    looks.add(look('M', 14, 3, 1));
    // A second look at one step, as when another tensor is chosen, keeps the interval.
    looks.add(look('M', 14, 3, 1));
    expect(looks.change('w')).toEqual({ steps: 4, tensor: { shape: [2], data: Float32Array.of(0.5, -0.25) } });
    expect(looks.change('v')).toBeNull();
  });

  it('begins anew with another model, and where the run went back', () => {
    const looks = new Looks();
    looks.add(look('A', 10, 1, 2));
    looks.add(look('M', 12, 1, 2, 3));
    expect(looks.change('w')).toBeNull();
    looks.add(look('M', 11, 1, 1, 1));
    expect(looks.change('w')).toBeNull();
    looks.add(look('M', 12, 1, 2, 1));
    expect([...(looks.change('w')?.tensor.data ?? [])]).toEqual([0, 1, 0]);
  });
});
