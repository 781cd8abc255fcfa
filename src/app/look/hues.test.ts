import { describe, expect, it } from 'vitest';
import { hueOf, isFused } from './hues.ts';

describe('hues', () => {
  it('are their own for the networks that are drawn most, and the small one alone has its source’s', () => {
    for (const id of ['A', 'B', 'C', 'D', 'M', 'N', 'L']) expect(hueOf(id)).toBe(`var(--series-${id})`);
    expect(hueOf('alone', true)).toBe('var(--series-alone-text)');
    expect(hueOf('S')).toBe('var(--series-S)');
  });

  it('of any other network are one of its kind, never the baseline’s grey', () => {
    expect(['E', 'F', 'G', 'H'].map((id) => hueOf(id))).toEqual(['A', 'B', 'C', 'D'].map((id) => hueOf(id)));
    for (const id of ['P', 'Q', 'R', 'M2', 'Big', 'Zz9zZz9z', 'I']) {
      expect(isFused(id)).toBe(true);
      expect(hueOf(id)).toMatch(/^var\(--series-[MNL]\)$/);
    }
    expect(hueOf('A2')).toMatch(/^var\(--series-[ABCD]\)$/);
    expect(new Set(['P', 'Q', 'R'].map((id) => hueOf(id))).size).toBe(3);
  });
});
