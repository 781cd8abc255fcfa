/** The log of events, newest first. */
import { say } from '../../text/en/chart/log.ts';
import { useStore } from '../../state/store.ts';
import { count } from '../../text/numbers.ts';
import styles from './dock.module.css';
import ui from '../../ui/ui.module.css';

export function Log() {
  const log = useStore((s) => s.log);
  if (log.length === 0) return <p className={styles.empty}>{say.nothingHasHappenedYet}</p>;
  return (
    <ol className={`${ui.scroll} ${styles.log}`} tabIndex={0} aria-label={say.log}>
      {log
        .map((entry, i) => ({ ...entry, i }))
        .reverse()
        .map(({ step, message, i }) => (
          <li key={i}>
            <span>{say.step(count(step))}</span>
            {message}
          </li>
        ))}
    </ol>
  );
}
