import fc from 'fast-check';
import { ToldError } from '../experiment/messages/told-error.ts';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './pack.ts';

describe('what is packed', () => {
  it('comes back with the same bits, whatever its numbers', () => {
    const value = {
      numbers: [1, -0, Number.NaN, Infinity, -Infinity, 0.1, 2 ** -1074],
      long: Array.from({ length: 40 }, (_, i) => (i === 3 ? Number.NaN : i === 4 ? -0 : i / 7)),
      map: new Map<unknown, unknown>([
        ['A', { shape: [2, 1], data: Float32Array.of(Number.NaN, -0) }],
        [3, new Map([['x', Float64Array.of(0.1)]])],
      ]),
      none: null,
      yes: true,
      text: 'ä "$map" 𝄞',
      bytes: Uint8Array.of(1, 2, 3),
    };
    expect(unpack(pack(value))).toEqual(value);
  });

  it('leaves out what is undefined, and keeps an array that occurs twice as one', () => {
    const data = Float32Array.of(1, 2, 3);
    const back = unpack(pack({ a: data, b: { c: data, d: undefined } })) as { a: Float32Array; b: { c: Float32Array } };
    expect(Object.keys(back.b)).toEqual(['c']);
    expect(back.b.c).toBe(back.a);
    expect(pack({ a: data, b: data }).length).toBe(pack({ a: data, b: Float32Array.of() }).length);
  });

  it('of any JSON value is that value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        // Keys with $ are refused, and −0 is kept where JSON loses it.
        fc.pre(!/"\$(?:[^"\\]|\\.)*":/.test(text));
        expect(JSON.stringify(unpack(pack(value)))).toBe(text);
      }),
    );
  });

  it.each([
    ['a function', () => undefined],
    ['a class', new (class Odd {})()],
    ['a key that begins with $', { $map: 1 }],
  ])('is refused where it is %s', (_, value) => {
    expect(() => pack({ value })).toThrow(/can’t be kept|no key may begin/);
  });
});

describe('bytes that are broken', () => {
  const whole = pack({ a: Float32Array.of(1, 2, 3), list: Array.from({ length: 20 }, (_, i) => i), map: new Map([['k', 1]]) });
  it('are read, or refused in words: never anything else, a thousand times', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
        const bytes = whole.slice();
        bytes[at] = byte;
        for (const broken of [bytes, bytes.slice(0, length)]) {
          try {
            unpack(broken);
          } catch (error) {
            expect(error).toBeInstanceOf(ToldError);
            expect((error as Error).message).toMatch(/^this is not a kept run: /);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});
