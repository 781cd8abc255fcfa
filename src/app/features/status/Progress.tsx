/** The progress of work that was asked for: loading, compiling, building. */
import { say } from '../../text/en/screen/status.ts';
import { useStore } from '../../state/store.ts';
import { count } from '../../text/numbers.ts';
import styles from './progress.module.css';

const WORDS = {
  data: say.loadingTheData,
  engine: say.startingTheEngine,
  kernels: say.compilingKernelsForThisGpu,
  models: say.buildingTheNetworks,
} as const;

export function Progress() {
  const waiting = useStore((s) => s.phase === 'loading' && s.started);
  const loading = useStore((s) => s.loading);
  if (!waiting) return null;
  const words = loading ? WORDS[loading.what] : say.starting;
  const share = loading && loading.total > 1 ? loading.done / loading.total : null;
  return (
    <div className={styles.progress}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(100 * share) })}
      >
        <i style={share === null ? undefined : { width: `${100 * share}%` }} data-unknown={share === null || undefined} />
      </div>
      <p>
        {words}
        {loading && loading.total > 1 ? say.doneOf(count(loading.done), count(loading.total)) : ' …'}
      </p>
    </div>
  );
}
