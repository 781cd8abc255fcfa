/**
 * How long a run takes on this device. Before it: its operations, and those beside it, over the rate of the device, but no faster
 * than its pace allows.
 * While it trains: the steps that are left at the speed of the last ones, later and larger networks by their operations. Pure.
 */
import { say } from '../../text/en/state.ts';
import { batchSize } from '../../../experiment/cost.ts';
import { ENSEMBLE_ID, type Experiment, isBaseline, type ModelId } from '../../../experiment/experiment.ts';
import { refreshesIn } from '../../../experiment/sharpness-steps.ts';
import { expectedBeside, GRADIENTS_A_SHARPNESS, isMeasured } from '../../../experiment/work-beside.ts';
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

/**
 * Seconds of the whole run, with what the page looks at along it (λmax) and works out beside it (predictions). Predictions take what a
 * pace leaves over. At full speed they share the time with the training, half and half, until either is done; where the run waits
 * for them, it waits for all of them.
 * @param flopsPerSecond operations a second of this device
 * @param models as the worker reports them, with the task's own sizes; none before it has
 */
export function secondsBefore(
  experiment: Experiment,
  flopsPerSecond: number,
  models: readonly Pick<ModelReport, 'id' | 'flopsPerStep'>[] = [],
): number {
  const work = workOf(experiment, models);
  const beside = expectedBeside(experiment, work.stages, work.perStep);
  const least = paceOf(experiment);
  let [whole, busy] = [0, beside.probe / flopsPerSecond];
  for (const segment of segments(work)) {
    const steps = segment.to - segment.from;
    const step = segment.operations / flopsPerSecond;
    const { times, operations } = sharpnessIn(experiment, work, segment);
    const measuring = operations / flopsPerSecond;
    busy += steps * step + times * measuring;
    // A step before which λmax is measured takes that much longer, and the pace does not make up for it.
    whole += times * Math.max(least, step + measuring) + (steps - times) * Math.max(least, step);
  }
  whole = Math.max(whole, busy);
  const left = Math.max(0, beside.predictions / flopsPerSecond - (whole - busy));
  return whole + (experiment.wait === true ? left : Math.min(left, busy));
}

/** Seconds until the end from a step on, at the speed of the last steps; null where nothing is known of it. */
export function secondsLeft(
  experiment: Experiment,
  models: readonly Pick<ModelReport, 'id' | 'flopsPerStep'>[],
  step: number,
  stepsPerSecond: number,
): number | null {
  if (!(stepsPerSecond > 0)) return null;
  const all = segments(workOf(experiment, models));
  const now = all.find(({ from, to }) => from <= step && step < to);
  if (!now) return null;
  const least = paceOf(experiment);
  const perStep = 1 / stepsPerSecond;
  return all
    .filter(({ to }) => to > step)
    .reduce((sum, { from, to, operations }) => {
      // What trains now goes on as it goes; what is larger takes longer by its operations, and nothing goes faster than the pace.
      const each = from <= step ? perStep : Math.max(least, now.operations > 0 ? (perStep * operations) / now.operations : perStep);
      return sum + (to - Math.max(from, step)) * each;
    }, 0);
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
