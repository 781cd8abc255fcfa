/** Single keys as commands (ShortcutList.tsx lists them). Off while typing; they can be switched off. */
import { useEffect } from 'react';
import { areKeysOn } from '../../state/preferences.ts';
import { store } from '../../state/store.ts';
import { actionOf, actionOfKey, isHidden, type Page } from '../actions/actions.tsx';
import { isReachedByKeys, watchFocus } from './focus-origin.ts';

/** Text is typed there: every key is a letter. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('textarea, input:not([type=range], [type=checkbox], [type=radio], [type=button])');
}

/** Controls that the space bar presses. */
const PRESSED = 'button, a, summary, select, input, [role=button], [role=tab], [role=slider], [role=menuitem]';

/**
 * Whether a key belongs to the control that has the focus: one that was reached by keys, and does something with this
 * key.
 */
function belongsToControl({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || !isReachedByKeys(target)) return false;
  // Letters choose an entry of a list; no other control here knows them.
  return target.matches(key === ' ' ? PRESSED : 'select');
}

/** Something lies over the page that has keys of its own. */
const isCovered = (): boolean => document.querySelector('[role=dialog], [role=menu]') !== null;

export function useShortcuts(page: Page): void {
  useEffect(() => {
    const ofPage = (event: KeyboardEvent): boolean =>
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      areKeysOn() &&
      !isTyping(event.target) &&
      !isCovered() &&
      !belongsToControl(event);
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const found = actionOfKey(event.key);
      // Leaving needs no leave; the space bar is below.
      const leaves = found?.action === actionOf('leave');
      if (found === null || found.action === actionOf('run') || !(leaves || ofPage(event))) return;
      if (found.action.enabled?.(store.getState()) === false || isHidden(store.getState(), found.action)) return;
      if (!leaves) event.preventDefault();
      found.action.perform?.(page, found.key);
    };
    // The space bar is taken before the control that was clicked last can press itself, at either end of the press.
    let taken = false;
    const onSpace = (event: KeyboardEvent): void => {
      if (event.key !== ' ') return;
      if (event.type === 'keydown') {
        if (!event.repeat) taken = ofPage(event);
        if (taken && !event.repeat && !isHidden(store.getState(), actionOf('run'))) actionOf('run').perform?.(page, 'Space');
      }
      if (!taken) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.type === 'keyup') taken = false;
    };
    const unwatch = watchFocus();
    addEventListener('keydown', onKey);
    addEventListener('keydown', onSpace, true);
    addEventListener('keyup', onSpace, true);
    return () => {
      unwatch();
      removeEventListener('keydown', onKey);
      removeEventListener('keydown', onSpace, true);
      removeEventListener('keyup', onSpace, true);
    };
  }, [page]);
}
