/**
 * One growth step of the map, predicted for all step sizes after it at once. The sources take their own steps from the
 * nearest state that is known to the growth (a gradient a step, exact), are grown there, and from there on gradient flow is
 * forecast by RKC (theory/integrate/chebyshev.ts): it knows no step size, so one forecast serves the whole row. Where the window of
 * the Gauss–Newton spectrum reaches a cell it is taken as well.
 */
import type { Pool } from '../../engine/device.ts';
import { tableAt, type Experiment, type ModelId, type StepSizeTable } from '../../experiment/experiment.ts';
import { planOf, schedule, type ScheduledStage } from '../../experiment/plan/plan.ts';
import { ForecastLimitError, forecastGradientFlow, type LossInTime } from '../../theory/integrate/chebyshev.ts';
import { gaussNewtonSpectrum, type GaussNewtonSpectrum } from '../../theory/curvature/gauss-newton.ts';
import { applyWhatIf } from '../../run/what-if.ts';
import { growthNormFactors } from '../../run/grow-stage.ts';
import type { Run } from '../../run/run.ts';
import { grow, planConfigs } from '../../run/setup.ts';
import type { Snapshot } from '../../run/snapshot.ts';

/** What is known of a growth step. */
export interface MapRow {
  /** The loss of the grown network along gradient flow, by the time since the growth. */
  readonly curve: LossInTime;
  readonly spectrum: GaussNewtonSpectrum | null;
  /** The time for which all of it was asked and done, also where the forecast ended earlier; 0 while it is under way. */
  readonly done: number;
}

/** The sources of the growth at a step, in pools of their own. */
export class SourceState {
  readonly step: number;
  readonly thetas: ReadonlyMap<ModelId, Pool>;
  private readonly release: () => void;

  constructor(step: number, thetas: ReadonlyMap<ModelId, Pool>, release: () => void) {
    this.step = step;
    this.thetas = thetas;
    this.release = release;
  }

  dispose(): void {
    this.release();
  }
}

/** The growth of an experiment with one. */
export function growthOf(experiment: Experiment): { readonly plan: readonly ScheduledStage[]; readonly stage: ScheduledStage } {
  const plan = schedule(planOf(experiment));
  const stage = plan.find(({ sources }) => sources.length > 0);
  if (!stage) throw new Error('the plan has no growth, so there is no map of it');
  return { plan, stage };
}

/** The sources as a snapshot from before their growth has them. */
export async function sourcesAt(run: Run, snapshot: Snapshot): Promise<SourceState> {
  const { stage } = growthOf(run.experiment);
  const thetas = new Map<ModelId, Pool>();
  const released: (() => void)[] = [];
  const state = new SourceState(snapshot.step, thetas, () => released.forEach((each) => each()));
  try {
    for (const id of new Set(stage.sources)) {
      const found = snapshot.trainers.get(id);
      if (!found) throw new Error(`the state at step ${snapshot.step} lacks ${id}, of which ${stage.model} is grown`);
      const { space } = await run.objective(found.config);
      const theta = space.fromTensors(found.parameters);
      released.push(() => space.dispose(theta));
      thetas.set(id, theta);
    }
  } catch (error) {
    state.dispose();
    throw error;
  }
  return state;
}

/** The sources' own steps of gradient descent to a later step. The state given is used up. Yields gradients. */
export async function* trainSources(
  run: Run,
  state: SourceState,
  to: number,
  table: StepSizeTable,
): AsyncGenerator<number, SourceState, undefined> {
  const configs = planConfigs(run.experiment, growthOf(run.experiment).plan, run.data.task.vocabularySize);
  for (const [id, theta] of state.thetas) {
    const config = configs.get(id);
    if (!config) throw new Error(`the plan has no model ${id}`);
    const objective = await run.objective(config);
    const gradient = objective.space.create();
    try {
      for (let step = state.step; step < to; step++) {
        await objective.lossAndGradient(theta, gradient);
        objective.space.axpy(-tableAt(table, step), gradient, theta);
        yield 1;
      }
    } finally {
      objective.space.dispose(gradient);
    }
  }
  return new SourceState(to, state.thetas, () => state.dispose());
}

export interface RowRequest {
  readonly run: Run;
  /** At the growth step. */
  readonly sources: SourceState;
  /** Longest time after the growth that is asked about. */
  readonly duration: number;
  /** Whether some cell lies within the spectrum's window. */
  readonly withSpectrum: boolean;
  /** Filled as the forecast goes on. */
  take(row: MapRow): void;
}

/** Grows the sources and forecasts. Yields gradients. */
export async function* predictRow({ run, sources, duration, withSpectrum, take }: RowRequest): AsyncGenerator<number, void, undefined> {
  const experiment = applyWhatIf(run.experiment, { grow: sources.step });
  const { plan, stage } = growthOf(experiment);
  const configs = planConfigs(experiment, plan, run.data.task.vocabularySize);
  const configOf = (id: ModelId) => {
    const config = configs.get(id);
    if (!config) throw new Error(`the plan has no model ${id}`);
    return config;
  };
  const grown = [];
  for (const [name, theta] of sources.thetas) {
    const config = configOf(name);
    grown.push({ name, config, parameters: await (await run.objective(config)).space.toTensors(theta) });
  }
  const factors = experiment.norm === 'compensated' ? await growthNormFactors(run.device, stage, grown, run.data.probe) : new Map();
  const config = configOf(stage.model);
  const large = await run.objective(config);
  const theta = large.space.fromTensors(grow(experiment, stage, grown, factors).parameters);
  try {
    const { curve, work } = forecastGradientFlow(large, theta, duration);
    take({ curve, spectrum: null, done: 0 });
    try {
      yield* work;
    } catch (error) {
      // What was forecast before the sharpness outgrew every step stands.
      if (!(error instanceof ForecastLimitError)) throw error;
    }
    if (!withSpectrum) return take({ curve, spectrum: null, done: duration });
    take({ curve, spectrum: yield* gaussNewtonSpectrum(large, theta), done: duration });
  } finally {
    large.space.dispose(theta);
  }
}
