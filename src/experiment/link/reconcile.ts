/**
 * Settings that depend on one another: a batch can't be larger than the data, growth can't come after the
 * last step, all of it must fit in memory. One pass makes them agree and says what it changed.
 */
import { isFusion, operatorRow } from '../declared/operators.ts';
import { batchSize, memoryEstimate } from '../cost/cost.ts';
import type { Experiment, ModelSize, PlanStage } from '../experiment.ts';
import { say } from './complaints.ts';
import type { Draft } from './keys.ts';
import { MEMORY_LIMIT, taskLimits } from '../limits.ts';
import { insteadOfHeld, OPTIMIZERS } from '../declared/optimizers.ts';
import { gigabytes } from '../messages/numbers.ts';
import { growsCopies, planOf, schedule } from '../plan/plan.ts';
import { modelSizes, plannedOperator, planSize } from '../plan/plan-size.ts';
import { namesTextInVain, needsLetters, whyNotTogether } from '../plan/stage-options.ts';
import { presetOf } from '../presets/presets.ts';
import { SETTING_LIST } from '../settings/registry.ts';

export interface Disagreement {
  /** The keys that may have caused it; the one that was set is the one to name. */
  readonly keys: readonly string[];
  readonly complaint: string;
  /** Null where the setting has nothing that it could mean. */
  readonly used: string | null;
  /**
   * The setting that was fitted to the others, where it is one: if it was the preset's, nothing that was asked for has
   * changed.
   */
  readonly fitted?: string;
}

const MODEL_KEYS: readonly (keyof ModelSize)[] = ['d', 'ff', 'heads', 'dkv', 'layers'];

/** Changes the draft until its settings agree; returns what had to change. `given`: keys that were set by hand. */
export function reconcile(draft: Draft, given: ReadonlySet<string> = new Set()): readonly Disagreement[] {
  const found: Disagreement[] = [];
  leaveOut(draft);
  suitTexts(draft, given, found);
  if (draft.plan !== undefined) followPlan(draft, suitStages(draft, draft.plan, found), given, found);
  suitOperator(draft, found);
  suitNeeds(draft, given, found);
  suitRelease(draft, found);
  suitHeldStepSizes(draft, given, found);
  if (draft.grow !== null && draft.grow > draft.steps) {
    found.push({
      keys: ['grow', 'steps'],
      complaint: say.growsTooLate(draft.grow, draft.steps),
      used: `grow=${draft.steps}`,
      fitted: 'grow',
    });
    draft.grow = draft.steps;
  }
  fitMemory(draft, given, found);
  const most = taskLimits(draft.task, draft.examples);
  if (draft.examples > most.examples) {
    found.push({
      keys: ['examples', 'task'],
      complaint: say.tooManyExamples(draft.task, most.examples),
      used: `examples=${most.examples}`,
      fitted: 'examples',
    });
    draft.examples = most.examples;
  }
  if (draft.batch !== 'full' && draft.probe > most.probe) {
    found.push({
      keys: ['probe', 'task', 'examples', 'batch'],
      complaint: say.tooManyProbes(draft.task, most.probe),
      used: `probe=${most.probe}`,
      fitted: 'probe',
    });
    draft.probe = most.probe;
  }
  if (draft.batch !== 'full' && draft.batch > draft.examples) {
    found.push({
      keys: ['batch', 'examples'],
      complaint: say.batchTooLarge(draft.batch, draft.examples),
      used: `batch=${draft.examples}`,
      fitted: 'batch',
    });
    draft.batch = draft.examples;
  }
  if (draft.batch === 'full') {
    if (given.has('probe') && draft.probe !== draft.examples) {
      found.push({
        keys: ['probe'],
        complaint: say.probeInVain,
        used: null,
      });
    }
    draft.probe = draft.examples;
  }
  return found;
}

/**
 * An optional setting that says no, or the word that means nothing else, is missing: one spelling for one experiment.
 */
function leaveOut(draft: Draft): void {
  for (const [name, { optional, neutral }] of SETTING_LIST) {
    const value = draft[name];
    const saysNothing = value === undefined || value === false || (typeof neutral === 'string' && value === neutral);
    if (optional === true && saysNothing) delete (draft as Partial<Draft>)[name];
  }
}

/** A stage names a text only where it reads one, and what no list of words holds is spelled letter by letter. */
function suitTexts(draft: Draft, given: ReadonlySet<string>, found: Disagreement[]): void {
  const { plan } = draft;
  const vain = plan?.find((stage) => namesTextInVain(draft, stage));
  if (plan && vain) {
    found.push({
      keys: ['plan', 'task'],
      complaint: say.textInVain(vain.corpus ?? '', vain.task ?? draft.task),
      used: say.planWithoutIt,
    });
    draft.plan = plan.map((stage) => {
      const { corpus: _, ...rest } = stage;
      return namesTextInVain(draft, stage) ? rest : stage;
    });
  }
  if (draft.vocab !== undefined || !needsLetters(draft, draft.plan)) return;
  if (given.has('vocab'))
    found.push({
      keys: ['vocab'],
      complaint: say.wordsOfTheWorld,
      used: 'vocab=characters',
    });
  draft.vocab = 'characters';
}

/** Sets of settings, smaller ones first. */
function subsets<T>(all: readonly T[]): readonly (readonly T[])[] {
  const found = Array.from({ length: 2 ** all.length - 1 }, (_, i) => all.filter((__, bit) => ((i + 1) >> bit) % 2 === 1));
  return found.sort((a, b) => a.length - b.length);
}

/**
 * What does not fit in memory is made to fit by putting as few sizes as can be back to the preset's: of those the ones
 * that ask for the most times as much. A plan stays: the preset's small models fit at every width it may reach.
 */
function fitMemory(draft: Draft, given: ReadonlySet<string>, found: Disagreement[]): void {
  const bytes = memoryEstimate(draft);
  if (bytes <= MEMORY_LIMIT) return;
  const preset = presetOf(draft);
  const memory = gigabytes(bytes, 1024 ** 3);
  if (given.has('size') && memoryEstimate({ ...draft, model: preset.model }) <= MEMORY_LIMIT) {
    found.push({
      keys: ['size'],
      complaint: say.memoryOfSize(memory),
      used: say.sizeOfThePreset,
    });
    draft.model = preset.model;
    return;
  }
  const sizes: readonly (readonly [key: string, times: number, put: (to: Draft) => void, value: string])[] = [
    ...MODEL_KEYS.map(
      (key) =>
        [
          key,
          draft.model[key] / preset.model[key],
          (to: Draft): void => void (to.model = { ...to.model, [key]: preset.model[key] }),
          String(preset.model[key]),
        ] as const,
    ),
    ['k', draft.k / preset.k, (to) => void (to.k = preset.k), String(preset.k)],
    [
      'batch',
      batchSize(draft) / batchSize({ batch: preset.batch, examples: draft.examples }),
      (to) => void (to.batch = preset.batch),
      String(preset.batch),
    ],
    ['examples', draft.examples / preset.examples, (to) => void (to.examples = preset.examples), String(preset.examples)],
  ];
  const larger = sizes.filter(([, times]) => times > 1);
  const most = (set: typeof sizes): number => set.reduce((product, [, times]) => product * times, 1);
  const fits = subsets(larger).filter((set) => {
    const tried: Draft = { ...draft };
    for (const [, , put] of set) put(tried);
    return memoryEstimate(tried) <= MEMORY_LIMIT;
  });
  const fewest = fits.filter((set) => set.length === fits[0]?.length);
  const chosen = fewest.toSorted((a, b) => most(b) - most(a))[0] ?? sizes;
  for (const [key, , put, value] of chosen) {
    found.push({
      keys: draft.plan === undefined ? [key] : [key, 'plan'],
      complaint: say.memoryOf(memory),
      used: `${key}=${value}`,
    });
    put(draft);
  }
}

/** Stages whose tasks share no vocabulary, or ask for more examples than there are, have none of their own. */
function suitStages(draft: Draft, plan: readonly PlanStage[], found: Disagreement[]): readonly PlanStage[] {
  const problem = whyNotTogether(draft, plan);
  if (problem === null) return plan;
  found.push({ keys: ['plan', 'task'], complaint: problem, used: say.planWithoutTasks });
  draft.plan = plan.map(({ task: _, corpus: _corpus, examples: _examples, ...stage }) => stage);
  return draft.plan;
}

/**
 * With a plan, growth step, last step and number of sources are the plan's; the operator too, but for what a network
 * grows into by itself.
 */
function followPlan(draft: Draft, plan: readonly PlanStage[], given: ReadonlySet<string>, found: Disagreement[]): void {
  const size = planSize(plan);
  const problem = sizeProblem(draft, plan);
  const preset = presetOf(draft);
  const operator = size.operator === null ? preset.operator : problem === null ? plannedOperator(plan, draft.operator) : size.operator;
  for (const key of ['grow', 'steps', 'k']) if (given.has(key)) found.push({ keys: [key], complaint: say.besideAPlan, used: say.thePlan });
  if (problem !== null) found.push({ keys: ['plan', 'op'], complaint: say.noPlanFor(draft.operator, problem), used: `op=${operator}` });
  else if (given.has('op') && operator !== draft.operator) found.push({ keys: ['op'], complaint: say.besideThisPlan, used: say.thePlan });
  Object.assign(draft, { grow: size.firstGrowth, steps: size.lastStep, k: preset.k, operator });
}

function sizeProblem(draft: Draft, plan: readonly PlanStage[]): string | null {
  try {
    modelSizes(draft, plan);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Settings that mean nothing beside the others are neutral, so that they make no difference. */
function suitNeeds(draft: Draft, given: ReadonlySet<string>, found: Disagreement[]): void {
  for (const [name, setting] of SETTING_LIST) {
    const { key = name, neutral, optional } = setting;
    if (setting.needs === undefined || draft[name] === neutral || setting.needs.when(draft)) continue;
    if (setting.needs.silent !== true || given.has(key))
      found.push({ keys: [key, ...(setting.needs.keys ?? [])], complaint: setting.otherwise(draft), used: null });
    if (optional === true) delete (draft as Partial<Draft>)[name];
    else Object.assign(draft, { [name]: neutral });
  }
}

/** Optimizers whose step size can be held to the sharpness. */
const HOLDING = OPTIMIZERS.filter((name) => insteadOfHeld(name) === null);

/** A step size is held to the sharpness only where the sharpness says where the optimizer's edge is. */
function suitHeldStepSizes(draft: Draft, given: ReadonlySet<string>, found: Disagreement[]): void {
  const instead = insteadOfHeld(draft.optimizer);
  // A link of version 1 means the run that it meant.
  if (instead === null || draft.v === 1) return;
  const held = [
    { key: 'edge', size: draft.h, replace: () => (draft.h = { kind: 'constant', value: instead }), used: `h=${instead}` },
    { key: 'edge2', size: draft.h2, replace: () => (draft.h2 = null), used: 'h2=same' },
  ] as const;
  for (const { key, size, replace, used } of held) {
    if (size?.kind !== 'edge') continue;
    const why = say.edgeNotOfLoss(HOLDING, instead);
    const complaint = given.has(key) ? say.notHeldWith(draft.optimizer, why) : say.holdsNone(`${key}=${size.edge}`, why);
    found.push({
      keys: given.has(key) ? [key] : ['opt'],
      complaint,
      used,
      ...(given.has(key) ? {} : { fitted: key === 'edge' ? 'h' : 'h2' }),
    });
    replace();
  }
}

/** Settings that mean something for fusions only. */
function suitOperator(draft: Draft, found: Disagreement[]): void {
  const { newWeights, usual } = operatorRow(draft.operator);
  if (
    newWeights.length > 0 &&
    !newWeights.includes(draft.offDiagonal) &&
    planOf(draft).every((stage) => stage.sources.length === 0 || growsCopies(stage))
  ) {
    found.push({
      keys: ['off', 'op'],
      complaint: say.weightsAreCopies(draft.operator),
      used: `off=${usual}`,
    });
    draft.offDiagonal = usual;
  }
  if (draft.norm === 'grouped' && !isFusion(draft.operator)) {
    found.push({ keys: ['norm', 'op'], complaint: say.keepsOneNorm(draft.operator), used: 'norm=shared' });
    draft.norm = 'shared';
  }
}

/** Norms that are released are one by the time of the next growth. */
function suitRelease(draft: Draft, found: Disagreement[]): void {
  const shortest = Math.min(...grownSources(draft));
  if (draft.release > shortest) {
    found.push({
      keys: ['release', 'plan'],
      complaint: say.releaseTooLong(shortest),
      used: `release=${shortest}`,
    });
    draft.release = shortest;
  }
}

/** Steps that models which grew are trained before they grow again. */
function grownSources(draft: Draft): readonly number[] {
  const stages = schedule(planOf(draft));
  const growths = stages.filter(({ sources }) => sources.length > 0);
  return growths.flatMap((growth) =>
    growth.sources.flatMap((id) => growths.filter(({ model }) => model === id).map(({ from }) => growth.from - from)),
  );
}

/** The experiment with its settings made to agree (after an edit in the page). */
export function normalise(experiment: Experiment): Experiment {
  const draft: Draft = { ...experiment };
  reconcile(draft);
  return draft;
}
