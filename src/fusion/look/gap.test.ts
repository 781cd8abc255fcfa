import { describe, expect, it } from 'vitest';
import { averageLogits, crossEntropy, lossOfAverage, relativeLogitsError } from './gap.ts';
import { goldenCase, goldenError, goldenTensors } from '../testing/golden.ts';

interface GapCase {
  readonly sources: readonly string[];
  readonly inputs: { readonly labels: readonly (readonly number[])[] };
  readonly outputs: {
    readonly loss_of_sources: readonly number[];
    readonly loss_of_average_logits: number;
    readonly loss_shared: number;
    readonly loss_gap_shared: number;
    readonly logits_rms_error: { readonly shared: number };
  };
}

describe.each(['fusion-v10-two', 'fusion-v10-widths', 'fusion-v10-self', 'fusion-v11-three', 'fusion-v11-trained', 'fusion-v11-scales'])(
  '%s',
  (name) => {
    const { inputs, outputs, sources } = goldenCase<GapCase>(name);
    const tensors = goldenTensors(`${name}/tensors`);
    const labels = inputs.labels.flat();
    const data = (tensor: string) => tensors.get(tensor)?.data ?? new Float32Array();
    const logits = sources.map((_, i) => data(`logits_source_${i}`));
    const vocabulary = (logits[0]?.length ?? 0) / labels.length;

    it('averages logits and measures losses as the reference does', () => {
      expect(goldenError(averageLogits(logits), data('logits_average'))).toBeLessThan(1e-6);
      logits.forEach((each, i) => expect(crossEntropy(each, labels, vocabulary)).toBeCloseTo(outputs.loss_of_sources[i] ?? Number.NaN, 5));
      expect(lossOfAverage(logits, labels, vocabulary)).toBeCloseTo(outputs.loss_of_average_logits, 5);
      const gap = crossEntropy(data('logits_shared'), labels, vocabulary) - lossOfAverage(logits, labels, vocabulary);
      expect(gap).toBeCloseTo(outputs.loss_gap_shared, 5);
      expect(relativeLogitsError(data('logits_shared'), averageLogits(logits))).toBeCloseTo(outputs.logits_rms_error.shared, 5);
    });
  },
);

describe('cross-entropy', () => {
  it('leaves out ignored labels and counts the pad id', () => {
    // Label 0 costs ln(1 + e⁻²), label 1 ln 2; the middle one doesn't count.
    expect(crossEntropy([2, 0, 5, -3, 0, 0], [0, -100, 1], 2)).toBeCloseTo((Math.log(1 + Math.exp(-2)) + Math.LN2) / 2, 12);
  });

  it('survives large logits', () => {
    expect(crossEntropy([1e4, 0], [1], 2)).toBeCloseTo(1e4, 6);
  });

  it('refuses what doesn’t fit together', () => {
    expect(() => crossEntropy([0, 0, 0], [0], 2)).toThrow("3 logits can't be 1 labels times a vocabulary of 2");
    expect(() => crossEntropy([0, 0], [2], 2)).toThrow('label 2 at position 0 is outside the vocabulary of 2');
    expect(() => averageLogits([[0, 1], [0]])).toThrow('source 1 has 1 logits');
  });
});
