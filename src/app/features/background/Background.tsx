/** In Setup: what becomes of a run that nobody sees, and a screen that is kept on for it. */
import { useState } from 'react';
import { setAwake } from '../../state/preferences.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/screen/background.ts';
import { Check } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';
import styles from '../setup/setup.module.css';
import { whyNoScreen } from './wake-lock.ts';

export function Background() {
  const awake = useStore((s) => s.awake);
  const [why] = useState(() => whyNoScreen());
  return (
    <section className={styles.beside}>
      <h2 className={ui.heading}>{say.background}</h2>
      <p className={ui.note}>
        {say.itTrainsOn} {say.whatBrowsersDo}
      </p>
      {why === null ? (
        <Check label={say.keepTheScreenOn} note={say.endsWithTheTraining} checked={awake} onChange={setAwake} />
      ) : (
        <p className={ui.note}>{why === 'http' ? say.noScreenOverHttp : say.noScreenInThisBrowser}</p>
      )}
    </section>
  );
}
