/**
 * h·λmax from 0 to 1.3 times the optimizer's edge of stability: smooth first, oscillates up to the edge, diverges
 * beyond (for gradient descent smooth below 1, the edge at 2). A ring marks where it was.
 */
import { ariaNumber } from '../../../ui/aria-number.ts';
import { say } from '../../../text/en/theory/theory.ts';
import type { Stability } from '../../../../predict/reports.ts';
import { Term } from '../../../ui/terms/Term.tsx';
import { exactFigures, figures, fixed, times } from '../../../text/numbers.ts';
import styles from '../theory.module.css';

/** How far the gauge goes, in edges. */
const END = 1.3;

interface GaugeProps {
  /** Step size and λmax; `null`: not known (yet). */
  readonly h: number | null;
  readonly lambda: number | null;
  readonly value: number | null;
  readonly was: number | null;
  /** As the optimizer says it. */
  readonly stability: Stability;
}

const brief = (x: number): string => figures(x, 2);
const two = (x: number): string => (x >= 100 ? fixed(x, 0) : x >= 0.1 ? fixed(x, 2) : exactFigures(x, 2));

export function Gauge({ h, lambda, value, was, stability: { smoothTo, edge } }: GaugeProps) {
  const end = END * edge;
  const at = (x: number): string => `${(Math.min(end, Math.max(0, x)) / end) * 100}%`;
  const zones = [smoothTo, edge - smoothTo, end - edge].map((part) => `minmax(0, ${part / edge}fr)`).join(' ');
  const past = value !== null && value > edge;
  const words = value === null ? say.notMeasuredYet : say.gaugeValue(two(value), value < smoothTo, value < edge);
  return (
    <section aria-label={say.sharpness}>
      <div className={styles.gaugeHead}>
        <h2>
          <Term explains={say.stepSizeTimesTheLargest(brief(edge))}>
            h · λ<sub>max</sub>
          </Term>
        </h2>
        <span>
          {h !== null && lambda !== null ? `${two(h)} × ${times(lambda)} = ` : ''}
          <b>{value === null ? '–' : two(value)}</b>
        </span>
      </div>
      <div
        className={styles.gauge}
        style={{ gridTemplateColumns: zones }}
        role="meter"
        aria-label={say.hTimesLambdaMax}
        aria-valuemin={0}
        aria-valuemax={end}
        aria-valuenow={ariaNumber(Math.min(end, value ?? 0))}
        aria-valuetext={words}
      >
        <i className={styles.smooth} />
        <i className={styles.oscillates} />
        <i className={styles.diverges} />
        <i className={styles.edge} style={{ left: at(edge) }} />
        {was === null ? null : <i className={styles.gaugeRing} style={{ left: at(was) }} />}
        {value === null ? null : <i className={styles.needle} style={{ left: at(value) }} />}
      </div>
      <div className={styles.scale} aria-hidden="true">
        <span>0</span>
        {smoothTo > edge / 10 ? <span style={{ left: at(smoothTo) }}>{brief(smoothTo)}</span> : null}
        <span style={{ left: at(edge) }}>{brief(edge)}</span>
      </div>
      <div className={styles.zones} style={{ gridTemplateColumns: zones }} aria-hidden="true">
        <span>{smoothTo > edge / 10 ? say.smooth : ''}</span>
        <span>{say.oscillates}</span>
        <span>{say.diverges}</span>
      </div>
      {value === null ? <p className={styles.under}>{say.measuredWhileItTrains}</p> : null}
      {past ? (
        <p className={styles.under}>
          <b className={styles.bad}>{two(value)}.</b>
          {say.pastTheEdgeOfStability}
        </p>
      ) : null}
    </section>
  );
}
