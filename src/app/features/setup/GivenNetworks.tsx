/** In Setup: which networks start from files, what these are, and how they begin at random again. */
import { useRef } from 'react';
import { startingModels } from '../../../experiment/plan/plan.ts';
import { sourceMarks, spellSources } from '../../../experiment/settings/source.ts';
import { chooseFiles, openFiles } from '../open/open-file.ts';
import { LockedIf } from '../locked/Locked.tsx';
import { edit, editWithout } from '../../state/control/run-control.ts';
import { isLocked } from '../../state/derived/locked.ts';
import { openedNetwork } from '../../state/opened-networks.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/setup/given-networks.ts';
import { count } from '../../text/numbers.ts';
import { listed } from '../../text/words.ts';
import ui from '../../ui/ui.module.css';
import styles from './setup.module.css';

export function GivenNetworks() {
  const experiment = useStore((s) => s.experiment);
  const locked = useStore((s) => isLocked(s, 'source'));
  const marks = sourceMarks(experiment);
  const starting = startingModels(experiment);
  const opener = useRef<HTMLButtonElement>(null);
  const takeOut = (id: string): void => {
    const source = spellSources(new Map([...marks].filter(([other]) => other !== id)));
    if (source === undefined) editWithout('source');
    else edit({ source });
    // Its button goes.
    opener.current?.focus();
  };
  return (
    <section className={styles.beside} data-part="given-networks">
      <h2 className={ui.heading}>{say.networksFromFiles}</h2>
      <LockedIf locked={locked}>
        {marks.size === 0 ? <p className={ui.note}>{say.allAtRandom(listed(starting))}</p> : null}
        <ul className={styles.given}>
          {[...marks].map(([id, mark]) => (
            <li key={id}>
              <span>{wordsOf(id, mark)}</span>
              <button type="button" className={`${ui.button} ${ui.small}`} aria-label={say.takeOutOf(id)} onClick={() => takeOut(id)}>
                {say.takeOut}
              </button>
            </li>
          ))}
        </ul>
        <button
          ref={opener}
          type="button"
          className={`${ui.button} ${ui.small}`}
          onClick={() => chooseFiles((files) => void openFiles(files))}
        >
          {say.openACheckpoint}
        </button>
      </LockedIf>
    </section>
  );
}

function wordsOf(id: string, mark: string): string {
  const network = openedNetwork(mark);
  if (network === null) return say.notOpenedHere(id, mark);
  const { name, parameters, vocabulary } = network;
  return say.startsFrom(id, name, count(parameters), count(vocabulary));
}
