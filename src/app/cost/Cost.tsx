/** What it costs to reach a loss: the run, the large network from scratch and the small one alone, in all and on the longest way. */
import { type ReactNode, useEffect } from 'react';
import { ALONE_ID, SCRATCH_ID } from '../../experiment/experiment.ts';
import { formatQuantity, formatStep } from '../chart/format.ts';
import { setLossLine, useLossLine } from '../chart/view.ts';
import { edit } from '../run-control.ts';
import { hueOf } from '../hues.ts';
import { useStore } from '../store.ts';
import { NumberField } from '../ui/fields.tsx';
import { Term } from '../ui/Term.tsx';
import ui from '../ui/ui.module.css';
import { percent } from '../words.ts';
import { commonLoss, type Contender, type CostAtLoss, saving } from './at-loss.ts';
import styles from './cost.module.css';
import { useCosts } from './use-costs.ts';
import { spentUntil } from './work.ts';

export function Cost() {
  const { work, measured, costs, loss } = useCosts();
  const chosen = useLossLine().loss;
  const step = useStore((s) => s.step);
  const end = useStore((s) => s.experiment.steps);
  // The line is drawn while this tab is open.
  useEffect(() => {
    setLossLine({ shown: true });
    return () => setLossLine({ shown: false });
  }, []);
  const baselines = costs.length - 1;
  return (
    <div className={styles.cost} tabIndex={0} role="region" aria-label="Cost">
      <div className={styles.head}>
        <span className={styles.label}>Cost of reaching loss</span>
        {loss === null ? (
          <b>–</b>
        ) : (
          <span className={styles.field}>
            <NumberField
              label="Loss to reach"
              hideLabel
              value={loss}
              min={0.0001}
              max={20}
              onChange={(value) => setLossLine({ loss: value })}
            />
          </span>
        )}
        {chosen !== null && commonLoss(work, measured) !== null ? (
          <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => setLossLine({ loss: null })}>
            Lowest that both reached
          </button>
        ) : null}
        <span className={styles.whole}>
          {formatQuantity(spentUntil(work, step), 'FLOPs')} so far, {formatQuantity(spentUntil(work, end), 'FLOPs')} planned
          {work.exact ? '' : ' (estimate)'}
        </span>
      </div>
      {loss === null ? (
        <p className={styles.note}>Appears with the first measured losses.</p>
      ) : (
        <div className={styles.groups}>
          <Group title="Total compute" costs={costs} by="total" />
          <Group
            title={<Term explains="Sources trained side by side: the longest way through the plan.">Critical path</Term>}
            costs={costs}
            by="criticalPath"
          />
        </div>
      )}
      {baselines === 0 ? (
        <p className={styles.note}>
          Nothing trains beside it to compare with.{' '}
          <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => edit({ baseline: ['scratch', 'alone'] })}>
            Train baselines beside it
          </button>
        </p>
      ) : (
        <p className={styles.note}>
          One run of one seed, and baselines with its step size, not the best of several: What we measured has the spread.
        </p>
      )}
    </div>
  );
}

const NAMES: Readonly<Record<Contender, string>> = { run: 'This run', scratch: 'From scratch', alone: 'Small, alone' };

interface GroupProps {
  readonly title: ReactNode;
  readonly costs: readonly CostAtLoss[];
  readonly by: 'total' | 'criticalPath';
}

function Group({ title, costs, by }: GroupProps) {
  const most = Math.max(1, ...costs.map(({ at }) => at?.[by] ?? 0));
  const models = useStore((s) => s.models);
  const source = models.find(({ id }) => id === ALONE_ID)?.parents[0] ?? 'A';
  // Savings are against the large network from scratch; without it against the small one alone.
  const rival = costs.find(({ who }) => who === 'scratch') ?? costs.find(({ who }) => who === 'alone');
  return (
    <section className={styles.group}>
      <h2 className={ui.heading}>{title}</h2>
      <table className={styles.table}>
        <tbody>
          {costs.map(({ who, at }) => {
            const saved = who === rival?.who ? null : saving(at, rival?.at ?? null, by);
            const hue = who === 'run' ? hueOf(at?.model ?? 'M') : who === 'scratch' ? hueOf(SCRATCH_ID) : hueOf(source);
            return (
              <tr key={who}>
                <th scope="row">{NAMES[who]}</th>
                <td className={styles.track}>
                  {at ? (
                    <i
                      className={styles.bar}
                      data-who={who}
                      style={{ width: `${(100 * at[by]) / most}%`, '--hue': hue } as React.CSSProperties}
                    />
                  ) : null}
                </td>
                <td className={styles.figure} title={at ? `${at.model}, step ${formatStep(at.step)}` : undefined}>
                  {at ? <b>{formatQuantity(at[by], 'FLOPs')}</b> : <span className={styles.never}>not reached</span>}
                </td>
                <td className={styles.saved} data-more={(saved ?? 0) < 0 || undefined}>
                  {saved === null ? '' : `${percent(Math.abs(saved))} ${saved < 0 ? 'more' : 'less'}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
