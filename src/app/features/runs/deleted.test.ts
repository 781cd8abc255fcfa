import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keptEntry } from '../../../keep/testing/entry.ts';
import { deleted, deleteKept, undelete } from './deleted.ts';

const asked = vi.hoisted(() => vi.fn());
vi.mock('../../state/control/kept-control.ts', () => ({ askKept: asked }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a delete can be undone for ten minutes, wherever the reader was meanwhile, and the last one only', () => {
  deleteKept(keptEntry('one'));
  vi.advanceTimersByTime(6 * 60_000);
  deleteKept(keptEntry('two'));
  vi.advanceTimersByTime(6 * 60_000);
  expect(deleted.getState().entry?.id).toBe('two');
  undelete();
  expect(asked).toHaveBeenLastCalledWith({ do: 'undelete', ids: ['two'] });
  expect(deleted.getState().entry).toBeNull();
  deleteKept(keptEntry('three'));
  vi.advanceTimersByTime(10 * 60_000);
  expect(deleted.getState().entry).toBeNull();
});
