import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, units } from './compare.ts';

/** `[wrong]`, `{missing}`. */
const marked = (output: string, target: string, spaced: boolean) =>
  compare(output, target, spaced)
    .parts.map(({ text, wrong, missing }) => (missing.length > 0 ? `{${missing.join(' ')}}` : wrong ? `[${text}]` : text))
    .join('');

describe('an output beside its target', () => {
  it('marks wrong letters', () => {
    expect(marked('tenapl', 'tenalp', false)).toBe('tena[pl]');
    expect(marked('noissf', 'noisuf', false)).toBe('nois[s]f');
    expect(marked('noisuf', 'noisuf', false)).toBe('noisuf');
    expect(marked('abcd', 'abc', false)).toBe('abc[d]');
  });

  it('aligns: what comes behind a letter too few or too many is right again (10.14)', () => {
    expect(marked('noisf', 'noisuf', false)).toBe('nois{u}f');
    expect(marked('xabcdef', 'abcdef', false)).toBe('[x]abcdef');
    expect(compare('bcdef', 'abcdef', false).errors).toBe(1);
    expect(marked('', 'abc', false)).toBe('{a}{b}{c}');
  });

  it('one sound for two is one error (10.14)', () => {
    expect(compare('V ER G AH', 'V EH R G AH', true).errors).toBe(1);
    expect(marked('V ER G AH', 'V EH R G AH', true)).toBe('V [ER] G AH');
    expect(compare('B EH R D', 'B ER D', true).errors).toBe(1);
  });

  it('marks whole sounds', () => {
    expect(marked('B EY1 D', 'B EY1 T', true)).toBe('B EY1 [D]');
    expect(marked('AH0 AH0', 'B EY1', true)).toBe('[AH0] [AH0]');
    // Letters that agree inside a wrong sound are no comfort.
    expect(marked('EY0', 'EY1', true)).toBe('[EY0]');
  });

  it('counts errors as the edit distance does, of letters', () => {
    const distance = (a: string, b: string): number => {
      let row = Array.from({ length: b.length + 1 }, (_, j) => j);
      for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++)
          next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
        row = next;
      }
      return row[b.length] ?? 0;
    };
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const { errors, parts } = compare(a, b, false);
        expect(errors).toBe(distance(a, b));
        expect(parts.map(({ text }) => text).join('')).toBe(a);
      }),
    );
  });

  it('of sounds nothing of the output is lost', () => {
    const word = fc.array(fc.constantFrom('AH', 'R', 'ER'), { maxLength: 5 }).map((sounds) => sounds.join(' '));
    fc.assert(
      fc.property(word, word, (a, b) => {
        const said = compare(a, b, true).parts.flatMap(({ text }) => units(text, true));
        expect(said).toEqual(units(a, true));
      }),
    );
  });
});
