/**
 * One growth step of the map, predicted for all step sizes after it at once. The sources take their own steps from the
 * nearest state that is known to the growth (a gradient a step, exact), are grown there, and from there on gradient
 * flow is forecast by RKC (theory/integrate/chebyshev.ts): it knows no step size, so one forecast serves the whole row.
 * Where the window of the Gauss–Newton spectrum reaches a cell it is taken as well.
 */
import type { Pool } from '../../engine/device.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors } from '../../engine/vector-space.ts';
import { tableAt, type Experiment, type ModelId, type StepSizeTable } from '../../experiment/experiment.ts';
import { planOf, schedule, type ScheduledStage } from '../../experiment/plan/plan.ts';
import { ForecastLimitError, forecastGradientFlow, type LossInTime } from '../../theory/integrate/chebyshev.ts';
import { gaussNewtonSpectrum, type GaussNewtonSpectrum } from '../../theory/curvature/gauss-newton.ts';
import { withWhatIf } from '../../experiment/plan/what-if.ts';
import { growthNormFactors } from '../../run/growth/grow-stage.ts';
import type { Run } from '../../run/run.ts';
import { grow, planConfigs } from '../../run/setup/setup.ts';
import type { Snapshot } from '../../run/snapshot.ts';

/** The known values of a growth step. */
export interface MapRow {
  /** The loss of the grown network along gradient flow, by the time since the growth. */
  readonly curve: LossInTime;
  readonly spectrum: GaussNewtonSpectrum | null;
  /**
   * The time for which all of it was asked and done, also where the forecast ended earlier; 0 while it is under way.
   */
  readonly done: number;
}

/** The sources of the growth at a step, in pools of their own. */
export class SourceState {
  readonly step: number;
  readonly thetas: ReadonlyMap<ModelId, Pool>;
  private readonly own: Resources;

  /** @param own what the pools are given back by */
  constructor(step: number, thetas: ReadonlyMap<ModelId, Pool>, own: Resources) {
    this.step = step;
    this.thetas = thetas;
    this.own = own;
  }

  /** The same pools at another step; this one is used up. */
  movedTo(step: number): SourceState {
    return new SourceState(step, this.thetas, this.own.move());
  }

  dispose(): void {
    this.own.dispose();
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
  using own = new Resources();
  for (const id of new Set(stage.sources)) {
    const found = snapshot.trainers.get(id);
    if (!found) throw new Error(`the state at step ${snapshot.step} lacks ${id}, of which ${stage.model} is grown`);
    const { space } = await run.objective(found.config);
    thetas.set(id, space.fromTensors(found.parameters, own));
  }
  return new SourceState(snapshot.step, thetas, own.move());
}

/** The sources' own steps of gradient descent to a later step. The state given is used up. Yields gradients. */
export async function* trainSources(
  run: Run,
  state: SourceState,
  to: number,
  table: StepSizeTable,
): AsyncGenerator<number, SourceState, undefined> {
  const configs = planConfigs(run.experiment, growthOf(run.experiment).plan, run.data.task.vocabularySize, run.data.given);
  for (const [id, theta] of state.thetas) {
    const config = configs.get(id);
    if (!config) throw new Error(`the plan has no model ${id}`);
    const objective = await run.objective(config);
    using own = new Resources();
    const [gradient] = createVectors(objective.space, 1, own);
    for (let step = state.step; step < to; step++) {
      await objective.lossAndGradient(theta, gradient);
      objective.space.axpy(-tableAt(table, step), gradient, theta);
      yield 1;
    }
  }
  return state.movedTo(to);
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
  onRow(row: MapRow): void;
}

/** Grows the sources and forecasts. Yields gradients. */
export async function* predictRow({ run, sources, duration, withSpectrum, onRow }: RowRequest): AsyncGenerator<number, void, undefined> {
  const experiment = withWhatIf(run.experiment, { grow: sources.step });
  const { plan, stage } = growthOf(experiment);
  const configs = planConfigs(experiment, plan, run.data.task.vocabularySize, run.data.given);
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
  using own = new Resources();
  const theta = large.space.fromTensors(grow(experiment, stage, grown, factors).parameters, own);
  const { curve, work } = forecastGradientFlow(large, theta, duration);
  onRow({ curve, spectrum: null, done: 0 });
  try {
    yield* work;
  } catch (error) {
    // Where the sharpness outgrows every step, the forecast ends there and is kept up to there.
    if (!(error instanceof ForecastLimitError)) throw error;
  }
  if (!withSpectrum) return onRow({ curve, spectrum: null, done: duration });
  onRow({ curve, spectrum: yield* gaussNewtonSpectrum(large, theta), done: duration });
}
