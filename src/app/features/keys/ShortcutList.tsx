/** The dialog that lists the keys, and switches them off. */
import { say } from '../../text/en/screen/keys.ts';
import { useState } from 'react';
import { areKeysOn, setKeysOn } from '../../state/preferences.ts';
import { Dialog } from '../../ui/floating/Dialog.tsx';
import { Check } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';
import { ACTIONS, type Action } from '../actions/actions.tsx';
import type { DialogSwitch } from '../status/LaterDialog.tsx';
import styles from './keys.module.css';

/** Every key that does something. */
const LIST = Object.values<Action>(ACTIONS).filter(({ keys }) => keys !== undefined);

export function ShortcutList({ opened, onClose }: DialogSwitch) {
  const [on, setOn] = useState(areKeysOn());
  return (
    <Dialog title={say.keyboard} opened={opened} onClose={onClose} width={440}>
      <dl className={styles.list}>
        {LIST.map(({ keys, words }) => (
          <div key={words}>
            <dt>
              {keys?.map((key) => (
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
        label={say.singleKeysAreCommands}
        note={say.neverWhileYouType}
        checked={on}
        onChange={(next) => {
          setOn(next);
          setKeysOn(next);
        }}
      />
    </Dialog>
  );
}
