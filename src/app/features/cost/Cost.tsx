/**
 * The cost of reaching a loss, or the loss that the same compute reaches: the run, the large network from scratch and
 * the small one alone, in all and on the longest way, in operations or in seconds.
 */
import { say } from '../../text/en/runs/cost.ts';
import { useEffect, useState } from 'react';
import { setLossLine, useLossLine } from '../../state/view.ts';
import { useStore } from '../../state/store.ts';
import { NumberField } from '../../ui/fields/fields.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { Term } from '../../ui/terms/Term.tsx';
import { Word } from '../../ui/terms/Word.tsx';
import ui from '../../ui/ui.module.css';
import { CostTable, figure } from './CostTable.tsx';
import styles from './cost.module.css';
import { Seeds } from './Seeds.tsx';
import { notCounted } from './not-counted.ts';
import { rowsWithin } from './summary.ts';
import { type Unit, useCosts } from './use-costs.ts';
import { inSeconds, spentUntil, workOf } from '../../plot/plan/work.ts';
import { shownExperiment } from '../../state/derived/derive.ts';

type Equal = 'loss' | 'compute';

export function Cost() {
  const [equal, setEqual] = useState<Equal>('loss');
  const [asked, setUnit] = useState<Unit>('FLOPs');
  const [share, setShare] = useState(100);
  const chosen = useLossLine().loss;
  const step = useStore((s) => s.step);
  const end = useStore((s) => shownExperiment(s).steps);
  const timed = useStore((s) => inSeconds(workOf(s.running ?? s.experiment, s.models), s.stepSeconds) !== null);
  const unit = timed ? asked : 'FLOPs';
  const { experiment, work, seeds, lowest, loss, rows, tuned, lastTaskAlone } = useCosts(unit);
  // The line is drawn while this tab compares at a loss.
  useEffect(() => {
    setLossLine({ shown: equal === 'loss' });
    return () => setLossLine({ shown: false });
  }, [equal]);
  const spent = spentUntil(work, Math.min(step, end));
  // The compute that every seed's run has spent.
  const common = Math.min(spent, ...seeds.slice(1).map((seed) => spentUntil(seed.work, Math.min(step, end))));
  const budget = (common * share) / 100;
  const shown = equal === 'loss' ? rows : rowsWithin(seeds, budget);
  const measure = equal === 'loss' ? unit : 'loss';
  const quantity = (value: number): string => figure(value, unit);
  return (
    <div className={`${ui.scroll} ${styles.cost}`} tabIndex={0} role="region" aria-label={say.cost}>
      <div className={styles.head}>
        <Segments<Equal>
          label={say.compareAt}
          options={[
            { value: 'loss', words: say.equalLoss },
            { value: 'compute', words: unit === 's' ? say.equalTime : say.equalCompute },
          ]}
          value={equal}
          choose={setEqual}
        />
        {equal === 'loss' ? (
          <>
            <span className={styles.label}>{say.loss}</span>
            {loss === null ? (
              <b>–</b>
            ) : (
              <span className={styles.field}>
                <NumberField
                  label={say.lossToReach}
                  hideLabel
                  value={loss}
                  min={0.0001}
                  max={20}
                  onChange={(value) => setLossLine({ loss: value })}
                />
              </span>
            )}
            {chosen !== null && lowest !== null ? (
              <button type="button" className={`${ui.button} ${ui.small}`} onClick={() => setLossLine({ loss: null })}>
                {say.lowestThatBothReached}
              </button>
            ) : null}
          </>
        ) : (
          <>
            <span className={styles.label}>{say.lowestLossWithin}</span>
            <span className={styles.field}>
              <NumberField label={say.shareOfTheRun} hideLabel value={share} min={1} max={100} unit="%" onChange={setShare} />
            </span>
            <span>{say.ofQuantity(quantity(common))}</span>
          </>
        )}
        {timed ? (
          <Segments<Unit>
            label={say.countedIn}
            options={[
              { value: 'FLOPs', words: 'FLOPs' },
              { value: 's', words: say.seconds },
            ]}
            value={unit}
            choose={setUnit}
          />
        ) : null}
        <span className={styles.whole}>
          <Term explains={<Beside />}>{say.training}</Term>:{' '}
          {unit === 's' ? <Term explains={say.stepsOfEachNetworkTimedBy}>{say.soFar(quantity(spent))}</Term> : say.soFar(quantity(spent))}
          {say.planned(quantity(spentUntil(work, end)), work.exact)}
        </span>
      </div>
      {loss === null ? (
        <p className={styles.note}>{say.appearsWithTheFirst}</p>
      ) : (
        <div className={styles.groups}>
          <CostTable
            title={unit === 's' ? say.oneAfterAnother : say.totalCompute}
            rows={shown}
            by="total"
            measure={measure}
            seeds={seeds.length}
          />
          <CostTable
            title={<Word id="critical path">{say.criticalPath}</Word>}
            rows={shown}
            by="criticalPath"
            measure={measure}
            seeds={seeds.length}
          />
        </div>
      )}
      {lastTaskAlone ? <p className={styles.note}>{say.lastTaskAlone}</p> : null}
      <p className={styles.note} data-part="not-counted">
        <Beside />
      </p>
      <Seeds experiment={experiment} seeds={seeds.map(({ seed }) => seed)} tuned={tuned} />
    </div>
  );
}

/** The work that the tables leave out, in words. */
function Beside() {
  const beside = useStore((s) => s.spentBeside);
  const step = useStore((s) => s.step);
  const experiment = useStore((s) => s.running ?? s.experiment);
  const models = useStore((s) => s.models);
  const parts = notCounted(workOf(experiment, models), step, beside);
  if (parts.length === 0) return say.costsCountTheTrainingOfThe;
  return (
    <>
      {say.countedIsTrainingAloneWhat}
      {parts.map(([what, share], i) => (
        <span key={what}>
          {i > 0 ? ', ' : ''}
          {what} <b>{share}</b>
        </span>
      ))}
      .
    </>
  );
}
