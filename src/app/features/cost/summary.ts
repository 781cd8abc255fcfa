/**
 * Costs and losses over seeds. Every seed's run stands beside its own baselines, from scratch with the best of the step
 * sizes that were tried with that seed, so a saving is the mean of the seeds' own savings; of one seed there is none.
 */
import { type ModelId, SCRATCH_ID } from '../../../experiment/experiment.ts';
import { type Spread, spread } from '../../../curves/spread.ts';
import type { CurveLike } from '../../plot/curves/curve.ts';
import { type Contender, type CostAtLoss, costsAtLoss, lossesWithin, type Measured, RIVALS, saving, type Within } from './at-loss.ts';
import type { Work } from '../../plot/plan/work.ts';

export type By = 'total' | 'criticalPath';

/** A network from scratch that was tried with another step size. */
interface Attempt {
  readonly work: Work;
  readonly model: ModelId;
  readonly curve: CurveLike | undefined;
}

export interface SeedRun {
  readonly seed: number;
  readonly work: Work;
  readonly measured: Measured;
  readonly attempts: readonly Attempt[];
}

export interface Row {
  readonly who: Contender;
  /** Cost to a loss, or loss within a cost, over the seeds that have one; null where none has. */
  readonly value: Readonly<Record<By, Spread | null>>;
  /** How many seeds have one. */
  readonly reached: number;
  /** Of a loss: some trained for less than the budget, so that it is an upper bound. */
  readonly short: Readonly<Record<By, boolean>>;
  /**
   * Of a cost: the share saved against the rival, `0.4` for 40 % less. Of a loss: how much lower it is. Null for a
   * single seed, and for the rival itself.
   */
  readonly gain: Readonly<Record<By, Spread | null>>;
}

/** An attempt as the run of a baseline: under the baseline's name. */
function asScratch({ work, model, curve }: Attempt): { readonly work: Work; readonly measured: Measured } {
  const stages = work.stages.map((stage) => ({ ...stage, model: SCRATCH_ID }));
  const renamed = { ...work, stages, perStep: new Map([[SCRATCH_ID, work.perStep.get(model) ?? 0]]) };
  return { work: renamed, measured: new Map(curve ? [[SCRATCH_ID, curve]] : []) };
}

/** A seed's costs, from scratch with the best of its step sizes. */
export function costsOfSeed({ work, measured, attempts }: SeedRun, loss: number): readonly CostAtLoss[] {
  const others = attempts.map((attempt) => {
    const { work: own, measured: curves } = asScratch(attempt);
    return costsAtLoss(own, curves, loss).find(({ who }) => who === 'scratch')?.at ?? null;
  });
  return costsAtLoss(work, measured, loss).map((cost) => {
    if (cost.who !== 'scratch') return cost;
    const reached = [cost.at, ...others].filter((at) => at !== null);
    return { ...cost, at: reached.reduce<CostAtLoss['at']>((best, at) => (best && best.total <= at.total ? best : at), null) };
  });
}

function lossesOfSeed({ work, measured, attempts }: SeedRun, budget: number, by: By): ReadonlyMap<Contender, Within | null> {
  const losses = new Map(lossesWithin(work, measured, budget, by));
  if (!losses.has('scratch')) return losses;
  const tried = attempts.map((attempt) => {
    const { work: own, measured: curves } = asScratch(attempt);
    return lossesWithin(own, curves, budget, by).get('scratch') ?? null;
  });
  const found = [losses.get('scratch') ?? null, ...tried].filter((each) => each !== null);
  return losses.set(
    'scratch',
    found.reduce<Within | null>((best, each) => (best && best.loss <= each.loss ? best : each), null),
  );
}

const over = (values: readonly (number | null)[]): Spread | null => {
  const found = values.filter((value) => value !== null);
  return found.length === 0 ? null : spread(found);
};
/** Of several seeds only. */
const overSeveral = (values: readonly (number | null)[]): Spread | null => {
  const all = over(values);
  return all && all.values.length > 1 ? all : null;
};

/** Whom savings are against. */
const rivalOf = (whos: readonly Contender[]): Contender | undefined => RIVALS.find((who) => whos.includes(who));

/** The cost of reaching a loss. */
export function rowsAtLoss(seeds: readonly SeedRun[], loss: number): readonly Row[] {
  const costs = seeds.map((seed) => costsOfSeed(seed, loss));
  const whos = costs[0]?.map(({ who }) => who) ?? [];
  const rival = rivalOf(whos);
  const at = (of: readonly CostAtLoss[], who: Contender | undefined) => of.find((cost) => cost.who === who)?.at ?? null;
  return whos.map((who) => ({
    who,
    value: pair((by) => over(costs.map((of) => at(of, who)?.[by] ?? null))),
    reached: costs.filter((of) => at(of, who) !== null).length,
    short: { total: false, criticalPath: false },
    gain: pair((by) => (who === rival ? null : overSeveral(costs.map((of) => saving(at(of, who), at(of, rival), by))))),
  }));
}

/** The loss that the same compute buys: the lowest within a budget of each kind. */
export function rowsWithin(seeds: readonly SeedRun[], budget: number): readonly Row[] {
  const of = (by: By) => seeds.map((seed) => lossesOfSeed(seed, budget, by));
  const losses = { total: of('total'), criticalPath: of('criticalPath') };
  const whos = [...(losses.total[0]?.keys() ?? [])];
  const rival = rivalOf(whos);
  const lower = (one: ReadonlyMap<Contender, Within | null>, who: Contender): number | null => {
    const [own, other] = [one.get(who) ?? null, rival === undefined ? null : (one.get(rival) ?? null)];
    // An upper bound is not compared.
    return own === null || other === null || own.short || other.short ? null : other.loss - own.loss;
  };
  const isShort = (by: By, who: Contender): boolean => losses[by].some((one) => one.get(who)?.short === true);
  return whos.map((who) => ({
    who,
    value: pair((by) => over(losses[by].map((one) => one.get(who)?.loss ?? null))),
    reached: losses.total.filter((one) => (one.get(who) ?? null) !== null).length,
    short: { total: isShort('total', who), criticalPath: isShort('criticalPath', who) },
    gain: pair((by) => (who === rival ? null : overSeveral(losses[by].map((one) => lower(one, who))))),
  }));
}

function pair(of: (by: By) => Spread | null): Readonly<Record<By, Spread | null>> {
  return { total: of('total'), criticalPath: of('criticalPath') };
}
