/** Branches of this session: what differs, how far down each got, how wrong its prediction was, what it cost. */
import { say as trust } from '../../text/en/theory/trust.ts';
import { say } from '../../text/en/runs/runs.ts';
import type { ReactNode } from 'react';
import { type Trust } from '../../../curves/trust.ts';
import { type Experiment, NEWEST_GRAMMAR } from '../../../experiment/experiment.ts';
import { PRESETS, presetOf } from '../../../experiment/presets/presets.ts';
import { count, formatError, formatLoss, formatQuantity, MINUS, percent } from '../../text/numbers.ts';
import { hatchNow, trustedUntil } from '../../state/derived/trust.ts';
import { remember } from '../../state/view.ts';
import { taskWords } from '../../../experiment/describe.ts';
import type { LastAnswers } from '../../state/derived/answers.ts';
import { hueOf } from '../../look/hues.ts';
import { useStore } from '../../state/store.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { Term } from '../../ui/terms/Term.tsx';
import { Word } from '../../ui/terms/Word.tsx';
import { type CommonGround, commonGround, lossAtStep, type LossThere, stepWithin } from '../../state/derived/equal.ts';
import { discard, type KeptRun, outcomeOf, type Outcome, show, useKept } from '../../state/kept.ts';
import { differing } from './differing.ts';
import { KeptRuns } from './KeptRuns.tsx';
import styles from './runs.module.css';
import ui from '../../ui/ui.module.css';

const current = remember(outcomeOf);

export function Runs() {
  return (
    <div className={ui.scroll}>
      <PageRuns />
      <KeptRuns />
    </div>
  );
}

/** Those of this page: in memory. */
function PageRuns() {
  const runs = useKept((s) => s.runs);
  const shown = useKept((s) => s.shown);
  const now = useStore((s) => (s.running ? current(s.running, s.models, s.chart, s.metrics) : null));
  const estimate = useStore((s) => {
    const hatch = hatchNow(s);
    return hatch?.estimate ? hatch.step : null;
  });
  if (runs.length === 0 && !now) return <p className={styles.empty}>{say.eachBranchAndEachRestartIs}</p>;
  const ground = commonGround(now ? [...runs, now] : runs);
  const answered = [...runs, now].some((run) => run?.answers);
  const before = (index: number): Experiment | null => runs[index - 1]?.experiment ?? null;
  return (
    <div className={styles.wide} tabIndex={0} role="region" aria-label={say.runs}>
      <table className={`${ui.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col">{say.run}</th>
            <th scope="col">{say.whatDiffers}</th>
            <th scope="col" className={styles.right}>
              {say.steps}
            </th>
            <th scope="col" className={styles.right}>
              {say.finalLoss}
            </th>
            {answered ? (
              <th scope="col" className={styles.right}>
                <Term explains={say.howManyAnswersOfTheLast}>{say.rightAnswers}</Term>
              </th>
            ) : null}
            <th scope="col" className={styles.right}>
              <Term explains={say.whatWasPredictedForTheLast}>{say.predicted}</Term>
            </th>
            <th scope="col" className={styles.right}>
              <Term explains={say.predictedFinalLossAtThat}>{say.offBy}</Term>
            </th>
            <th scope="col" className={styles.right}>
              <Term explains={say.meanOfPrediction}>{say.onAverage}</Term>
            </th>
            <th scope="col" className={styles.right}>
              <Term explains={trust.rule}>{say.trustedUntil}</Term>
            </th>
            {ground ? (
              <>
                <th scope="col" className={styles.right}>
                  <Term explains={say.lossAtTheLargestStepThat}>{say.atStep(count(ground.step))}</Term>
                </th>
                <th scope="col" className={styles.right}>
                  <Term explains={say.lossAtTheLargestCompute}>{say.at(formatQuantity(ground.operations, 'FLOPs'))}</Term>
                </th>
              </>
            ) : null}
            <th scope="col" className={styles.right}>
              {say.compute}
            </th>
            <th scope="col" className={styles.right}>
              <Word id="critical path">{say.criticalPath}</Word>
            </th>
            <th scope="col">
              <span className="visually-hidden">{say.discard}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {now ? (
            <tr data-current="">
              <th scope="row">
                <Line outcome={now} faint={false} />
                {say.thisRun}
              </th>
              <td className={styles.differs}>{whatDiffers(before(runs.length), now.experiment)}</td>
              <Figures outcome={now} ground={ground} estimate={estimate} answered={answered} />
              <td aria-label={say.keptWhenAnotherBegins} />
            </tr>
          ) : null}
          {runs
            .map((run, index) => ({ run, index }))
            .reverse()
            .map(({ run, index }) => (
              <Row key={run.id} run={run} before={before(index)} shown={shown.includes(run.id)} ground={ground} answered={answered} />
            ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly run: KeptRun;
  readonly before: Experiment | null;
  readonly shown: boolean;
  readonly ground: CommonGround | null;
  readonly answered: boolean;
}

function Row({ run, before, shown, ground, answered }: RowProps) {
  return (
    <tr data-shown={shown || undefined}>
      <th scope="row">
        <button
          type="button"
          className={styles.name}
          aria-pressed={shown}
          aria-label={say.runShowItsCurves(run.id)}
          onClick={() => show(run.id)}
        >
          <Line outcome={run} faint />
          {run.name ?? say.runOf(run.id)}
        </button>
      </th>
      <td className={styles.differs}>{whatDiffers(before, run.experiment)}</td>
      <Figures outcome={run} ground={ground} answered={answered} />
      <td>
        <button type="button" className={styles.discard} aria-label={say.discardRun(run.id)} onClick={() => discard(run.id)}>
          <CloseIcon />
        </button>
      </td>
    </tr>
  );
}

function Line({ outcome, faint }: { readonly outcome: Outcome; readonly faint: boolean }) {
  return (
    <svg className={styles.line} width="26" height="8" aria-hidden="true" focusable="false">
      <path d="M0 4H26" stroke={hueOf(outcome.final?.model ?? 'A')} strokeWidth={faint ? 2 : 4} opacity={faint ? 0.55 : 1} />
    </svg>
  );
}

/** A loss, and whose and when where that is not plain. */
function There({ at, part, withStep = false }: { readonly at: LossThere | null; readonly part: string; readonly withStep?: boolean }) {
  return (
    <td className={styles.right} data-part={part}>
      {at ? (
        <>
          {at.model} {formatLoss(at.loss)}
          {withStep ? <span className={styles.of}>{say.atAfterLoss(count(at.step))}</span> : null}
        </>
      ) : (
        '–'
      )}
    </td>
  );
}

/** The share of right answers to the last task, and the best on the way where that was better. */
function Right({ answers }: { readonly answers: LastAnswers | null }) {
  return (
    <td className={styles.right} data-part="answers">
      {answers ? (
        <>
          {percent(answers.last.value)}
          <small className={styles.said}>
            {answers.best.step === answers.last.step
              ? taskWords(answers.quantity)
              : say.bestAt(percent(answers.best.value), count(answers.best.step))}
          </small>
        </>
      ) : (
        '–'
      )}
    </td>
  );
}

/** @param estimate where the chart's hatch begins by estimate, of the run that is under way */
function Figures({
  outcome,
  ground,
  answered,
  estimate = null,
}: {
  readonly outcome: Outcome;
  readonly ground: CommonGround | null;
  /** Whether any run of the table was asked: then there is a column for it. */
  readonly answered: boolean;
  readonly estimate?: number | null;
}) {
  const { step, finished, final, prediction, total, criticalPath } = outcome;
  return (
    <>
      <td className={styles.right}>
        {count(step)}
        {finished ? null : <span className={styles.of}>{say.ofSteps(count(outcome.experiment.steps))}</span>}
      </td>
      <td className={styles.right}>
        <b>{final ? formatLoss(final.loss) : '–'}</b>
      </td>
      {answered ? <Right answers={outcome.answers} /> : null}
      <td className={styles.right} data-part="predicted">
        {prediction?.last ? <Term explains={prediction.flow}>{formatLoss(prediction.last.loss)}</Term> : '–'}
        {prediction?.said ? <small className={styles.said}>{prediction.said}</small> : null}
        {prediction?.before ? <span className="visually-hidden"> ({prediction.flow})</span> : null}
      </td>
      <td className={styles.right} data-part="off-by">
        {prediction?.last ? signed(prediction.last.off) : '–'}
      </td>
      <td className={styles.right} data-part="on-average">
        {prediction ? formatError(prediction.mean) : '–'}
      </td>
      <td className={styles.right} data-part="trusted">
        {prediction ? trustedWords(prediction.trust, estimate, outcome) : '–'}
      </td>
      {ground ? (
        <>
          <There at={lossAtStep(outcome, ground.step)} part="equal-steps" />
          <There at={lossAtStep(outcome, stepWithin(outcome, ground.operations))} part="equal-compute" withStep />
        </>
      ) : null}
      <td className={styles.right}>{formatQuantity(total, 'FLOPs')}</td>
      <td className={styles.right}>{formatQuantity(criticalPath, 'FLOPs')}</td>
    </>
  );
}

/** As the chart hatches it and the Theory tab says it. */
function trustedWords({ until, comparedTo }: Trust, estimate: number | null, { step: last, finished }: Outcome): string {
  const step = until ?? estimate;
  // A prediction may end before the run does, or not have come so far yet.
  if (step === null && finished && comparedTo !== null && comparedTo < last) return say.soFarTo(count(comparedTo));
  return trustedUntil(step === null ? null : { step, estimate: until === null }, comparedTo, finished);
}

const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? MINUS : ''}${formatError(Math.abs(value))}`;

/** The settings that are new against the run before, or against the preset it came from: the new value bold. */
export function whatDiffers(before: Experiment | null, now: Experiment): ReactNode {
  const preset = PRESETS.get(now.preset);
  const fresh = before === null || before.preset !== now.preset || before.v !== now.v;
  const against = fresh ? presetOf(now) : before;
  const found = differing(against, now, 40);
  const title = fresh && preset ? say.thePresetOfVersion(preset.title, now.v === NEWEST_GRAMMAR, now.v) : '';
  if (found.length === 0) return title === '' ? say.nothingTheSameAgain : title;
  return (
    <>
      {title === '' ? null : `${title}, `}
      {found.map(({ key, words, from, to }, i) => (
        <span key={key}>
          {i > 0 ? ', ' : ''}
          {words} {from} → <b>{to}</b>
        </span>
      ))}
    </>
  );
}
