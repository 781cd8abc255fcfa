/** Single keys as commands, and the dialog that lists them. Off while typing; they can be switched off. */
import { useEffect, useState } from 'react';
import { areKeysOn, setKeysOn } from '../preferences.ts';
import { fuse, oneStep, toggleRun } from '../run-control.ts';
import { setState, setWhatIf, store } from '../store.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Check } from '../ui/fields.tsx';
import ui from '../ui/ui.module.css';
import styles from './keys.module.css';

export interface ShortcutTargets {
  readonly onInspector: (tab: 'setup' | 'growth' | 'theory') => void;
  readonly onLog: () => void;
  readonly onShare: () => void;
  readonly onKeys: () => void;
}

const LIST: readonly (readonly [string, string])[] = [
  ['Space', 'run or pause'],
  ['.', 'one step'],
  ['F', 'fuse'],
  ['G', 'growth line; then ← → move it, Enter runs the branch'],
  ['1 2 3', 'Setup, Growth, Theory'],
  ['L', 'log'],
  ['P', 'present'],
  ['S', 'share'],
  ['Esc', 'leave presenting, put a what-if back'],
  ['?', 'this list'],
];

/** Whether a key belongs to what has the focus. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches('textarea, select, input:not([type=range], [type=checkbox], [type=radio], [type=button])')
  );
}

function takesSpace(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('button, a, summary, input, [role=button], [role=tab], [role=slider], [role=menuitem]')
  );
}

export function useShortcuts(targets: ShortcutTargets): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'Escape') return escape();
      if (!areKeysOn() || document.querySelector('[role=dialog]')) return;
      const action = actionOf(event, targets);
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
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
    case ' ':
      return takesSpace(event.target) || event.repeat ? null : toggleRun;
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

export function ShortcutList({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const [on, setOn] = useState(areKeysOn());
  return (
    <Dialog title="Keyboard" opened={opened} onClose={onClose} width={440}>
      <dl className={styles.list}>
        {LIST.map(([keys, words]) => (
          <div key={keys}>
            <dt>
              {(keys === 'Space' ? [keys] : keys.split(' ')).map((key) => (
                <kbd key={key} className={ui.kbd}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <hr className={ui.divider} />
      <Check
        label="Single keys are commands"
        note="Never while you type."
        checked={on}
        onChange={(next) => {
          setOn(next);
          setKeysOn(next);
        }}
      />
    </Dialog>
  );
}
