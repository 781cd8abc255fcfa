/** The dialog that lists the keys, and switches them off. */
import { useState } from 'react';
import { areKeysOn, setKeysOn } from '../../state/preferences.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Check } from '../../ui/fields.tsx';
import ui from '../../ui/ui.module.css';
import type { DialogSwitch } from '../status/LaterDialog.tsx';
import styles from './keys.module.css';

const LIST: readonly (readonly [string, string])[] = [
  ['Space', 'run or pause'],
  ['.', 'one step'],
  ['F', 'fuse'],
  ['G', 'growth line; then ← → move it, Enter runs the branch'],
  ['+ −', 'on the chart: a closer look around the step that ← → read, and back'],
  ['1 2 3', 'Setup, Growth, Theory'],
  ['L', 'log'],
  ['P', 'present'],
  ['S', 'share'],
  ['Esc', 'leave presenting, put a what-if back'],
  ['?', 'this list'],
];

export function ShortcutList({ opened, onClose }: DialogSwitch) {
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
