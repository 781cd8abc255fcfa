/**
 * How long a run takes on this device, and how long it still takes while it trains: its operations, and those beside
 * it, over the rate of the device, but no faster than its pace allows. One rule before and during the run. Pure.
 */
import { say } from '../../text/en/screen/state.ts';
import { batchSize } from '../../../experiment/cost/cost.ts';
import { ENSEMBLE_ID, type Experiment, isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import { refreshesIn } from '../../../experiment/cost/sharpness-steps.ts';
import { lastStep } from '../../../experiment/plan/plan.ts';
import { expectedBeside, expectedPast, GRADIENTS_A_SHARPNESS, isMeasured } from '../../../experiment/cost/work-beside.ts';
import type { ModelReport } from '../../../run/reports.ts';
import { type Work, workOf } from '../../plot/plan/work.ts';

/** Steps between which the same networks train, and what a step of all of them takes in operations. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly operations: number;
}

/** The run from step 0 to its end, baselines included, cut where networks begin or end. */
function segments({ stages, perStep }: Work): readonly Segment[] {
  const borders = [...new Set(stages.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  return borders.slice(1).map((to, i) => {
    const from = borders[i] ?? 0;
    const active = stages.filter((stage) => stage.from <= from && stage.to >= to && stage.from < stage.to);
    return { from, to, operations: active.reduce((sum, { model }) => sum + (perStep.get(model) ?? 0), 0) };
  });
}

/** Seconds that a step has to take at least. */
const paceOf = ({ pace }: Pick<Experiment, 'pace'>): number => (pace === 'max' ? 0 : 1 / pace);

/** How often λmax is measured between two steps, and what one measurement of all that train takes in operations. */
function sharpnessIn(
  experiment: Experiment,
  { stages, perStep }: Work,
  { from, to }: Segment,
): { readonly times: number; readonly operations: number } {
  const measured = stages.filter(
    ({ model, sources, ...stage }) =>
      stage.from <= from && stage.to >= to && model !== ENSEMBLE_ID && isMeasured(experiment, sources.length > 0 && !isBaseline(model)),
  );
  const share = experiment.probe / batchSize(experiment);
  return {
    times: Math.max(0, ...measured.map((stage) => refreshesIn(to - stage.from) - refreshesIn(from - stage.from))),
    operations: measured.reduce((sum, { model }) => sum + GRADIENTS_A_SHARPNESS * share * (perStep.get(model) ?? 0), 0),
  };
}

/** The knowledge of a run by now. */
export interface Standing {
  /** Operations a second of this device. */
  readonly flopsPerSecond: number;
  /** As the worker reports them, with the task's own sizes; none before it has. */
  readonly models?: readonly Pick<ModelReport, 'id' | 'flopsPerStep'>[];
  readonly step?: number;
  /** The speed of the last steps, where it trains. */
  readonly stepsPerSecond?: number;
  /** Predictions: operations that went into them, and whether they are all drawn, or follow the run's step sizes. */
  readonly predicted?: { readonly operations: number; readonly state: 'running' | 'waiting' | 'done' };
}

/** Seconds of the steps between two growths, and those in which something is computed. */
interface Stretch {
  readonly whole: number;
  readonly busy: number;
}

/** Seconds between two steps of a run with nothing beside it but what is measured, at a rate. */
function stretch(experiment: Experiment, work: Work, rate: number, [after, until]: readonly [number, number]): Stretch {
  const least = paceOf(experiment);
  const probe = expectedBeside(experiment, work.stages, work.perStep).probe / rate / Math.max(1, lastStep(work.stages));
  let [whole, busy] = [0, 0];
  for (const segment of segments(work)) {
    const cut = { ...segment, from: Math.max(segment.from, after), to: Math.min(segment.to, until) };
    const steps = cut.to - cut.from;
    if (steps <= 0) continue;
    const step = segment.operations / rate + probe;
    const all = sharpnessIn(experiment, work, segment);
    const times = (all.times * steps) / (segment.to - segment.from);
    const measuring = all.operations / rate;
    busy += steps * step + times * measuring;
    // A step before which λmax is measured takes that much longer, and the pace does not make up for it.
    whole += times * Math.max(least, step + measuring) + (steps - times) * Math.max(least, step);
  }
  return { whole, busy };
}

/**
 * Seconds until the end, before a run and while it trains, with what the page looks at along it (λmax) and works out
 * beside it (predictions). Predictions take what a pace leaves over; at full speed they share the time with the
 * training, half and half, until either is done. Where the run waits for them, it waits at the growth, until all that
 * can be drawn by then is.
 *
 * The present speed says more of a device than its rate: where steps took longer than expected, all that is computed
 * does.
 */
export function secondsToGo(
  experiment: Experiment,
  { flopsPerSecond, models = [], step = 0, stepsPerSecond, predicted }: Standing,
): number {
  const work = workOf(experiment, models);
  const end = lastStep(work.stages);
  if (step >= end) return 0;
  const expected = expectedBeside(experiment, work.stages, work.perStep).predictions;
  const left = predicted?.state === 'done' ? 0 : Math.max(0, expected - (predicted?.operations ?? 0));
  const rate = flopsPerSecond * slowness(experiment, work, { flopsPerSecond, step, sharing: left > 0 }, stepsPerSecond);
  const growth = Math.min(...work.stages.filter(({ sources, model }) => sources.length > 0 && !isBaseline(model)).map(({ from }) => from));
  const holds = experiment.wait === true && step < growth && growth < end;
  const [before, after] = [
    stretch(experiment, work, rate, [step, holds ? growth : end]),
    stretch(experiment, work, rate, [holds ? growth : end, end]),
  ];
  // Until the growth a prediction that follows the run comes as far as the run; it waits for one that does not.
  const past = predicted?.state === 'waiting' ? expectedPast(experiment, work.stages, work.perStep) : null;
  return shared(experiment, before, left / rate, holds, past === null ? null : past / rate) + after.whole;
}

/** Seconds of a stretch with predictions beside it. */
function shared(experiment: Experiment, { whole, busy }: Stretch, predictions: number, holds: boolean, past: number | null): number {
  if (holds && past !== null) return whole + past;
  if (experiment.pace === 'max') return whole + (holds ? predictions : Math.min(predictions, busy));
  return whole + (holds ? Math.max(0, predictions - (whole - busy)) : 0);
}

/**
 * How fast the device is against its rate, by the speed of the last steps; 1 where they keep a pace, or none is known.
 */
function slowness(
  experiment: Experiment,
  work: Work,
  { flopsPerSecond, step, sharing }: { readonly flopsPerSecond: number; readonly step: number; readonly sharing: boolean },
  stepsPerSecond: number | undefined,
): number {
  const now = segments(work).find(({ from, to }) => from <= step && step < to);
  if (!now || stepsPerSecond === undefined || !(stepsPerSecond > 0)) return 1;
  const { whole, busy } = stretch(experiment, work, flopsPerSecond, [now.from, now.to]);
  const alone = (experiment.pace === 'max' ? busy : whole) / (now.to - now.from);
  const expected = experiment.pace === 'max' && sharing ? 2 * alone : alone;
  return expected > paceOf(experiment) * 1.05 ? expected * stepsPerSecond : 1;
}

/** Operations a second, from steps that were timed: of all networks together. Null where none was. */
export function rateOf(
  models: readonly Pick<ModelReport, 'id' | 'flopsPerStep'>[],
  secondsPerStep: Readonly<Record<ModelId, number>>,
): number | null {
  const timed = models.filter(({ id, flopsPerStep }) => (secondsPerStep[id] ?? 0) > 0 && flopsPerStep > 0);
  const seconds = timed.reduce((sum, { id }) => sum + (secondsPerStep[id] ?? 0), 0);
  return seconds > 0 ? timed.reduce((sum, { flopsPerStep }) => sum + flopsPerStep, 0) / seconds : null;
}

/** `about 20 seconds`, `about 4 minutes`: no more figures than an estimate has. */
export function durationWords(seconds: number): string {
  if (seconds < 90) {
    const rounded = seconds < 10 ? Math.max(1, Math.round(seconds)) : 5 * Math.round(seconds / 5);
    return say.seconds(rounded);
  }
  if (seconds < 90 * 60) return say.minutes(Math.round(seconds / 60));
  return say.hours(Math.round(seconds / 3600));
}
