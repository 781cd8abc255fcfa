import { describe, expect, it } from 'vitest';
import { clampGrowth, growthAfterKey, growthLimits, snapToCheckpoint } from './growth-step.ts';

const limits = growthLimits(700);

describe('keys of the growth line', () => {
  it('moves by 1, by 10 with Shift, by 50 with Page, to the limits with Home and End', () => {
    const press = (key: string, shift = false) => growthAfterKey(key, shift, 300, limits);
    expect([
      press('ArrowLeft'),
      press('ArrowRight'),
      press('ArrowLeft', true),
      press('ArrowRight', true),
      press('PageUp'),
      press('PageDown'),
      press('Home'),
      press('End'),
    ]).toEqual([299, 301, 290, 310, 350, 250, 1, 699]);
    expect(press('a')).toBeNull();
  });

  it('stays between the first and the last step but one', () => {
    expect(growthAfterKey('PageUp', false, 690, limits)).toBe(699);
    expect(growthAfterKey('PageDown', false, 30, limits)).toBe(1);
    expect(clampGrowth(12.6, limits)).toBe(13);
    expect(growthLimits(1)).toEqual({ least: 1, most: 1 });
  });
});

describe('snapping', () => {
  it('jumps to a checkpoint within 6 pixels and no farther', () => {
    expect(snapToCheckpoint(204, [0, 100, 200], 1.2, limits)).toBe(200);
    expect(snapToCheckpoint(206, [0, 100, 200], 1.2, limits)).toBe(206);
  });
  it('takes the nearer of two, and none outside the limits', () => {
    expect(snapToCheckpoint(103, [100, 105], 1, limits)).toBe(105);
    expect(snapToCheckpoint(2, [0], 1, limits)).toBe(2);
  });
});
