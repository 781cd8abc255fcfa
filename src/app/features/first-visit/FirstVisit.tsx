/** The first visit, in the place of the plot: what this is, and the one thing to press. */
import { growsOneSource } from '../../../experiment/experiment.ts';
import { Blocks } from '../growth/Blocks.tsx';
import { toggleRun } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { Duration } from '../time/Duration.tsx';
import { PlayIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import styles from './first-visit.module.css';

export function FirstVisit() {
  const alone = useStore((s) => s.experiment.grow === null);
  const self = useStore((s) => growsOneSource(s.experiment.operator));
  const predicted = useStore((s) => s.experiment.predict.length > 0);
  return (
    <div className={styles.visit}>
      <div className={styles.hero}>
        <div>
          <h2 className={styles.headline}>Train two small language models, fuse them into one, and see whether theory saw it coming.</h2>
          <p className={styles.start}>
            {/* The same command as Run in the bar, which is the one that keys and screen readers reach. */}
            <button
              type="button"
              className={`${ui.button} ${ui.primary} ${styles.run}`}
              onClick={toggleRun}
              tabIndex={-1}
              aria-hidden="true"
            >
              <PlayIcon size={18} />
              Run
              <kbd className={ui.kbd}>Space</kbd>
            </button>
            <span>
              <Duration />
              {alone && self ? null : (
                <>
                  then press <b>Fuse now</b>
                  <br />
                  whenever you like
                </>
              )}
            </span>
          </p>
        </div>
        <div className={styles.picture}>
          <Blocks self={self} />
        </div>
      </div>
      <ol className={styles.steps}>
        <li>
          <b>1 · Run</b>
          {self ? 'A learns by itself.' : 'A and B learn side by side.'}
        </li>
        <li>
          <b>2 · Fuse</b>
          {self ? 'It becomes both blocks of a network twice as wide.' : 'Their weights become the blocks of one larger network.'}
        </li>
        <li>
          <b>3 · Compare</b>
          {predicted
            ? 'The dashed curve is drawn first. Then the training follows it, or not.'
            : 'With a large network that began from scratch.'}
        </li>
      </ol>
    </div>
  );
}
