import { expect, it } from 'vitest';
import { toggledLock } from './ClickAway.tsx';

it('a setting that the link holds by another of its keys is let go by a click, and held again by one key', () => {
  expect(toggledLock(['edge', 'seed'], 'h')).toEqual(['seed']);
  expect(toggledLock(['seed'], 'h')).toEqual(['seed', 'h']);
  expect(toggledLock(['size'], 'model')).toEqual([]);
  expect(toggledLock(['d', 'ff', 'heads', 'dkv', 'layers'], 'model')).toEqual([]);
  // Of some sizes it holds the rest as well.
  expect(toggledLock(['d', 'ff'], 'model')).toEqual(['size']);
  expect(toggledLock(toggledLock([], 'preset'), 'preset')).toEqual([]);
});
