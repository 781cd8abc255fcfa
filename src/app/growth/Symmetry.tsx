/** How far apart the halves are, on a logarithmic scale from 1e-6 to 1; below 1e-3 they are twins. */
import { Term } from '../ui/Term.tsx';
import ui from '../ui/ui.module.css';
import styles from './growth.module.css';

const DECADES = 6;
/** Below it the halves get equal gradients. */
const TRAPPED = 1e-3;

export function apart(value: number): string {
  if (value >= 0.1) return value.toFixed(2);
  if (value >= 0.0005) return value.toFixed(3);
  return value === 0 ? '0' : value.toFixed(Math.min(9, Math.ceil(-Math.log10(value))));
}

export function Symmetry({ value }: { readonly value: number }) {
  const place = Math.min(1, Math.max(0, (Math.log10(Math.max(value, 1e-12)) + DECADES) / DECADES)) * 100;
  const trapped = value < TRAPPED;
  return (
    <section aria-label="Symmetry">
      <div className={styles.head}>
        <h2 className={ui.heading}>
          <Term explains="How far apart the halves are. Near zero they get equal gradients and add nothing.">Symmetry</Term>
        </h2>
        <span className={styles.apart}>
          <b>{apart(value)}</b> apart
        </span>
      </div>
      <div
        className={styles.meter}
        role="meter"
        aria-label="Distance between the halves"
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={Math.min(1, value)}
        aria-valuetext={`${apart(value)} apart${trapped ? ', twins: trapped' : ''}`}
      >
        <i className={styles.trap} />
        <i className={styles.free} />
        <i className={styles.dot} style={{ left: `clamp(9px, ${place}%, 100% - 9px)` }} />
      </div>
      <div className={styles.ends}>
        <span>twins: trapped</span>
        <span>halves learn apart</span>
      </div>
      {trapped ? (
        <p className={styles.trapped}>
          <b>{apart(value)} apart.</b> Trapped: add noise.
        </p>
      ) : null}
    </section>
  );
}
