/**
 * Changes of a plan, one at a time, as the page makes them: each gives what to change in the experiment, or says in the
 * words of complaints.ts (or of the limits) why it can't be. A plan that `grow`, `steps`, `k` and `op` can say stays
 * one.
 */
import { type Experiment, FUSED_ID, isBaseline, type ModelId, type PlanStage } from '../experiment.ts';
import { type Draft, linkKey } from '../link/keys.ts';
import { LIMITS } from '../limits.ts';
import { say } from './complaints.ts';
import { formatPlan, lastStep, operatorOf, plain, planOf, schedule } from './plan.ts';
import { planSize, withPlan } from './plan-size.ts';
import { reconcile } from '../link/reconcile.ts';
import type { StageOptions } from '../settings/values.ts';

/** The change to the experiment, or the reason against it. */
export type Edited = { readonly patch: Partial<Experiment> } | { readonly refused: string };

/** Takes another plan, if it is one and fits the limits. */
export function tryPlan(experiment: Experiment, plan: readonly PlanStage[]): Edited {
  try {
    schedule(plan);
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
  const draft: Draft = { ...experiment };
  const complaint = linkKey('plan')?.read(formatPlan(plan), draft);
  if (complaint !== undefined) return { refused: say.thisPlan(complaint) };
  const disagreement = reconcile(draft).find(({ keys }) => keys.includes('plan'));
  if (disagreement) return { refused: say.thisPlan(disagreement.complaint) };
  return { patch: simpleSettings(experiment, plan) ?? { plan } };
}

/** The settings that say this plan without `plan`; null where they can't. */
function simpleSettings(experiment: Experiment, plan: readonly PlanStage[]): Partial<Experiment> | null {
  const size = planSize(plan);
  const growth = plan.find(({ sources }) => sources.length > 0);
  const { plan: _plan, ...rest } = experiment;
  const operator = growth ? operatorOf(experiment, growth) : experiment.operator;
  const k = growth ? growth.sources.length : experiment.k;
  if (k < LIMITS.k.min || k > LIMITS.k.max) return null;
  const simple = { grow: size.firstGrowth, steps: size.lastStep, k, operator };
  if (formatPlan(planOf({ ...rest, ...simple })) !== formatPlan(plan)) return null;
  return operator === experiment.operator ? { grow: simple.grow, steps: simple.steps, k } : simple;
}

/** The stages that feed the same growth and are as long as this one, itself included: what one edits together. */
export function alike(plan: readonly PlanStage[], index: number): readonly number[] {
  const scheduled = schedule(plan);
  const own = scheduled[index];
  const growth = scheduled.find(({ sourceStages }) => sourceStages.includes(index));
  if (!own || !growth) return [index];
  return [...new Set(growth.sourceStages)].filter((other) => scheduled[other]?.steps === own.steps && scheduled[other]?.from === own.from);
}

/** The plan with these stages so many steps long. */
export function withSteps(plan: readonly PlanStage[], indices: readonly number[], steps: number): readonly PlanStage[] {
  return plan.map((stage, index) => (indices.includes(index) ? { ...stage, steps } : stage));
}

/** The plan with a stage grown from other networks. */
export function withSources(plan: readonly PlanStage[], index: number, sources: readonly ModelId[]): readonly PlanStage[] {
  return plan.map((stage, other) => (other === index ? { ...stage, sources } : stage));
}

/** A stage's own settings, changed; undefined: the experiment's again. */
export type OptionsChange = { readonly [Name in keyof StageOptions]?: StageOptions[Name] | undefined };

/** The plan with these stages' own task, text, examples or step size changed. */
export function withOptions(plan: readonly PlanStage[], indices: readonly number[], change: OptionsChange): readonly PlanStage[] {
  return plan.map((stage, index): PlanStage => {
    if (!indices.includes(index)) return stage;
    const { task, corpus, examples, h, ...rest } = { ...stage, ...change };
    return {
      ...rest,
      ...(task === undefined ? {} : { task }),
      ...(corpus === undefined ? {} : { corpus }),
      ...(examples === undefined ? {} : { examples }),
      ...(h === undefined ? {} : { h }),
    };
  });
}

export function withoutStage(plan: readonly PlanStage[], index: number): readonly PlanStage[] {
  return plan.filter((_, other) => other !== index);
}

/** Networks that a stage at this place of the plan could be grown from, in the order in which they begin. */
export function networksBefore(plan: readonly PlanStage[], index: number): readonly ModelId[] {
  const own = plan[index]?.model;
  return [...new Set(plan.slice(0, index).map(({ model }) => model))].filter((id) => id !== own);
}

/** Networks that nothing is grown from. */
export function leaves(plan: readonly PlanStage[]): readonly ModelId[] {
  const used = new Set(plan.flatMap(({ sources }) => sources));
  return [...new Set(plan.map(({ model }) => model))].filter((id) => !used.has(id));
}

const GROWN_NAMES = [FUSED_ID, 'N', 'L', ...'OPQRTUVWXYZ', ...'IJK'];
const SOURCE_NAMES = [...'ABCDEFGH'];

/** A free name for a network of the plan: M, N, L … where it is grown, A, B, C … where it starts at random. */
export function freshName(plan: readonly PlanStage[], grown: boolean): ModelId {
  const taken = new Set(plan.map(({ model }) => model));
  const names = grown ? GROWN_NAMES : SOURCE_NAMES;
  for (let round = 1; ; round++) {
    const found = names.map((name) => (round === 1 ? name : `${name}${round}`)).find((name) => !taken.has(name) && !isBaseline(name));
    if (found !== undefined) return found;
  }
}

/** The experiment with its first growth (all that happen at that step) at another step. */
export function withGrowthAt(experiment: Experiment, step: number): Experiment {
  if (!experiment.plan) return { ...experiment, grow: Math.min(Math.max(0, step), experiment.steps) };
  const stages = schedule(experiment.plan);
  const growths = stages.filter(({ sources }) => sources.length > 0);
  const first = Math.min(...growths.map(({ from }) => from));
  const feeding = new Set(growths.filter(({ from }) => from === first).flatMap(({ sourceStages }) => sourceStages));
  const at = Math.min(Math.max(1, step), lastStep(stages));
  return withPlan(
    experiment,
    stages.map((stage) => ({ ...plain(stage), steps: feeding.has(stage.index) ? Math.max(1, at - stage.from) : stage.steps })),
  );
}
