/** How far apart the halves are, on a logarithmic scale from 1e-6 to 1; below 1e-3 they are twins. */
import { ariaNumber } from '../../ui/aria-number.ts';
import { say } from '../../text/en/network/growth.ts';
import { Term } from '../../ui/terms/Term.tsx';
import { Word } from '../../ui/terms/Word.tsx';
import ui from '../../ui/ui.module.css';
import { fixed } from '../../text/numbers.ts';
import styles from './growth.module.css';

const DECADES = 6;
/** Below it the halves get equal gradients. */
const TRAPPED = 1e-3;

export function apart(value: number): string {
  if (value >= 0.1) return fixed(value, 2);
  if (value >= 0.0005) return fixed(value, 3);
  return value === 0 ? '0' : fixed(value, Math.min(9, Math.ceil(-Math.log10(value))));
}

/** Place on the scale, in percent. */
function placeOf(value: number): number {
  return Math.min(1, Math.max(0, (Math.log10(Math.max(value, 1e-12)) + DECADES) / DECADES)) * 100;
}

interface SymmetryProps {
  /** Relative distance of the halves, over all blocks. */
  readonly total: number;
  /** The same over the new blocks alone. */
  readonly offDiagonal: number;
}

export function Symmetry({ total: value, offDiagonal }: SymmetryProps) {
  const trapped = value < TRAPPED;
  return (
    <section aria-label={say.symmetry}>
      <div className={styles.head}>
        <h2 className={ui.heading}>
          <Word id="symmetry">{say.symmetry}</Word>
        </h2>
        <span className={styles.apart}>
          <b>{apart(value)}</b>
          {say.apart}
        </span>
      </div>
      <div
        className={styles.meter}
        role="meter"
        aria-label={say.distanceBetweenTheHalves}
        aria-valuemin={0}
        aria-valuemax={1}
        aria-valuenow={ariaNumber(Math.min(1, value))}
        aria-valuetext={say.apartValue(apart(value), trapped)}
      >
        <i className={styles.trap} />
        <i className={styles.free} />
        {Number.isFinite(offDiagonal) ? (
          <i className={styles.ringDot} style={{ left: `clamp(7px, ${placeOf(offDiagonal)}%, 100% - 7px)` }} />
        ) : null}
        <i className={styles.dot} style={{ left: `clamp(9px, ${placeOf(value)}%, 100% - 9px)` }} />
      </div>
      <div className={styles.ends}>
        <span>{say.twinsTrapped}</span>
        <span>{say.halvesLearnApart}</span>
      </div>
      <p className={styles.offDiagonal}>
        <i className={styles.ringKey} aria-hidden="true" />
        <Term explains={say.theSameOverTheNewBlocks}>{say.offDiagonals}</Term> <b>{apart(offDiagonal)}</b>
        {say.apart}
      </p>
      {trapped ? (
        <p className={styles.trapped}>
          <b>{say.apartAtRest(apart(value))}</b>
          {say.trappedAddNoise}
        </p>
      ) : null}
    </section>
  );
}
