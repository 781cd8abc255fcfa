import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';

const marked = (output: string, target: string, spaced: boolean) =>
  compare(output, target, spaced)
    .map(({ text, wrong }) => (wrong ? `[${text}]` : text))
    .join('');

describe('an output beside its target', () => {
  it('marks wrong letters, place by place', () => {
    expect(marked('tenapl', 'tenalp', false)).toBe('tena[pl]');
    expect(marked('noissf', 'noisuf', false)).toBe('nois[s]f');
    expect(marked('noisuf', 'noisuf', false)).toBe('noisuf');
    expect(marked('abcd', 'abc', false)).toBe('abc[d]');
  });

  it('marks whole sounds', () => {
    expect(marked('B EY1 D', 'B EY1 T', true)).toBe('B EY1 [D]');
    expect(marked('AH0 AH0', 'B EY1', true)).toBe('[AH0] [AH0]');
    // Letters that agree inside a wrong sound are no comfort.
    expect(marked('EY0', 'EY1', true)).toBe('[EY0]');
  });

  it('counts right units', () => {
    const right = compare('R AA1 K AH0 D', 'R AA1 K AH0 T', true)
      .filter((part) => !part.wrong)
      .reduce((sum, part) => sum + part.length, 0);
    expect(right).toBe(4);
  });
});
