/** h·λmax from 0 to 2.6: smooth below 1, oscillates below 2, diverges beyond. A ring marks where it was. */
import { Term } from '../ui/Term.tsx';
import styles from './theory.module.css';

const END = 2.6;
const at = (value: number): string => `${(Math.min(END, Math.max(0, value)) / END) * 100}%`;

interface GaugeProps {
  /** Step size and λmax; `null`: not known (yet). */
  readonly h: number | null;
  readonly lambda: number | null;
  readonly value: number | null;
  readonly was: number | null;
}

const two = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 0.1 ? x.toFixed(2) : x.toPrecision(2));

export function Gauge({ h, lambda, value, was }: GaugeProps) {
  const past = value !== null && value > 2;
  const words =
    value === null
      ? 'not measured yet'
      : `${two(value)}, ${value < 1 ? 'smooth' : value < 2 ? 'oscillates' : 'past the edge of stability'}`;
  return (
    <section aria-label="Sharpness">
      <div className={styles.gaugeHead}>
        <h2>
          <Term explains="Step size times the largest curvature. Above 2 gradient descent diverges on a quadratic.">
            h · λ<sub>max</sub>
          </Term>
        </h2>
        <span>
          {h !== null && lambda !== null ? `${two(h)} × ${lambda >= 10 ? lambda.toFixed(0) : lambda.toFixed(1)} = ` : ''}
          <b>{value === null ? '–' : two(value)}</b>
        </span>
      </div>
      <div
        className={styles.gauge}
        role="meter"
        aria-label="h times lambda max"
        aria-valuemin={0}
        aria-valuemax={END}
        aria-valuenow={Math.min(END, value ?? 0)}
        aria-valuetext={words}
      >
        <i className={styles.smooth} />
        <i className={styles.oscillates} />
        <i className={styles.diverges} />
        <i className={styles.edge} />
        {was === null ? null : <i className={styles.gaugeRing} style={{ left: at(was) }} />}
        {value === null ? null : <i className={styles.needle} style={{ left: at(value) }} />}
      </div>
      <div className={styles.scale} aria-hidden="true">
        <span>0</span>
        <span style={{ left: at(1) }}>1</span>
        <span style={{ left: at(2) }}>2</span>
      </div>
      <div className={styles.zones} aria-hidden="true">
        <span>smooth</span>
        <span>oscillates</span>
        <span>diverges</span>
      </div>
      {value === null ? <p className={styles.under}>Measured while it trains.</p> : null}
      {past ? (
        <p className={styles.under}>
          <b className={styles.bad}>{two(value)}.</b> Past the edge of stability.
        </p>
      ) : null}
    </section>
  );
}
