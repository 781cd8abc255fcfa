/**
 * The runs that the Cost tab and the line through the plot compare: the run on the screen and what was trained beside
 * it, seed by seed.
 */
import type { Experiment, ModelId } from '../../../experiment/experiment.ts';
import { remember, useLossLine } from '../../state/view.ts';
import { useStore } from '../../state/store.ts';
import { commonLoss, costsAtLoss } from './at-loss.ts';
import { hasSeveral, ofLastTask } from './last-task.ts';
import { rowsAtLoss, type SeedRun } from './summary.ts';
import type { Trial } from './trial-worker.ts';
import { canTryScratch, FACTORS, found, scratchIn, scratchWith, seedsOf, useTrials, withSeed } from './trials.ts';
import { inSeconds, type Work, workOf } from '../../plot/plan/work.ts';

export type Unit = 'FLOPs' | 's';

/** The work of a run in a unit; null while its seconds are not known. */
function workIn(unit: Unit, experiment: Experiment, models: Trial['models'], seconds: ReadonlyMap<ModelId, number>): Work | null {
  const work = workOf(experiment, models);
  return unit === 'FLOPs' ? work : inSeconds(work, seconds);
}

/**
 * Runs of the experiment by seed, the one on the screen first, each with the step sizes that were tried from scratch.
 * @param now with its losses on the last task alone
 */
function seedRuns(unit: Unit, now: Trial, done: readonly Trial[]): readonly SeedRun[] {
  const { experiment } = now;
  return seedsOf(experiment).flatMap((seed): SeedRun[] => {
    const trial = seed === experiment.seed ? now : found(done, withSeed(experiment, seed));
    const work = trial && workIn(unit, trial.experiment, trial.models, trial.seconds);
    if (!trial || !work) return [];
    const factors: readonly number[] = canTryScratch(experiment) ? FACTORS : [];
    const attempts = factors.flatMap((factor) => {
      const tried = found(done, scratchWith(experiment, factor, seed));
      const own = tried && workIn(unit, tried.experiment, tried.models, tried.seconds);
      const model = tried ? scratchIn(tried) : '';
      return tried && own ? [{ work: own, model, curve: tried.measured.get(model) }] : [];
    });
    const measured = trial === now ? now.measured : ofLastTask(trial.experiment, trial.measured);
    return [{ seed, work, measured, attempts }];
  });
}

/** Selectors that would otherwise scan every curve for each of those that ask. */
const trialOf = remember(
  (experiment: Experiment, models: Trial['models'], measured: Trial['measured'], seconds: Trial['seconds']): Trial => ({
    experiment,
    models,
    measured,
    seconds,
  }),
);
const compared = remember(ofLastTask);
const runsIn = { FLOPs: remember(seedRuns), s: remember(seedRuns) };
/** The lowest loss that every seed's run and baseline reached. */
const common = remember((seeds: readonly SeedRun[]): number | null => {
  const all = seeds.map(({ work, measured }) => commonLoss(work, measured));
  return all.some((loss) => loss === null) || all.length === 0 ? null : Math.max(...all.map((loss) => loss ?? 0));
});
const costs = remember(costsAtLoss);
const atLoss = { FLOPs: remember(rowsAtLoss), s: remember(rowsAtLoss) };

export function useCosts(unit: Unit = 'FLOPs') {
  const experiment = useStore((s) => s.running ?? s.experiment);
  const models = useStore((s) => s.models);
  const measured = useStore((s) => s.chart.measured);
  const seconds = useStore((s) => s.stepSeconds);
  const done = useTrials((s) => s.done);
  const chosen = useLossLine().loss;
  const now = trialOf(experiment, models, compared(experiment, measured), seconds);
  const seeds = runsIn[unit](unit, now, done);
  const lowest = common(seeds);
  const loss = chosen ?? lowest;
  const work = seeds[0]?.work ?? workOf(experiment, models);
  return {
    experiment,
    work,
    measured,
    seeds,
    /** The loss or budget of the comparison unless the reader chose one. */
    lowest,
    loss,
    /** Whether losses on the last task alone are compared. */
    lastTaskAlone: hasSeveral(experiment),
    /** Of the run on the screen. */
    costs: costs(work, now.measured, loss ?? 0),
    /** Over the seeds. */
    rows: atLoss[unit](seeds, loss ?? 0),
    /** Whether half and twice the step size were tried from scratch with every seed. */
    tuned: seeds.length > 0 && seeds.every(({ attempts }) => attempts.length === FACTORS.length),
  };
}
