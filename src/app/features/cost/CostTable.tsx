/**
 * Everyone who trains, a bar each: what it took, or how low it got, and against the rival how much less that is, over
 * the seeds.
 */
import { say } from '../../text/en/runs/cost-table.ts';
import { spellLoss } from '../../../experiment/messages/numbers.ts';
import type { ReactNode } from 'react';
import { ALONE_ID, ENSEMBLE_ID, type ModelId, SCRATCH_ID, UNREAD_ID } from '../../../experiment/experiment.ts';
import type { Spread } from '../../../curves/spread.ts';
import { decimalsOf, figures, fixed, formatDeviation, formatLoss, formatQuantity, prefixOf } from '../../text/numbers.ts';
import { hueOf } from '../../look/hues.ts';
import { useStore } from '../../state/store.ts';
import { Term } from '../../ui/terms/Term.tsx';
import ui from '../../ui/ui.module.css';
import type { Contender } from './at-loss.ts';
import { pointing } from '../../state/view.ts';
import styles from './cost.module.css';
import type { By, Row } from './summary.ts';

const NAMES: Readonly<Record<Contender, string>> = {
  run: say.thisRun,
  scratch: say.fromScratch,
  unread: say.withoutReading,
  alone: say.smallAlone,
  ensemble: say.averagedNotFused,
};

/** The networks that can be pointed at in the chart. */
const pointedAt: Readonly<Partial<Record<Contender, ModelId>>> = { scratch: SCRATCH_ID, unread: UNREAD_ID, alone: ALONE_ID };

export type Measure = 'FLOPs' | 's' | 'loss';

interface CostTableProps {
  readonly title: ReactNode;
  readonly rows: readonly Row[];
  readonly by: By;
  readonly measure: Measure;
  /** Seeds that are compared. */
  readonly seeds: number;
}

export function CostTable({ title, rows, by, measure, seeds }: CostTableProps) {
  const most = Math.max(1e-12, ...rows.map(({ value }) => value[by]?.mean ?? 0));
  const models = useStore((s) => s.models);
  const growth = useStore((s) => s.growth);
  const source = models.find(({ id }) => id === ALONE_ID)?.parents[0] ?? 'A';
  const hues: Readonly<Record<Contender, string>> = {
    run: hueOf(growth?.target ?? 'M'),
    scratch: hueOf(SCRATCH_ID),
    unread: hueOf(UNREAD_ID),
    alone: hueOf(source),
    ensemble: hueOf(ENSEMBLE_ID),
  };
  return (
    <section className={styles.group}>
      <h2 className={ui.heading}>{title}</h2>
      <table className={styles.table}>
        <tbody>
          {rows.map(({ who, value: { [by]: value }, gain: { [by]: gain }, short: { [by]: short }, reached }) => (
            <tr key={who} {...(pointedAt[who] === undefined ? {} : pointing(pointedAt[who]))}>
              <th scope="row">{NAMES[who]}</th>
              <td className={styles.track}>
                {value ? (
                  <i
                    className={styles.bar}
                    data-who={who}
                    style={{ width: `${(100 * value.mean) / most}%`, '--hue': hues[who] } as React.CSSProperties}
                  />
                ) : null}
              </td>
              <td className={styles.figure}>
                {value ? (
                  <>
                    {short ? <Term explains={say.itTrainedForLessThanThat}>≤</Term> : null}{' '}
                    {value.values.length > 1 ? (
                      <Term explains={each(value, measure)}>
                        <Mean value={value} measure={measure} />
                      </Term>
                    ) : (
                      <Mean value={value} measure={measure} />
                    )}
                    {reached < seeds ? <span className={styles.never}> {say.reachedOf(reached, seeds)}</span> : null}
                  </>
                ) : (
                  <span className={styles.never}>{say.notReached}</span>
                )}
              </td>
              <td className={styles.saved} data-more={(gain?.mean ?? 0) < 0 || undefined}>
                {gain ? gainWords(gain, measure) : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A number in the measure's unit. */
export function figure(value: number, measure: Measure): string {
  if (measure === 'loss') return formatLoss(value);
  return measure === 's' ? `${figures(value, 3)} s` : formatQuantity(value, 'FLOPs');
}

/** `1.58 ± 0.10 GFLOPs`: a deviation has its mean's prefix. */
function Mean({ value: { mean, sd }, measure }: { readonly value: Spread; readonly measure: Measure }) {
  if (sd === null) return <b>{figure(mean, measure)}</b>;
  if (measure === 'loss')
    return (
      <>
        <b>{formatLoss(mean)}</b> ± {formatDeviation(sd, mean)}
      </>
    );
  const [divisor, prefix] = measure === 's' ? [1, ''] : prefixOf(mean);
  const shown = Number((mean / divisor).toPrecision(3));
  return (
    <>
      <b>{figures(shown, 3)}</b> ± {fixed(sd / divisor, decimalsOf(shown))} {measure === 's' ? 's' : `${prefix}FLOPs`}
    </>
  );
}

const each = (value: Spread, measure: Measure): string => value.values.map((one) => figure(one, measure)).join(', ');

/** `41 ± 6 % less`; of a loss `0.05 ± 0.01 lower`. */
export function gainWords({ mean, sd }: Spread, measure: Measure): string {
  if (measure === 'loss') {
    const decimals = Math.max(Math.abs(mean), sd ?? 0) < 0.01 ? 4 : 2;
    return say.lossDifference(spellLoss(Math.abs(mean), decimals), spellLoss(sd ?? 0, decimals), mean < 0);
  }
  return say.shareSaved(Math.round(Math.abs(mean) * 100), Math.round((sd ?? 0) * 100), mean < 0);
}
