import { describe, expect, it } from 'vitest';
import { stream } from '../../data/random.ts';
import { selfFuse } from '../operators/self-fuse.ts';
import { equivalentStepFactors, twinDistance } from './symmetry.ts';
import { goldenCase, goldenModel } from '../testing/golden.ts';
import { randomModel, TINY } from '../testing/models.ts';

interface SymmetryCase {
  readonly runs: Readonly<
    Record<
      string,
      {
        readonly distance: {
          readonly total: readonly number[];
          readonly concatenated: readonly number[];
          readonly diagonal: readonly number[];
          readonly off_diagonal: readonly number[];
        };
      }
    >
  >;
  readonly small_model_equivalent: { readonly step_factors: Readonly<Record<string, number>> };
}

describe.each(['symmetry-v10', 'symmetry-v11'])('%s', (name) => {
  const { runs, small_model_equivalent } = goldenCase<SymmetryCase>(name);

  it.each(['zero', 'noise-off-diagonal', 'noise-off-diagonal-large', 'noise-diagonal'])(
    '%s: twin distances at the start are the reference’s',
    (run) => {
      const ours = twinDistance(goldenModel(`${name}/${run}`).parameters, 2);
      const golden = runs[run]?.distance;
      const start = {
        total: golden?.total[0],
        concatenated: golden?.concatenated[0],
        diagonal: golden?.diagonal[0],
        offDiagonal: golden?.off_diagonal[0],
      };
      for (const part of ['total', 'concatenated', 'diagonal', 'offDiagonal'] as const) {
        const expected = start[part] ?? Number.NaN;
        if (expected === 0) expect(ours[part], part).toBe(0);
        // The start was stored in float32: its rounding is 1e-4 of noise of size 1e-3.
        else expect(Math.abs(ours[part] / expected - 1), part).toBeLessThan(1e-4);
      }
    },
  );

  it('the start of the run `zero` is our self-fusion', () => {
    const fused = selfFuse.grow([goldenModel(`${name}/source-0`)], { norm: 'shared', offDiagonal: 'zero', sigma: 0 }, stream(1, 'growth'));
    expect(twinDistance(fused.parameters, 2)).toEqual({ total: 0, concatenated: 0, diagonal: 0, offDiagonal: 0 });
    for (const [tensor, golden] of goldenModel(`${name}/zero`).parameters) {
      if (tensor !== 'decoder.final_layer_norm.weight') expect(fused.parameters.get(tensor), tensor).toEqual(golden);
    }
  });

  it('has the step factors of the equivalent small model', () => {
    const factors = equivalentStepFactors(goldenModel(`${name}/source-0`).config, 2);
    expect([...factors.keys()].toSorted()).toEqual(Object.keys(small_model_equivalent.step_factors).toSorted());
    for (const [tensor, factor] of Object.entries(small_model_equivalent.step_factors))
      expect(factors.get(tensor), tensor).toBeCloseTo(factor, 12);
  });
});

describe('twin distance', () => {
  it('sees what sits where', () => {
    const options = { norm: 'shared', offDiagonal: 'zero', sigma: 0, copies: 3 } as const;
    const grow = () => selfFuse.grow([randomModel(TINY, 1)], options, stream(1, 'growth')).parameters;
    const touched = (name: string, index: number) => {
      const parameters = grow();
      const tensor = parameters.get(name);
      if (tensor !== undefined) tensor.data[index] = 9;
      return twinDistance(parameters, 3);
    };
    expect(twinDistance(grow(), 3).total).toBe(0);
    const k = 'encoder.block.0.layer.0.SelfAttention.k.weight'; // 12 × 12 in parts of 4
    expect(touched(k, 0)).toMatchObject({ concatenated: 0, offDiagonal: 0 });
    expect(touched(k, 0).diagonal).toBeGreaterThan(0);
    expect(touched(k, 5)).toMatchObject({ concatenated: 0, diagonal: 0 });
    // One weight alone, its twins 0: the squared difference is 2 · 9² over a norm of 9².
    expect(touched(k, 5).offDiagonal).toBeCloseTo(Math.SQRT2, 6);
    expect(touched('shared.weight', 0)).toMatchObject({ diagonal: 0, offDiagonal: 0 });
    expect(touched('shared.weight', 0).concatenated).toBeGreaterThan(0);
  });

  it('refuses a width that can’t be cut into that many copies', () => {
    expect(() => twinDistance(randomModel(TINY, 1).parameters, 3)).toThrow('can’t be cut into 3 equal copies'.replace('’', "'"));
    expect(() => twinDistance(randomModel(TINY, 1).parameters, 1)).toThrow('1 equal copies');
  });
});
