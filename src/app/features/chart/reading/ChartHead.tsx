/**
 * The row above the plot: keys of the line styles; while the chart is read, the numbers in their place; while something
 * is asked, Run this branch. At its right the switches of both axes.
 */
import { say as trust } from '../../../text/en/theory/trust.ts';
import { say } from '../../../text/en/chart/chart.ts';
import { memo, type ReactNode } from 'react';
import type { DrawnFlow } from '../../../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../../../experiment/declared/flows.ts';
import { taskRow } from '../../../../experiment/declared/tasks.ts';
import { taskWords } from '../../../../experiment/describe.ts';
import { runBranch } from '../../../state/control/run-control.ts';
import { hueOf } from '../../../look/hues.ts';
import { setState, useStore } from '../../../state/store.ts';
import type { State } from '../../../state/state.ts';
import { askedByReader } from '../../../state/derived/asked.ts';
import { hatchNow } from '../../../state/derived/trust.ts';
import { probeWord } from '../../../text/probe-word.ts';
import { Segments } from '../../../ui/Segments.tsx';
import { Term } from '../../../ui/terms/Term.tsx';
import { Explanation, Word } from '../../../ui/terms/Word.tsx';
import ui from '../../../ui/ui.module.css';
import type { AxisKind } from '../../../plot/frame/axis.ts';
import styles from './head.module.css';
import { count } from '../../../text/numbers.ts';
import { bestSoFar, type Quantity, quantitiesOf, quantityKey, shownQuantity } from '../../../state/derived/answers.ts';
import { later } from '../../../ui/later.tsx';
import { Fetched } from '../../status/Fetched.tsx';
import { AgainstLink } from './AgainstLink.tsx';
import { readingsAt } from './readout.ts';
import { useSeries } from './Reading.tsx';
import { valueOf } from './quantity-words.ts';
import { type SeriesKind, strokeOf } from '../../../plot/curves/series.ts';
import { BESIDE, BESIDE_KINDS, isBeside } from '../../../plot/curves/beside.ts';
import { Swatch } from '../../../plot/marks/Swatch.tsx';
import { setZoom, useZoom } from '../../../state/view.ts';
import { hides, isPresenting, shownExperiment } from '../../../state/derived/derive.ts';

export const ChartHead = memo(function ChartHead({ compact, axes }: { readonly compact: boolean; readonly axes: readonly AxisKind[] }) {
  const presenting = useStore(isPresenting);
  const hover = useStore((s) => s.hover);
  const axesShown = useStore((s) => !hides(s, 'axes'));
  return (
    <div className={styles.head} data-reading={hover === null ? undefined : ''}>
      <Keys compact={compact} />
      <AgainstLink />
      <Branch />
      {presenting ? <Exact /> : !compact && axesShown && <Switches axes={axes} />}
      {hover === null ? null : <Readout step={hover} />}
    </div>
  );
});

function Keys({ compact }: { readonly compact: boolean }) {
  const probe = useStore((s) => shownExperiment(s).probe);
  const batch = useStore((s) => shownExperiment(s).batch);
  const task = useStore((s) => shownExperiment(s).task);
  const presenting = useStore(isPresenting);
  const quantity = useStore(shownQuantity);
  const beside = useStore(besideShown).split(' ').filter(isBeside);
  const predicted = useStore((s) => s.chart.predicted.size > 0 || (shownExperiment(s).predict.length > 0 && s.unavailable === null));
  return (
    <div className={styles.keys}>
      <Title quantity={quantity} />
      {quantity && <Best quantity={quantity} />}
      {/* What runs is named first; with several baselines there is no room for more. */}
      {!compact && !presenting && !quantity && beside.length < 2 && !beside.includes('ensemble') && (
        <span className={styles.aside}>
          {say.in}
          <Word id="nat">{say.nats}</Word> ·{' '}
          <Word id={probeWord(batch)}>{say.probed(count(probe), batch === 'full', taskRow(task).examples)}</Word>
        </span>
      )}
      <Key kind="source" model="none" words={<Word id="measured">{say.measured}</Word>} />
      {predicted && !quantity && <Key kind="modified" model="M" words={<Term explains={<Predicted />}>{say.predicted}</Term>} />}
      {beside.map((kind) => {
        const { model, explains, key, short } = BESIDE[kind];
        return <Key key={kind} kind={kind} model={model} words={<Word id={explains}>{compact ? short : key}</Word>} />;
      })}
    </div>
  );
}

/** The choice of the chart's quantity, where the run says how good its answers are. */
function Title({ quantity }: { readonly quantity: Quantity | null }) {
  const quantities = useStore((s) => quantitiesOf(s.metrics));
  if (quantities.length === 0)
    return (
      <strong className={styles.title}>
        <Word id="loss">{say.lossTitle}</Word>
      </strong>
    );
  return (
    <select
      className={styles.choice}
      aria-label={say.whatIsShown}
      value={quantity ? quantityKey(quantity) : ''}
      onChange={(event) => setState({ quantity: event.currentTarget.value })}
    >
      <option value="">{say.lossTitle}</option>
      {quantities.map((each) => (
        <option key={quantityKey(each)} value={quantityKey(each)}>
          {nameOf(each)}
        </option>
      ))}
    </select>
  );
}

export const nameOf = (quantity: Quantity): string => say.share(quantity.name, taskWords(quantity), quantity.split === 'test');

/** The best of the plan's networks, and when. */
function Best({ quantity }: { readonly quantity: Quantity }) {
  const best = useStore((s) => bestSoFar(s.metrics, quantity));
  return best && <span>{say.bestSoFar(best.model, valueOf(quantity)(best.value), count(best.step))}</span>;
}

/**
 * The networks that train beside the plan, or are to: in one text, so that the keys are drawn anew only when that
 * changes. The average is named when it is there.
 */
const besideShown = (s: State): string =>
  BESIDE_KINDS.filter(
    (kind) => s.chart.measured.has(BESIDE[kind].model) || (kind !== 'ensemble' && shownExperiment(s).baseline.includes(kind)),
  ).join(' ');

/** The meaning of a prediction, and the notes of those that are drawn. */
function Predicted() {
  const drawn = useStore((s) => [...new Set([...s.chart.predicted.keys()].map((key) => key.split('|')[0] ?? ''))].join(' '));
  const hatched = useStore((s) => hatchNow(s) !== null);
  const flows = drawn.split(' ').filter((flow): flow is DrawnFlow => flow in FLOW_ROWS);
  return (
    <>
      <Explanation id="predicted" source={false} />
      {flows.map((flow) => (
        <span key={flow} className={styles.flow}>
          <b>{FLOW_ROWS[flow].title}.</b> {FLOW_ROWS[flow].explains}
        </span>
      ))}
      {hatched && (
        <span className={styles.flow}>
          <b>{say.hatchedNotTrusted}</b> {trust.rule}
        </span>
      )}
    </>
  );
}

/** Takes the place of the keys while the chart is read, over what is beside and below them where it needs more room. */
function Readout({ step }: { readonly step: number }) {
  const series = useSeries();
  const quantity = useStore(shownQuantity);
  const readings = readingsAt(series, step);
  return (
    <div className={`${styles.keys} ${styles.readout}`} aria-live="polite" data-part="readout">
      <strong className={styles.title}>{say.step(count(step))}</strong>
      {readings.map((reading) => (
        <span key={reading.key} className={styles.key}>
          <KeyLine kind={reading.kind} model={reading.model} />
          <span>
            {reading.name} <b className={styles.value}>{valueOf(quantity)(reading.loss)}</b>
          </span>
        </span>
      ))}
      {readings.length === 0 && <span className={styles.aside}>{say.nothingHereYet}</span>}
    </div>
  );
}

function Key({ kind, model, words }: { readonly kind: SeriesKind; readonly model: string; readonly words: ReactNode }) {
  return (
    <span className={styles.key}>
      <KeyLine kind={kind} model={model} />
      <span>{words}</span>
    </span>
  );
}

function KeyLine({ kind, model }: { readonly kind: SeriesKind; readonly model: string }) {
  const stroke = strokeOf(kind, model);
  const measured = kind === 'fused' || kind === 'source';
  const color = model === 'none' ? 'var(--mut)' : measured ? hueOf(model) : stroke.color;
  return <Swatch className={styles.swatch} stroke={{ ...stroke, color, width: measured ? 4 : stroke.width }} />;
}

/** The question tried for real: a branch. */
function Branch() {
  const asked = useStore((s) => askedByReader(s) !== null && !s.theoryOpen);
  const zoom = useZoom();
  return (
    <>
      {zoom && (
        <button type="button" className={`${ui.button} ${styles.small}`} onClick={() => setZoom(null)}>
          {say.wholeRun}
        </button>
      )}
      {asked && (
        <button type="button" className={`${ui.button} ${ui.growth} ${styles.small}`} onClick={runBranch}>
          <BranchIcon />
          {say.runThisBranch}
        </button>
      )}
    </>
  );
}

function BranchIcon() {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M3 1v12M3 9.5c5 0 7-2 7-6.5" />
      <path d="M7.6 4.2 10 1.8l2.4 2.4" />
    </svg>
  );
}

const linesMenu = later(async () => (await import('./LinesMenu.tsx')).LinesMenu);

const AXIS_WORDS: Record<AxisKind, string> = { steps: say.axisSteps, compute: say.axisCompute, time: say.time };

function Switches({ axes }: { readonly axes: readonly AxisKind[] }) {
  const axis = useStore((s) => s.axis);
  const scale = useStore((s) => s.scale);
  const answers = useStore((s) => shownQuantity(s) !== null);
  return (
    <div className={styles.switches}>
      <Segments
        label={say.horizontalAxis}
        options={axes.map((value) => ({ value, words: AXIS_WORDS[value] }))}
        value={axis}
        choose={(value) => setState({ axis: value })}
      />
      {!answers && (
        <Segments
          label={say.lossAxis}
          options={[
            { value: 'linear' as const, words: say.linear },
            { value: 'log' as const, words: say.log },
          ]}
          value={scale}
          choose={(value) => setState({ scale: value })}
        />
      )}
      {!answers && <Fetched name={say.besideTheCurves} part={linesMenu} props={{}} />}
    </div>
  );
}

/** Share of exact answers, for the last row of the class. */
function Exact() {
  const now = useStore((s) => s.samples);
  const before = useStore((s) => s.samplesBefore);
  const entries = new Map<string, number>();
  for (const report of [before, now]) {
    if (!report || report.of === 0) continue;
    for (const [id, exact] of Object.entries(report.exact)) entries.set(id, exact / report.of);
  }
  if (entries.size === 0) return null;
  return (
    <div className={styles.exact}>
      <span>{say.wordsExact}</span>
      {[...entries].map(([id, share]) => (
        <b key={id} style={{ color: hueOf(id, true) }}>
          {id} {Math.round(share * 100)} %
        </b>
      ))}
    </div>
  );
}
