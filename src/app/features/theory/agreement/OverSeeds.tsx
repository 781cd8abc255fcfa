/**
 * How many times closer than gradient flow each rung of the ladder was over the seeds that were measured of this
 * setting.
 */
import { say } from '../../../text/en/theory/theory.ts';
import { type Closeness, closenessOf } from '../../../../curves/closeness.ts';
import type { DrawnFlow, Experiment } from '../../../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../../../experiment/declared/flows.ts';
import type { MeasuredTable } from '../../../../experiment/measured.ts';
import { shownExperiment } from '../../../state/derived/derive.ts';
import { useStore } from '../../../state/store.ts';
import { useMeasuredTables } from '../../measured/theory-results.ts';
import { times } from '../../../text/numbers.ts';
import styles from '../theory.module.css';

/** Of each of these flows that was measured. */
export function measuredRungs(
  tables: readonly MeasuredTable[],
  experiment: Experiment,
  flows: readonly DrawnFlow[],
): ReadonlyMap<DrawnFlow, Closeness> {
  return new Map(
    flows.flatMap((flow) => {
      const found = flow === 'gradient-flow' ? null : closenessOf(tables, experiment, flow);
      return found ? [[flow, found] as const] : [];
    }),
  );
}

/** `13 (median of 16 seeds; from 0.9 to 260)` */
export const closerWords = ({ seeds, median, least, greatest }: Closeness): string =>
  say.medianOfSeedsFromTo(times(median), seeds, times(least), times(greatest));

/** The flow that was never as little ahead of gradient flow as the others at their worst. Null of fewer than two. */
export function sturdiest(rungs: ReadonlyMap<DrawnFlow, Closeness>): DrawnFlow | null {
  if (rungs.size < 2) return null;
  return [...rungs].reduce((best, rung) => (rung[1].least > best[1].least ? rung : best))[0];
}

/** Beside a rung: nothing where this setting was not measured over several seeds. */
export function OverSeeds({ flow }: { readonly flow: DrawnFlow }) {
  const { tables } = useMeasuredTables();
  const experiment = useStore((s) => s.running ?? shownExperiment(s));
  const found = measuredRungs(tables, experiment, [flow]).get(flow);
  if (!found) return null;
  return (
    <p className={styles.under} data-part="over-seeds">
      {say.timesCloserThanGradient(closerWords(found))}
    </p>
  );
}

/** Which rung can be relied on: one lucky seed says nothing. */
export function Sturdiest({ flows }: { readonly flows: readonly DrawnFlow[] }) {
  const { tables } = useMeasuredTables();
  const experiment = useStore((s) => s.running ?? shownExperiment(s));
  const rungs = measuredRungs(tables, experiment, flows);
  const best = sturdiest(rungs);
  const found = best && rungs.get(best);
  if (!best || !found) return null;
  return (
    <p className={styles.under} data-part="sturdiest">
      {say.theOneThatHoldsBestFrom(FLOW_ROWS[best].words, found.seeds, times(found.least))}
    </p>
  );
}
