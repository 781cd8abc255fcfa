/** How the sounds are written: a key to them, one press away from the word that needs it. */
import { SOUNDS } from '../../text/phonemes.ts';
import { Popup } from '../../ui/Popup.tsx';
import ui from '../../ui/ui.module.css';
import styles from './dock.module.css';

export function SoundKey() {
  return (
    <Popup
      title="Key to the sounds"
      width={320}
      className={styles.key}
      renderTarget={(toggle) => (
        <button type="button" className={ui.term} onClick={toggle}>
          key to the sounds
        </button>
      )}
      renderEditor={() => (
        <>
          <h2 className={ui.heading}>How the sounds are written</h2>
          <p className={ui.note}>
            In the letters of the CMU Pronouncing Dictionary (ARPABET), stress left out. Each with a word that has it.
          </p>
          <dl className={styles.sounds} tabIndex={0} aria-label="Sounds">
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
