import { describe, expect, it } from 'vitest';
import { SIGNS, spellWhole } from './numbers.ts';

describe('numbers as a language writes them', () => {
  it.each(Object.entries(SIGNS))('has the signs that Intl has for %s', (tag, { thousands, decimal }) => {
    const parts = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 }).formatToParts(1_234_567.5);
    const sign = (of: string) => parts.find(({ type }) => type === of)?.value;
    expect([sign('group'), sign('decimal')]).toEqual([thousands, decimal]);
  });

  it.each([
    0,
    0.5,
    -0.5,
    -0.4,
    7,
    999,
    999.5,
    1_000,
    -1_000,
    104_960,
    1_234_567.4,
    76_961_152,
    1e15,
    1e21,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ])('spells %s as Intl does', (value) => {
    expect(spellWhole(value)).toBe(new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(value));
  });
});
