import { expect, it } from 'vitest';
import { ariaNumber } from './aria-number.ts';

it('a value for assistive technology is written in digits, however small', () => {
  for (const value of [3.1e-8, -4e-9, 1e-6, 0.25, 2, 0]) expect(String(ariaNumber(value))).toMatch(/^-?[\d.]+$/);
  expect([0.25, 1e-6].map(ariaNumber)).toEqual([0.25, 1e-6]);
});
