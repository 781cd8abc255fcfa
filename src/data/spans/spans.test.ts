import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stream } from '../random.ts';
import { corrupt } from './corruption.ts';
import { corruptedLengths, fittingLengths, noiseMask } from './segmentation.ts';

interface Cases {
  readonly spans: readonly { ids: number[]; noise: number[]; V: number; inputs: number[]; targets: number[] }[];
  readonly lengths: readonly {
    inputs_length: number;
    density: number;
    mean_span: number;
    tokens_length: number;
    targets_length: number;
  }[];
}
const { spans, lengths } = JSON.parse(readFileSync(new URL('../../../fixtures/text/spans.json', import.meta.url), 'utf8')) as Cases;

/** Lengths of the runs of a mask, alternating, the first of what is kept. */
function runs(mask: readonly boolean[]): number[] {
  const found: number[] = [];
  mask.forEach((taken, i) => {
    if (i === 0 || taken !== mask[i - 1]) found.push(1);
    else found[found.length - 1] = (found.at(-1) ?? 0) + 1;
  });
  return found;
}

describe('span corruption', () => {
  it.each(spans)('of $ids by the mask $noise is the reference’s', ({ ids, noise, V, inputs, targets }) => {
    expect(corrupt(ids, noise.map(Boolean), V)).toEqual({ inputs, targets });
  });

  it('with sentinels X0, X1 … the reference of the paper’s authors', () => {
    const noise = [0, 0, 1, 1, 0, 0, 0, 1, 0, 0].map(Boolean);
    const { inputs, targets } = corrupt([10, 11, 12, 13, 14, 15, 16, 17, 18, 19], noise, 104);
    expect(inputs).toEqual([10, 11, 103, 14, 15, 16, 102, 18, 19, 1]);
    expect(targets).toEqual([103, 12, 13, 102, 17, 101, 1]);
    expect(() => corrupt([5, 6], [true], 100)).toThrow('a mask of 1 for 2 tokens');
  });

  it.each(lengths)('inputs of $inputs_length hold $tokens_length tokens at a density of $density', (given) => {
    const { tokens, targets } = fittingLengths(given.inputs_length, given.density, given.mean_span);
    expect(tokens).toBe(given.tokens_length);
    expect(targets).toBe(given.targets_length);
  });

  it('takes the density and mean length that it should, within 1 %, in spans of which none is first', () => {
    let [tokens, taken, spans] = [0, 0, 0];
    for (let i = 0; i < 600; i++) {
      // Lengths at which the density comes out even: a rule of whole tokens can't be nearer elsewhere.
      const length = [20, 40, 60, 100, 200, 240][i % 6] as number;
      const mask = noiseMask(stream(1, `mask ${i}`), length);
      expect(mask).toHaveLength(length);
      const all = runs(mask);
      expect(mask[0]).toBe(false);
      expect(all.length % 2).toBe(0);
      tokens += length;
      taken += mask.filter(Boolean).length;
      spans += all.length / 2;
    }
    expect(taken / tokens / 0.15).toBeCloseTo(1, 2);
    expect(taken / spans / 3).toBeCloseTo(1, 2);
  });

  it('a text of its own may end either way, and never begins with a gap', () => {
    let [ends, taken, spans] = [0, 0, 0];
    for (let i = 0; i < 600; i++) {
      const mask = noiseMask(stream(4, `mask ${i}`), 40, { whole: true });
      expect(mask).toHaveLength(40);
      expect(mask[0]).toBe(false);
      if (mask.at(-1) === true) ends++;
      taken += mask.filter(Boolean).length;
      spans += Math.floor(runs(mask).length / 2);
    }
    expect([taken / 600, spans / 600]).toEqual([6, 2]);
    // Of the compositions of 35 into 3 parts, 33 of 561 end with an empty last part.
    expect(ends / 600).toBeGreaterThan(0.02);
    expect(ends / 600).toBeLessThan(0.12);
  });

  it('a short text of its own has the density and mean length in the mean, and spans of one word among them', () => {
    let [taken, spans] = [0, 0];
    const lengths = new Set<number>();
    for (let i = 0; i < 4000; i++) {
      const mask = noiseMask(stream(5, `mask ${i}`), 27, { whole: true });
      const own = runs(mask).filter((_, at) => at % 2 === 1);
      taken += mask.filter(Boolean).length;
      spans += own.length;
      for (const length of own) lengths.add(length);
    }
    expect(taken / 4000 / 27 / 0.15).toBeCloseTo(1, 2);
    expect(taken / spans / 3).toBeCloseTo(1, 1);
    expect([...lengths].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    // T5X's rounding takes four words in a row every time.
    expect(runs(noiseMask(stream(5, 'mask'), 27))).toHaveLength(2);
  });

  it('every composition is equally likely: the first span of three among nine tokens', () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 4200; i++) {
      const first = runs(noiseMask(stream(2, `mask ${i}`), 60))[1] as number;
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    // Of 28 compositions of 9 into 3 parts, 8 − n begin with n.
    for (let n = 1; n <= 7; n++) expect((counts.get(n) ?? 0) / 150, `${n}`).toBeCloseTo(8 - n, -0.3);
    expect(counts.size).toBe(7);
  });

  it('two tokens are the fewest, and the lengths say what comes out', () => {
    for (let length = 2; length <= 60; length++) {
      const mask = noiseMask(stream(3, `${length}`), length);
      const { inputs, targets } = corrupt(
        mask.map((_, i) => i + 3),
        mask,
        200,
      );
      expect([inputs.length, targets.length]).toEqual(Object.values(corruptedLengths(length)));
    }
    expect(() => noiseMask(stream(3, ''), 1)).toThrow('at least 2');
  });
});
