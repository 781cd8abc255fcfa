import { describe, expect, it } from 'vitest';
import { cellText } from './cell.ts';

describe('a measured cell', () => {
  it('is mean and spread, with the column’s decimals', () => {
    expect(cellText({ mean: 0.38249, sd: 0.01251, values: [0.37, 0.395] }, { decimals: 3 })).toEqual({
      value: '0.382',
      spread: '± 0.013',
      note: '',
    });
    expect(cellText({ mean: 1234.5, sd: null, values: [1234.5] }, { decimals: 0 })).toEqual({ value: '1,235', spread: '', note: '' });
  });

  it('says how many seeds reached it', () => {
    expect(cellText({ mean: 120, sd: 4, values: [116, null, 124], reached: 2 }, { decimals: 0 }).note).toBe('2 of 3 seeds');
  });

  it('shows nothing as a dash, and a true minus', () => {
    expect(cellText(null, {}).value).toBe('–');
    expect(cellText(undefined, {}).value).toBe('–');
    expect(cellText(-0.25, { decimals: 2 }).value).toBe('−0.25');
    expect(cellText(-1200, {}).value).toBe('−1,200');
    expect(cellText({ mean: -3.6, sd: null, values: [-3.6] }, { decimals: 0 }).value).toBe('−4');
    expect(cellText(Number.NaN, {}).value).toBe('–');
    expect(cellText(0.001234, {}).value).toBe('0.00123');
    expect(cellText(1, { decimals: 1 }).value).toBe('1');
  });
});
