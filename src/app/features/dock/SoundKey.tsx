/** How the sounds are written: a key to them, one press away from the word that needs it. */
import { say } from '../../text/en/network/samples.ts';
import { SOUNDS } from '../../text/phonemes.ts';
import { Popup } from '../../ui/floating/Popup.tsx';
import ui from '../../ui/ui.module.css';
import styles from './dock.module.css';

export function SoundKey() {
  return (
    <Popup
      title={say.keyToTheSounds}
      width={320}
      className={styles.key}
      renderTarget={(toggle) => (
        <button type="button" className={ui.term} onClick={toggle}>
          {say.openKeyToTheSounds}
        </button>
      )}
      renderEditor={() => (
        <>
          <h2 className={ui.heading}>{say.howTheSoundsAreWritten}</h2>
          <p className={ui.note}>{say.inTheLettersOfTheCmu}</p>
          <dl className={styles.sounds} tabIndex={0} aria-label={say.sounds}>
            {SOUNDS.map(({ symbol, word, sounds }) => (
              <div key={symbol}>
                <dt>{symbol}</dt>
                <dd>
                  {word} <span>{sounds}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    />
  );
}
