/** How well theory did so far: how far each flow is off, until when it is trusted, and what it cost. */
import { say as trust } from '../../../text/en/theory/trust.ts';
import { say } from '../../../text/en/theory/theory.ts';
import { useMemo } from 'react';
import { type TrustEdge } from '../../../../curves/trust.ts';
import { closenessOf } from '../../../../curves/closeness.ts';
import type { DrawnFlow } from '../../../../experiment/experiment.ts';
import { FLOW_ROWS, flowsIn, isControlFlow, type Source, sourcesOf } from '../../../../experiment/declared/flows.ts';
import type { PredictionCost } from '../../../../predict/reports.ts';
import { meanError } from '../../../plot/curves/prediction-error.ts';
import { edgeOfFlow, headlineOf, trustedUntil, trustOfFlow } from '../../../state/derived/trust.ts';
import { liveModels, shownExperiment } from '../../../state/derived/derive.ts';
import { useMeasuredTables } from '../../measured/theory-results.ts';
import { send, useStore } from '../../../state/store.ts';
import { SourceLinks } from '../SourceLinks.tsx';
import { Term } from '../../../ui/terms/Term.tsx';
import ui from '../../../ui/ui.module.css';
import { listed, sentence } from '../../../text/words.ts';
import { count, exactFigures, fixed, percent, times } from '../../../text/numbers.ts';
import parts from '../parts.module.css';
import styles from '../theory.module.css';
import { madeOf } from '../../../plot/curves/made.ts';

/** In the order of the table: the controls first, then what comes closer and closer. */
const FLOWS = flowsIn('agreement');
const CONTROLS = FLOWS.filter(isControlFlow);

/** The plan's prediction by a flow: from step 0 if there is one, else from the growth on. */
function keyOf(flow: DrawnFlow, known: { has(key: string): boolean }): string {
  return known.has(`${flow}|0|plan`) || !known.has(`${flow}|growth|plan`) ? `${flow}|0|plan` : `${flow}|growth|plan`;
}

const known = (error: number | null | undefined): error is number => error !== null && error !== undefined;

const figure = (x: number): string => (x >= 0.01 ? fixed(x, 3) : exactFigures(x, 2));

/** Flows without a card of their own say under the table where they come from. */
const HAVE_NO_CARD: readonly DrawnFlow[] = ['principal-flow', 'central-flow'];
export const sourcesBelow = (drawn: readonly DrawnFlow[]): readonly Source[] =>
  sourcesOf(HAVE_NO_CARD.filter((flow) => drawn.includes(flow)));

/** One line of the table. */
interface Line {
  /** When it was made, in words. */
  readonly said: string | null;
  readonly flow: DrawnFlow;
  readonly error: number | null;
  readonly cost: PredictionCost | undefined;
  readonly edge: TrustEdge | null;
  /** Last step that it was compared at; null before it was. */
  readonly comparedTo: number | null;
  /** Whether neither the run nor the prediction goes on. */
  readonly ended: boolean;
}

/** How far the prediction that stands for the run is trusted, as a sentence. */
function trustWords({ flow, edge, comparedTo, ended }: Line): string {
  const { words } = FLOW_ROWS[flow];
  if (edge?.estimate) return say.theIsTrustedUntilStepThat(words, count(edge.step));
  if (edge) return say.theIsTrustedUntilStep(words, count(edge.step));
  if (comparedTo === null) return '';
  return ended ? say.theIsTrustedToItsEnd(words, count(comparedTo)) : say.theHasBeenTrustedSoFar(words, count(comparedTo));
}

function Row({ line, explains }: { readonly line: Line; readonly explains: string }) {
  const { flow, error, cost, said } = line;
  const { title, explains: what } = FLOW_ROWS[flow];
  const mean = flow === 'shuffled-runs';
  return (
    <tr data-flow={flow}>
      <th scope="row">
        <Term explains={mean ? what : `${what} ${explains}`}>{title}</Term>
        {said === null || mean ? null : <small className={styles.said}> {said}</small>}
      </th>
      <td>{known(error) && !mean ? figure(error) : '–'}</td>
      <td>{mean ? '–' : trustedUntil(line.edge, line.comparedTo, line.ended)}</td>
      <td>
        {cost ? count(cost.gradients) : '–'}
        {cost?.state === 'running' ? <small>{say.done(percent(cost.progress))}</small> : null}
        {cost?.state === 'cancelled' ? <small>{say.cancelled}</small> : null}
        {cost?.state === 'waiting' ? <small>{say.waits}</small> : null}
      </td>
    </tr>
  );
}

/** Notes on predictions that are not drawn, and how far those hold that are. */
function Notes({ notes }: { readonly notes: readonly string[] }) {
  return notes.map((note) => (
    <p key={note} className={styles.under}>
      {note}
    </p>
  ));
}

export function Agreement() {
  const chart = useStore((s) => s.chart);
  const costs = useStore((s) => s.predictionCosts);
  const sharpness = useStore((s) => s.sharpness);
  const flow = useStore((s) => s.flow);
  const growth = useStore((s) => s.growth);
  const step = useStore((s) => s.step);
  const unavailable = useStore((s) => s.unavailable);
  const experiment = useStore(shownExperiment);
  const live = useStore((s) => liveModels(s).join(' '));
  const models = useMemo(() => live.split(' '), [live]);
  const over = useStore((s) => s.phase === 'finished');
  const notes = useStore((s) => s.flowNotes);
  // Gradients are counted in full batches.
  const batches = useStore((s) => (s.flow?.kind === 'mini-batch' ? s.flow.batches : 1));
  const lines = useMemo(
    () =>
      FLOWS.map((name): Line => {
        const trust = trustOfFlow(chart, name);
        const cost = costs.get(keyOf(name, costs));
        return {
          flow: name,
          // At step 0 a prediction is the measurement: there is nothing to say yet.
          said: madeOf(chart, keyOf(name, costs)),
          error: step === 0 ? null : meanError(chart, keyOf(name, costs), models),
          cost,
          edge: edgeOfFlow({ chart, sharpness, flow }, name, trust),
          comparedTo: step === 0 ? null : (trust?.comparedTo ?? null),
          ended: over && cost?.state !== 'running' && cost?.state !== 'waiting',
        };
      }),
    [chart, costs, sharpness, flow, models, step, over],
  );
  if (unavailable !== null) {
    return (
      <section aria-label={say.prediction}>
        <h2 className={ui.heading}>{say.noPrediction}</h2>
        <p className={ui.note}>{sentence(unavailable)}</p>
      </section>
    );
  }
  if (experiment.predict.length === 0) return <p className={ui.note}>{say.thisExperimentAsksForNo}</p>;
  if (costs.size === 0) return notes.length > 0 ? <Notes notes={notes} /> : <p className={ui.note}>{say.predictionsStartAtThe}</p>;
  const shown = lines.filter(({ cost, error }) => cost !== undefined || known(error));
  const headline = headlineOf(chart);
  const main = lines.find((line) => line.flow === headline);
  const trusted = main ? trustWords(main) : '';
  const isRunning = lines.some(({ cost }) => cost?.state === 'running');
  const sources = growth ? growth.step * growth.sources.length + (step - growth.step) : step * models.length;
  const explains = say.offByMeanDistanceBetween(listed(models), over);
  return (
    <section aria-label={say.howFarTheoryIsOff} className={parts.part}>
      <h2 className={ui.heading}>{say.howFarTheoryIsOff}</h2>
      <table className={parts.table}>
        <thead>
          <tr>
            <th scope="col">{over ? say.overTheRun : say.soFar}</th>
            <th scope="col">
              <Term explains={explains}>{say.offBy}</Term>
            </th>
            <th scope="col">
              <Term explains={trust.rule}>{say.trustedUntil}</Term>
            </th>
            <th scope="col">
              <Term explains={say.gradientsThatThePrediction}>{say.gradients}</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <Row key={line.flow} line={line} explains={explains} />
          ))}
          <tr>
            <th scope="row">{say.theRunItself}</th>
            <td>–</td>
            <td>–</td>
            <td>{count(sources / batches)}</td>
          </tr>
        </tbody>
      </table>
      <Closer lines={lines} headline={main} />
      {trusted === '' ? null : (
        <p className={styles.under} data-part="trusted">
          {trusted} {trust.rule}
        </p>
      )}
      <Notes notes={notes} />
      <SourceLinks of={sourcesBelow(shown.map(({ flow: drawn }) => drawn))} />
      {isRunning ? (
        <button
          type="button"
          className={`${ui.button} ${ui.small} ${ui.wide} ${styles.cancel}`}
          onClick={() => send({ type: 'cancel-prediction' })}
        >
          {say.cancelPrediction}
        </button>
      ) : null}
    </section>
  );
}

/** How many times closer than the control: on this seed, and beside it over all that were measured. */
function Closer({ lines, headline }: { readonly lines: readonly Line[]; readonly headline: Line | undefined }) {
  const running = useStore((s) => s.running ?? s.experiment);
  const { tables, state } = useMeasuredTables();
  const over = useMemo(() => (headline ? closenessOf(tables, running, headline.flow) : null), [tables, running, headline]);
  const control = lines.find(({ flow, error }) => CONTROLS.includes(flow) && known(error));
  if (!headline || CONTROLS.includes(headline.flow) || !known(headline.error) || !known(control?.error)) return null;
  const closer = control.error / headline.error;
  if (!(closer > 1.05)) return null;
  return (
    <p className={styles.under} data-part="closer">
      {say.closerThanTheIsTheOn(times(closer), FLOW_ROWS[control.flow].words, FLOW_ROWS[headline.flow].words)}
      {over ? (
        <>
          {say.overTheSeedsOfThisSetting(over.seeds)}
          <b>{say.medianFromTo(times(over.median), times(over.least), times(over.greatest))}</b>.
        </>
      ) : state === 'read' ? (
        say.thisSettingWasNotMeasured
      ) : (
        say.anotherSeedMayGiveQuite
      )}
    </p>
  );
}
