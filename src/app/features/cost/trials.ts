/**
 * Runs beside the one on the screen, for a spread and for a fair baseline: the same experiment with other seeds, and
 * the large network from scratch with half and twice its step size. They train one after another in a worker of their
 * own, nothing on the screen moves, and what came out is kept for as long as the page is open.
 */
import { useStore as useZustand } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type Experiment, type ModelId, SCRATCH_ID, type StepSize, type StepSizeTable, tableAt } from '../../../experiment/experiment.ts';
import { lastStep, planOf, schedule, type ScheduledStage } from '../../../experiment/plan/plan.ts';
import { modelSizes } from '../../../experiment/plan/plan-size.ts';
import { keep } from '../../state/kept.ts';
import { hasSeveral } from './last-task.ts';
import { train, type Trial } from './trial-worker.ts';

interface Trials {
  readonly done: readonly Trial[];
  readonly under: { readonly words: string; readonly step: number; readonly steps: number; readonly left: number } | null;
  /** Why the last one could not be made. */
  readonly failed: string | null;
}

const trials = createStore<Trials>()(() => ({ done: [], under: null, failed: null }));

export function useTrials<T>(selector: (state: Trials) => T): T {
  return useZustand(trials, selector);
}

/** Step sizes that the large network from scratch may choose from, in hindsight, as multiples of the run's. */
export const FACTORS = [0.5, 2] as const;
/** Seeds that are compared, the run's own among them. */
const SEEDS = 3;

/** The run's seed and those behind it. */
export function seedsOf({ seed }: Pick<Experiment, 'seed'>): readonly number[] {
  return Array.from({ length: SEEDS }, (_, i) => seed + i);
}

/** The same experiment with another seed, as fast as it goes; what is only shown is left out. */
export function withSeed(experiment: Experiment, seed: number): Experiment {
  return { ...experiment, seed, predict: [], pace: 'max' };
}

/**
 * Whether the large network from scratch can be tried with other step sizes: by itself it has no plan, so it can't
 * follow one from task to task or from text to text.
 */
export const canTryScratch = (experiment: Experiment): boolean => experiment.baseline.includes('scratch') && !hasSeveral(experiment);

/** The large network from scratch, by itself, with another step size; it changes where the run's does. */
export function scratchWith(experiment: Experiment, factor: number, seed: number): Experiment {
  const stages = schedule(planOf(experiment));
  const model = modelSizes(experiment, stages).get(stages.at(-1)?.model ?? '') ?? experiment.model;
  // From scratch: no network from a file.
  const { plan: _plan, source: _source, ...rest } = withSeed(experiment, seed);
  return {
    ...rest,
    model,
    grow: null,
    steps: lastStep(stages),
    baseline: [],
    h: scaled(stepSizeThrough(experiment, stages), factor),
    h2: null,
  };
}

/**
 * The step size of the whole run in one: before the growth, and after it. A held sharpness is no part of a table and
 * stands for all of it.
 */
function stepSizeThrough({ h, h2 }: Experiment, stages: readonly ScheduledStage[]): StepSize {
  const growths = stages.filter(({ sources }) => sources.length > 0).map(({ from }) => from);
  if (h2 === null || h.kind === 'edge' || h2.kind === 'edge' || growths.length === 0) return h;
  const grow = Math.min(...growths);
  const rows = (size: Exclude<StepSize, { kind: 'edge' }>): StepSizeTable => (size.kind === 'constant' ? [[0, size.value]] : size.table);
  const after: StepSizeTable = [[grow, tableAt(rows(h2), grow)], ...rows(h2).filter(([step]) => step > grow)];
  return { kind: 'table', table: [...rows(h).filter(([step]) => step < grow), ...after] };
}

function scaled(size: StepSize, factor: number): StepSize {
  const times = (value: number): number => Number((value * factor).toPrecision(6));
  switch (size.kind) {
    case 'constant':
      return { kind: 'constant', value: times(size.value) };
    case 'edge':
      return { kind: 'edge', edge: times(size.edge) };
    case 'table':
      return { kind: 'table', table: size.table.map(([step, value]) => [step, times(value)] as const) };
  }
}

/** Whether two experiments give the same numbers. */
export function sameNumbers(a: Experiment, b: Experiment): boolean {
  const essence = ({ preset: _preset, pace: _pace, predict: _predict, from: _from, adapter: _adapter, ...rest }: Experiment): string =>
    JSON.stringify(Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)));
  return a === b || essence(a) === essence(b);
}

export function found(done: readonly Trial[], experiment: Experiment): Trial | undefined {
  return done.find((trial) => sameNumbers(trial.experiment, experiment));
}

let cancel: AbortController | null = null;

/** Trains those that there are not yet, one after another. */
export async function runTrials(wanted: readonly { readonly experiment: Experiment; readonly words: string }[]): Promise<void> {
  if (cancel) return;
  const stop = new AbortController();
  cancel = stop;
  const missing = wanted.filter(({ experiment }) => !found(trials.getState().done, experiment));
  trials.setState({ failed: null });
  try {
    for (const [i, { experiment, words }] of missing.entries()) {
      const { steps } = experiment;
      const tell = (step: number): void => trials.setState({ under: { words, step, steps, left: missing.length - i } });
      tell(0);
      const trial = await train(experiment, tell, stop.signal);
      if (!trial) break;
      trials.setState(({ done }) => ({ done: [...done, trial] }));
      keep(trial.experiment, trial.models, { measured: trial.measured, predicted: new Map() });
    }
  } catch (error) {
    trials.setState({ failed: error instanceof Error ? error.message : String(error) });
  } finally {
    cancel = null;
    trials.setState({ under: null });
  }
}

export function stopTrials(): void {
  cancel?.abort();
}

/** Of a run with other step sizes: the network from scratch, under whatever name it trained. */
export const scratchIn = (trial: Trial): ModelId => (trial.experiment.grow === null ? (trial.models[0]?.id ?? 'A') : SCRATCH_ID);
