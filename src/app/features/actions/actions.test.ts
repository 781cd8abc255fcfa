import { describe, expect, it } from 'vitest';
import { emptyState } from '../../state/empty-state.ts';
import { parseLink } from '../../../experiment/link/link.ts';
import { ACTIONS, type Action, actionOf, actionOfKey, isHidden } from './actions.tsx';

const all = Object.values<Action>(ACTIONS);

describe('what one can do', () => {
  it('has no key twice, and whatever has a key says what it does (11.3)', () => {
    const keys = all.flatMap((action) => action.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { keys: own, words } of all) expect(own === undefined).toBe(words === undefined);
  });

  it('can be done by whoever shows it, and is shown or has a key (11.3)', () => {
    for (const { look, keys, perform } of all) {
      if (look) expect(perform).toBeDefined();
      expect(look ?? keys).toBeDefined();
    }
  });

  it('finds its key in either case, and no other (11.3)', () => {
    expect(actionOfKey('f')?.action).toBe(actionOf('fuse'));
    expect(actionOfKey('F')?.action).toBe(actionOf('fuse'));
    expect(actionOfKey('2')).toEqual({ action: actionOf('inspect'), key: '2' });
    expect(actionOfKey(' ')?.action).toBe(actionOf('run'));
    expect(actionOfKey('Escape')?.action).toBe(actionOf('leave'));
    // The chart listens for these itself.
    expect(actionOfKey('+')).toBeNull();
    expect(actionOfKey('q')).toBeNull();
    expect(actionOfKey('Shift')).toBeNull();
  });

  it('offers no lesson beside what a link holds fast, which a lesson would bring its own values of', () => {
    const view = (link: string) => ({ view: parseLink(link).view });
    const hidden = ['#seed=3', '#seed=3&lock=seed', '#lock=seed&lesson=two-become-one'].map((link) =>
      isHidden(view(link), actionOf('lessons')),
    );
    expect(hidden).toEqual([false, true, false]);
  });

  it('opens the tab that a key stands for, and blocks what can not be done (11.3)', () => {
    const opened: string[] = [];
    const page = {
      openTab: (tab: string) => opened.push(tab),
      openShare: () => opened.push('share'),
      openKeys: () => opened.push('keys'),
      openLessons: () => opened.push('lessons'),
    };
    for (const key of ['1', '2', '3', 'l', 's', '?']) {
      const found = actionOfKey(key);
      found?.action.perform?.(page, found.key);
    }
    expect(opened).toEqual(['setup', 'growth', 'theory', 'log', 'share', 'keys']);
    const { enabled } = actionOf('step');
    expect(enabled?.({ ...emptyState(), phase: 'finished' })).toBe(false);
    expect(enabled?.({ ...emptyState(), phase: 'paused' })).toBe(true);
  });
});
