/** How well theory did so far: the error of each flow, until when it is trusted, and what it cost. */
import { useMemo } from 'react';
import type { DrawnFlow, ModelId } from '../../experiment/experiment.ts';
import type { PredictionCost } from '../../worker/protocol.ts';
import { lastStep } from '../chart/curve.ts';
import { errorCurve, referenceOf } from '../chart/prediction-error.ts';
import { liveModels } from '../derive.ts';
import type { State } from '../state.ts';
import { send, useStore } from '../store.ts';
import { Term } from '../ui/Term.tsx';
import ui from '../ui/ui.module.css';
import { count, percent, sentence } from '../words.ts';
import styles from './theory.module.css';

const FLOWS = [
  'gradient-flow',
  'sign-flow',
  'modified-flow',
  'third-order-flow',
  'principal-flow',
  'central-flow',
  'shuffled-runs',
] as const;
const wordsOf = (flow: DrawnFlow): string => flow.replace(/-/g, ' ');

/** The plan's prediction by a flow: from step 0 if there is one, else from the growth on. */
function keyOf(flow: (typeof FLOWS)[number], known: { has(key: string): boolean }): string {
  return known.has(`${flow}|0|plan`) || !known.has(`${flow}|growth|plan`) ? `${flow}|0|plan` : `${flow}|growth|plan`;
}

/** Mean |prediction − measurement| over the measured steps of these models; `null` if they never meet. */
export function meanError(chart: State['chart'], key: string, models: readonly ModelId[]): number | null {
  let sum = 0;
  let points = 0;
  for (const id of models) {
    const predicted = chart.predicted.get(key)?.get(id);
    const measured = referenceOf(chart, key, id);
    if (!predicted || !measured) continue;
    const error = errorCurve(predicted, measured);
    // Where only its first step is known, a prediction is still the measurement it began from.
    if (error.length < 2) continue;
    for (let i = 0; i < error.length; i++) sum += Math.abs(error.losses[i] ?? 0);
    points += error.length;
  }
  return points > 1 ? sum / points : null;
}

/** Last step of a prediction; endless where there is none. */
function reachOf(chart: State['chart'], key: string): number {
  const ends = [...(chart.predicted.get(key)?.values() ?? [])].map((curve) => lastStep(curve) ?? -Infinity);
  return ends.length === 0 ? Infinity : Math.max(...ends);
}

const OWN_WORDS: Readonly<Partial<Record<DrawnFlow, string>>> = {
  'central-flow': 'The central flow predicts the mean of the loss where it oscillates; single spikes and the onset it does not.',
  'third-order-flow': 'The modified flow with the next term: what a step of gradient descent does to the third order in h.',
  'principal-flow': 'Along the three steepest directions what gradient descent does on a quadratic, the modified flow along the rest.',
  'sign-flow': 'What the optimizer would follow in infinitely small steps: every weight about as far as every other. The control.',
};

const known = (error: number | null | undefined): error is number => error !== null && error !== undefined;

const figure = (x: number): string => (x >= 0.01 ? x.toFixed(3) : x.toPrecision(2));

function Cost({ flow, cost }: { readonly flow: (typeof FLOWS)[number]; readonly cost: PredictionCost | undefined }) {
  return (
    <div className={styles.line}>
      <dt>Gradients, {wordsOf(flow)}</dt>
      <dd>
        <b>{cost ? count(cost.gradients) : '–'}</b>
        {cost?.state === 'running' ? <span> {percent(cost.progress)} done</span> : null}
        {cost?.state === 'cancelled' ? <span> cancelled</span> : null}
        {cost?.state === 'waiting' ? <span> waits</span> : null}
      </dd>
    </div>
  );
}

/** What is not drawn and why, or how far it holds. */
function Notes({ notes }: { readonly notes: readonly string[] }) {
  return notes.map((note) => (
    <p key={note} className={styles.under}>
      {note}
    </p>
  ));
}

export function Agreement() {
  const chart = useStore((s) => s.chart);
  const trust = useStore((s) => s.trust);
  const growth = useStore((s) => s.growth);
  const step = useStore((s) => s.step);
  const unavailable = useStore((s) => s.unavailable);
  const experiment = useStore((s) => s.experiment);
  const live = useStore((s) => liveModels(s).join(' '));
  const models = useMemo(() => live.split(' '), [live]);
  const over = useStore((s) => s.phase === 'finished');
  const notes = useStore((s) => s.flowNotes);
  // Gradients are counted in full batches.
  const batches = useStore((s) => (s.flow?.kind === 'mini-batch' ? s.flow.batches : 1));
  // At step 0 a prediction is the measurement: there is nothing to say yet.
  const errors = useMemo(
    () => FLOWS.map((flow) => (step === 0 ? null : meanError(chart, keyOf(flow, trust), models))),
    [chart, trust, models, step],
  );
  if (unavailable !== null) {
    return (
      <section aria-label="Prediction">
        <h2 className={ui.heading}>No prediction</h2>
        <p className={ui.note}>{sentence(unavailable)}</p>
      </section>
    );
  }
  if (experiment.predict.length === 0)
    return <p className={ui.note}>This experiment asks for no prediction. Setup, Prediction turns one on.</p>;
  if (trust.size === 0)
    return notes.length > 0 ? (
      <Notes notes={notes} />
    ) : (
      <p className={ui.note}>Predictions start at the growth step. Point at Fuse now to see one.</p>
    );
  const errorOf = (flow: (typeof FLOWS)[number]): number | null => errors[FLOWS.indexOf(flow)] ?? null;
  const [gradient, modified] = [errorOf('gradient-flow') ?? errorOf('sign-flow'), errorOf('modified-flow')];
  const closer = gradient && modified ? gradient / modified : null;
  const costs = FLOWS.map((flow) => [flow, trust.get(keyOf(flow, trust))] as const).filter(([, cost]) => cost !== undefined);
  const until = trust.get(keyOf('modified-flow', trust))?.trustedUntil ?? null;
  // A prediction may end before the run does.
  const trustedTo = Math.min(step, reachOf(chart, keyOf('modified-flow', trust)));
  const ends = over || trustedTo < step;
  const isRunning = costs.some(([, cost]) => cost?.state === 'running');
  const sources = growth ? growth.step * growth.sources.length + (step - growth.step) : step * models.length;
  const explains = `Mean distance between predicted and measured loss of ${models.join(' and ')}, over the steps ${over ? 'of the run' : 'so far'}.`;
  return (
    <>
      <dl className={styles.lines}>
        {FLOWS.map((flow, i) =>
          flow !== 'shuffled-runs' && (trust.has(keyOf(flow, trust)) || known(errors[i])) ? (
            <div className={styles.line} key={flow}>
              <dt>
                <Term explains={OWN_WORDS[flow] ?? explains}>
                  {over ? 'Error' : 'Error so far'}, {wordsOf(flow)}
                </Term>
              </dt>
              <dd>
                <b>{known(errors[i]) ? figure(errors[i]) : '–'}</b>
                {flow === 'modified-flow' && closer !== null && closer > 1.05 ? (
                  <span className={styles.closer}> {closer >= 10 ? closer.toFixed(0) : closer.toFixed(1)} × closer</span>
                ) : null}
              </dd>
            </div>
          ) : null,
        )}
        <div className={styles.line}>
          <dt>
            <Term explains="First step at which prediction and measurement differ by more than 1 % of the drop so far.">Trusted until</Term>
          </dt>
          <dd>
            <b>{until !== null ? `step ${count(until)}` : errors.some(known) ? `step ${count(trustedTo)}` : '–'}</b>
            {until === null && errors.some(known) ? <span>{ends ? ' (the end)' : ' so far'}</span> : null}
          </dd>
        </div>
        {costs.map(([flow, cost]) => (
          <Cost key={flow} flow={flow} cost={cost} />
        ))}
        <div className={styles.line}>
          <dt>
            <Term explains="One gradient a step and network, counted in full batches. The prediction costs more than the run: it explains, it does not save.">
              Gradients, the run itself
            </Term>
          </dt>
          <dd>
            <b>{count(sources / batches)}</b>
          </dd>
        </div>
      </dl>
      <Notes notes={notes} />
      {isRunning ? (
        <button
          type="button"
          className={`${ui.button} ${ui.small} ${ui.wide} ${styles.cancel}`}
          onClick={() => send({ type: 'cancel-prediction' })}
        >
          Cancel prediction
        </button>
      ) : null}
    </>
  );
}
