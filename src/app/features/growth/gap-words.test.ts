import { describe, expect, it } from 'vitest';
import { beforeWords, gapExplained } from './gap-words.ts';

describe('the fusion gap (10.5)', () => {
  const growth = { sources: ['A', 'B'], loss: { sources: [1.911, 2.19], average: 1.82, fused: 1.95 } };

  it('says against what it is: the loss of the averaged outputs, with the average of the losses beside it', () => {
    expect(beforeWords(growth)).toBe('averaged outputs');
    const words = gapExplained(growth);
    expect(words).toContain('averaged outputs');
    expect(words).toContain('For A and B that is 1.82.');
    expect(words).toContain('1.91 and 2.19 average to 2.05');
    expect(gapExplained(null)).toContain('not the average of their losses');
  });

  it('of one network is against that network', () => {
    const own = { sources: ['A', 'A'], loss: { sources: [1.9, 1.9], average: 1.9, fused: 1.91 } };
    expect(beforeWords(own)).toBe('A');
    expect(gapExplained(own)).toContain('against the loss of A');
  });
});
