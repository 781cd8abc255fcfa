/**
 * Seeded random streams. Every use of randomness names its stream: `stream(seed, 'init A')`. Two streams share
 * nothing, so drawing from one never changes what another gives, and the same experiment draws the same numbers
 * for ever, in every browser and in Node: only integer arithmetic, + − × ÷ and the square root are used, never
 * `Math.log` or `Math.cos`, whose last bits differ between JavaScript engines.
 *
 * Generator: xoroshiro128+ (Blackman & Vigna, 2018). Normal numbers: Marsaglia's polar method (1964).
 */
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

export interface RandomStream {
  /** Uniform in [0, 1), with 53 random bits. */
  uniform(): number;
  /** Standard normal, float64. */
  normal(): number;
  /** Uniform integer in [0, n); `n` is an integer of 1 … 2^32. */
  integer(n: number): number;
  /** Fisher–Yates shuffle in place; returns the same array. */
  shuffle<T>(array: T[]): T[];
}

/**
 * The stream of one use under one seed.
 * @param seed any safe integer, negative ones too
 * @param use names the use, e.g. `training order, epoch 3`; another name is another stream
 */
export function stream(seed: number, use: string): RandomStream {
  if (!Number.isSafeInteger(seed)) throw new Error(`seed: ${seed} is not an integer, e.g. 3`);
  const generator = xoroshiro128plusFromState(stateOf(seed, use));
  let spare: number | null = null;

  const bits = (): number => generator.next() >>> 0;
  const uniform = (): number => {
    const high = bits() >>> 5;
    const low = bits() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  };
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const s = x * x + y * y;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * logarithm(s)) / s);
      spare = y * factor;
      return x * factor;
    }
  };
  const integer = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > 0x100000000) throw new Error(`integer(${n}): the bound must be an integer of 1 … 2^32`);
    // Equal buckets of the high bits; what is left over at the top is drawn again.
    const bucket = Math.floor(0x100000000 / n);
    for (;;) {
      const value = Math.floor(bits() / bucket);
      if (value < n) return value;
    }
  };
  const shuffle = <T>(array: T[]): T[] => {
    for (let i = array.length - 1; i > 0; i--) swap(array, i, integer(i + 1));
    return array;
  };
  return { uniform, normal, integer, shuffle };
}

/**
 * The first `count` of a random order of 0 … n − 1, without repetition. Asking for more only adds to the end,
 * so the first 64 of 64 and of 128 are the same.
 */
export function drawIndices(random: RandomStream, n: number, count: number): number[] {
  if (count > n) throw new Error(`${count} different ones asked for, but there are only ${n}`);
  const indices = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) swap(indices, i, i + random.integer(n - i));
  return indices.slice(0, count);
}

function swap<T>(array: T[], i: number, j: number): void {
  const held = array[i] as T;
  array[i] = array[j] as T;
  array[j] = held;
}

/** 128 bits of state from (seed, use): four hashes that differ in their start; never all zero. */
function stateOf(seed: number, use: string): [number, number, number, number] {
  const text = `${seed}\u0000${use}`;
  const words = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667].map((salt) => hash(text, salt));
  const [a = 0, b = 0, c = 0, d = 0] = words;
  return (a | b | c | d) === 0 ? [1, 0, 0, 0] : [a, b, c, d];
}

/** FNV-1a over UTF-16 units, finished by the mixer of MurmurHash3 so that near seeds give far states. */
function hash(text: string, salt: number): number {
  let h = (0x811c9dc5 ^ salt) | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16) ^ salt;
}

/**
 * Natural logarithm of x in (0, 1] from exactly rounded operations alone: x = m · 2^e, ln m = 2 artanh((m − 1) / (m +
 * 1)).
 */
export function logarithm(x: number): number {
  let mantissa = x;
  let exponent = 0;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent -= 1;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const square = z * z;
  let sum = 0;
  for (let n = 25; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return exponent * Math.LN2 + 2 * z * sum;
}
