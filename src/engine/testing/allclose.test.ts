/** The matcher itself: what it lets pass, and what it says where it does not. */
import { expect, test } from 'vitest';
import './allclose.ts';

const messageOf = (check: () => void): string => {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('each kind of tolerance is what it says, and they add up (11.4)', () => {
  expect([1, 100]).toBeAllclose([1.01, 100.01], { absolute: 0.011 });
  expect([1, 100]).not.toBeAllclose([1.01, 100.01], { absolute: 0.009 });
  expect([1, 100]).toBeAllclose([1.01, 101], { relative: 0.011 });
  expect([0.001, 100]).not.toBeAllclose([0.002, 100], { relative: 0.1 });
  expect([0.001, 100]).toBeAllclose([0.002, 100], { ofLargest: 2e-5 });
  expect([0.001]).toBeAllclose([0.002], { ofLargest: 0.011 });
  expect([1.02]).toBeAllclose([1], { absolute: 0.011, relative: 0.011 });
});

test('what is the same is close without any tolerance, not numbers and infinities included (11.4)', () => {
  expect(Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, 0)).toBeAllclose([1, Number.NaN, Number.POSITIVE_INFINITY, -0], {});
  expect([Number.NaN]).not.toBeAllclose([1], { absolute: 1e9 });
  expect([1]).not.toBeAllclose([Number.NaN], { absolute: 1e9 });
});

test('a failure tells the worst element and how many are beyond; another length is told as such (11.4)', () => {
  expect(messageOf(() => expect([1, 2, 3.5]).toBeAllclose([1, 2.1, 3], { absolute: 0.01 }))).toBe(
    'element 2 of 3 is 3.5, expected 3: they differ by 0.500, and 0.0100 is allowed; 2 of 3 elements differ by more than is allowed',
  );
  expect(messageOf(() => expect([1]).toBeAllclose([1, 2], { absolute: 1 }))).toBe('1 numbers; there should be 2');
});
