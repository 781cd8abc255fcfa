/** Single keys as commands (ShortcutList.tsx lists them). Off while typing; they can be switched off. */
import { useEffect } from 'react';
import { areKeysOn } from '../../state/preferences.ts';
import { fuse, oneStep, toggleRun } from '../../state/run-control.ts';
import { setState, setWhatIf, store } from '../../state/store.ts';
import { isReachedByKeys, watchFocus } from './focus-origin.ts';

export interface ShortcutTargets {
  readonly onInspector: (tab: 'setup' | 'growth' | 'theory') => void;
  readonly onLog: () => void;
  readonly onShare: () => void;
  readonly onKeys: () => void;
}

/** Text is typed there: every key is a letter. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('textarea, input:not([type=range], [type=checkbox], [type=radio], [type=button])');
}

/** What the space bar presses. */
const PRESSED = 'button, a, summary, select, input, [role=button], [role=tab], [role=slider], [role=menuitem]';

/** Whether a key belongs to the control that has the focus: one that was reached by keys, and does something with this key. */
function belongsToControl({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || !isReachedByKeys(target)) return false;
  // Letters choose an entry of a list; no other control here knows them.
  return target.matches(key === ' ' ? PRESSED : 'select');
}

/** Something lies over the page that has keys of its own. */
const isCovered = (): boolean => document.querySelector('[role=dialog], [role=menu]') !== null;

export function useShortcuts(targets: ShortcutTargets): void {
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
      if (event.key === 'Escape') return escape();
      const action = ofPage(event) ? actionOf(event, targets) : null;
      if (!action) return;
      event.preventDefault();
      action();
    };
    // The space bar is taken before the control that was clicked last can press itself, at either end of the press.
    let taken = false;
    const onSpace = (event: KeyboardEvent): void => {
      if (event.key !== ' ') return;
      if (event.type === 'keydown') {
        if (!event.repeat) taken = ofPage(event);
        if (taken && !event.repeat) toggleRun();
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
  }, [targets]);
}

function escape(): void {
  const { presenting, whatIf } = store.getState();
  if (whatIf) {
    setState({ whatIfBy: null });
    setWhatIf(null);
  } else if (presenting) setState({ presenting: false });
}

function actionOf(event: KeyboardEvent, targets: ShortcutTargets): (() => void) | null {
  switch (event.key) {
    case '.':
      return oneStep;
    case 'f':
    case 'F':
      return fuse;
    case 'g':
    case 'G':
      return () => document.querySelector<HTMLElement>('[role=slider][aria-label="Growth step"]')?.focus();
    case '1':
      return () => targets.onInspector('setup');
    case '2':
      return () => targets.onInspector('growth');
    case '3':
      return () => targets.onInspector('theory');
    case 'l':
    case 'L':
      return targets.onLog;
    case 'p':
    case 'P':
      return () => setState({ presenting: !store.getState().presenting });
    case 's':
    case 'S':
      return targets.onShare;
    case '?':
      return targets.onKeys;
    default:
      return null;
  }
}
