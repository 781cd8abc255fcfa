import { expect, it } from 'vitest';
import { typedNumber } from './typed-number.ts';

it('a whole number may have its thousands apart, as the range that is named has them, in whichever language', () => {
  const whole = ['10,000', '10.000', '10\u202f000', '1,234,567', ' 12 ', '1e3', '-5'];
  expect(whole.map((text) => typedNumber(text, true))).toEqual([10_000, 10_000, 10_000, 1_234_567, 12, 1000, -5]);
});

it('elsewhere a comma or a point stands before decimals, and what is no number is none', () => {
  expect(['0,125', '0.125', '10,000', '1.5'].map((text) => typedNumber(text, false))).toEqual([0.125, 0.125, 10, 1.5]);
  expect(['0,125', '1,5'].map((text) => typedNumber(text, true))).toEqual([0.125, 1.5]);
  expect(['', ' ', 'ten', '1,2,3'].map((text) => typedNumber(text, false))).toEqual([NaN, NaN, NaN, NaN]);
});
