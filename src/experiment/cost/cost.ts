/**
 * The cost of a run, counted from sizes: parameters, floating-point operations, memory. A multiplication and
 * an addition are two operations; only matrix products count in the forward pass (norms, softmax and
 * activations are below a few percent), the backward pass is twice the forward pass, and the optimizer's
 * operations are counted by parameter.
 */
import {
  aloneId,
  ENSEMBLE_ID,
  type Experiment,
  type ModelId,
  type ModelSize,
  type OptimizerName,
  SCRATCH_ID,
  type StageOptions,
  UNREAD_ID,
} from '../experiment.ts';
import { taskRow } from '../declared/tasks.ts';
import { optimizerRow } from '../declared/optimizers.ts';
import { lastStep, planOf, schedule, type ScheduledStage } from '../plan/plan.ts';
import { grownSize, modelSizes } from '../plan/plan-size.ts';
import { SETTING_LIST } from '../settings/registry.ts';

/** The sizes that the task and the kind of T5 add to a model's. */
export interface TaskShape {
  readonly vocabulary: number;
  /** Padded lengths of a batch in tokens. */
  readonly sourceLength: number;
  readonly targetLength: number;
  /** Buckets of the relative position bias. */
  readonly buckets: number;
  /** Gated feed-forward (T5 v1.1): three matrices in place of two. */
  readonly gated: boolean;
  /** Head shares the embedding's weights (T5 v1.0). */
  readonly tied: boolean;
}

/** Stands in where the task's own shape is not known yet (before the data are loaded). */
export const TYPICAL_SHAPE: TaskShape = { vocabulary: 128, sourceLength: 14, targetLength: 16, buckets: 32, gated: true, tied: false };

/** The model of k equal sources fused. */
export function fusedSize(size: ModelSize, k: number): ModelSize {
  return grownSize(
    'fuse',
    Array.from({ length: k }, () => size),
  );
}

export function countParameters(size: ModelSize, shape: TaskShape): number {
  const { d, ff, heads, dkv, layers } = size;
  const attention = 4 * d * heads * dkv;
  const feedForward = (shape.gated ? 3 : 2) * d * ff;
  const encoder = layers * (attention + feedForward + 2 * d) + shape.buckets * heads + d;
  const decoder = layers * (2 * attention + feedForward + 3 * d) + shape.buckets * heads + d;
  return shape.vocabulary * d * (shape.tied ? 1 : 2) + encoder + decoder;
}

/** Operations of one forward pass over one example. */
export function forwardFlops(size: ModelSize, shape: TaskShape): number {
  const { d, ff, heads, dkv, layers } = size;
  const { sourceLength: s, targetLength: t } = shape;
  const inner = heads * dkv;
  const product = (m: number, k: number, n: number): number => 2 * m * k * n;
  const feedForward = (tokens: number): number => (shape.gated ? 3 : 2) * product(tokens, d, ff);
  // q and o on the queries, k and v on the keys, scores and values between them.
  const attention = (queries: number, keys: number): number =>
    2 * product(queries, d, inner) + 2 * product(keys, d, inner) + 2 * product(queries, inner, keys);
  const encoder = layers * (attention(s, s) + feedForward(s));
  const decoder = layers * (attention(t, t) + attention(t, s) + feedForward(t));
  return encoder + decoder + product(t, d, shape.vocabulary);
}

/**
 * Operations of one training step: forward, backward (twice forward), optimizer.
 * @param besides operations a parameter that settings add (`addedFlops`)
 */
export function stepFlops(size: ModelSize, shape: TaskShape, batch: number, optimizer: OptimizerName, besides = 0): number {
  return 3 * batch * forwardFlops(size, shape) + (optimizerRow(optimizer).flops + besides) * countParameters(size, shape);
}

/** Operations a parameter and step of the optional settings that an experiment has. */
export function addedFlops(experiment: Experiment): number {
  return SETTING_LIST.reduce((sum, [name, { flops = 0 }]) => sum + (experiment[name] === undefined ? 0 : flops), 0);
}

/** Examples in one step. */
export function batchSize(experiment: Pick<Experiment, 'batch' | 'examples'>): number {
  return experiment.batch === 'full' ? experiment.examples : experiment.batch;
}

/** Operations of one training step of every model, baselines included. */
export function stepCosts(experiment: Experiment, stages: readonly ScheduledStage[], shape: TaskShape): ReadonlyMap<ModelId, number> {
  const sizes = modelSizes(experiment, stages);
  const perStep = (size: ModelSize): number => stepFlops(size, shape, batchSize(experiment), experiment.optimizer, addedFlops(experiment));
  const costs = new Map([...sizes].map(([id, size]) => [id, perStep(size)] as const));
  for (const { model, sources } of baselineStages(experiment, stages))
    costs.set(model, costs.get(sources[0] ?? '') ?? perStep(sizes.get(stages.at(-1)?.model ?? '') ?? experiment.model));
  return costs;
}

/**
 * The baselines that are trained, as stages behind those of the plan: the last model of the plan from scratch, over all
 * steps; the first source of the first growth, from there to the end; for an ensemble the other small networks
 * likewise, each from where the plan ends with it.
 */
export function baselineStages(experiment: Pick<Experiment, 'baseline'>, stages: readonly ScheduledStage[]): readonly ScheduledStage[] {
  const end = lastStep(stages);
  const found: ScheduledStage[] = [];
  const add = (model: ModelId, from: number, source: ScheduledStage | undefined): void => {
    found.push({
      model,
      from,
      to: end,
      steps: end - from,
      sources: source ? [source.model] : [],
      sourceStages: source ? [source.index] : [],
      continues: null,
      index: stages.length + found.length,
    });
  };
  if (experiment.baseline.includes('scratch')) add(SCRATCH_ID, 0, undefined);
  if (experiment.baseline.includes('unread')) add(UNREAD_ID, 0, undefined);
  const growths = stages.filter(({ sources }) => sources.length > 0);
  const first = growths.find(({ from }) => from === Math.min(...growths.map((growth) => growth.from)));
  const source = stages[first?.sourceStages[0] ?? -1];
  const members = experiment.baseline.includes('ensemble') ? ensembleOf(stages) : [];
  if ((experiment.baseline.includes('alone') || members.length > 0) && first && source && first.from < end)
    add(aloneId(source.model, true), first.from, source);
  for (const member of members) if (member !== source && member.to < end) add(aloneId(member.model, false), member.to, member);
  return found;
}

/**
 * The small networks whose ensemble a plan is compared with: those that start at random and end in a growth, each at
 * its last stage. Fewer than two are none.
 */
export function ensembleOf(stages: readonly ScheduledStage[]): readonly ScheduledStage[] {
  const starting = new Set(stages.filter(({ sources, continues }) => sources.length === 0 && continues === null).map(({ model }) => model));
  const grown = new Set(stages.flatMap(({ sources }) => sources));
  const last = [...starting].filter((id) => grown.has(id)).map((id) => stages.findLast(({ model }) => model === id));
  const found = last.filter((stage) => stage !== undefined);
  return found.length < 2 ? [] : found;
}

/**
 * The stages of the baselines with the ensemble as one behind its members: it costs what they do, and nothing of its
 * own. Its curve begins with its members'.
 */
export function contenderStages(experiment: Pick<Experiment, 'baseline'>, stages: readonly ScheduledStage[]): readonly ScheduledStage[] {
  const trained = baselineStages(experiment, stages);
  const members = experiment.baseline.includes('ensemble') ? ensembleOf(stages) : [];
  if (members.length === 0) return trained;
  const end = lastStep(stages);
  const from = Math.min(...members.map(({ to }) => to));
  const parents = members.map((member) => trained.find(({ sourceStages }) => sourceStages.includes(member.index)) ?? member);
  const ensemble: ScheduledStage = {
    model: ENSEMBLE_ID,
    from,
    to: end,
    steps: end - from,
    sources: parents.map(({ model }) => model),
    sourceStages: parents.map(({ index }) => index),
    continues: null,
    index: stages.length + trained.length,
  };
  return [...trained, ensemble];
}

/** The work that it took to bring a model to where it is. */
export interface WayCost {
  /** Its own training and that of everything it has grown from. */
  readonly total: number;
  /** The longest way: what trains side by side counts once. */
  readonly criticalPath: number;
}

/**
 * The cost of bringing `model` to `step`: x of a point of its curve, for a chart over compute. Before its first step
 * it is what its sources took.
 * @param stages the plan's stages, with the baselines' behind them
 * @param perStep operations of a step, by model
 */
export function costTo(stages: readonly ScheduledStage[], perStep: ReadonlyMap<ModelId, number>, model: ModelId, step: number): WayCost {
  const needed = new Set<number>();
  const path = (index: number): number => {
    const stage = stages[index];
    if (!stage) return 0;
    needed.add(index);
    const before = [...stage.sourceStages, ...(stage.continues === null ? [] : [stage.continues])];
    return spentIn(stage, perStep, step) + Math.max(0, ...before.map(path));
  };
  const own = stages.filter((stage) => stage.model === model && stage.from <= step).at(-1) ?? stages.find((stage) => stage.model === model);
  if (!own) throw new Error(`the plan has no model ${model}; it has ${[...new Set(stages.map((stage) => stage.model))].join(', ')}`);
  const criticalPath = path(own.index);
  return { total: [...needed].reduce((sum, index) => sum + (stages[index] ? spentIn(stages[index], perStep, step) : 0), 0), criticalPath };
}

const spentIn = ({ model, from, to }: ScheduledStage, perStep: ReadonlyMap<ModelId, number>, step: number): number =>
  (perStep.get(model) ?? 0) * Math.max(0, Math.min(to, step) - from);

export interface Cost {
  /** Operations by model. */
  readonly flops: Readonly<Record<ModelId, number>>;
  /** All models of the plan (baselines are not part of it). */
  readonly total: number;
  /** Sources trained side by side: the longest way through. */
  readonly criticalPath: number;
}

/**
 * Operations that a run spends beside its training, by what for: losses on the probe set and samples; λmax along the
 * run; flows and what is studied at a growth. No part of `Cost`, and counted as they are spent.
 */
export type WorkBeside = Readonly<Record<BesideWork, number>>;
export type BesideWork = 'probe' | 'sharpness' | 'predictions';

/** The cost of a plan up to a step, and of its baselines beside it. @param perStep operations of a step, by model */
export function costUntil(
  experiment: Experiment,
  stages: readonly ScheduledStage[],
  shape: TaskShape,
  step: number,
  perStep = stepCosts(experiment, stages, shape),
): Cost {
  const flops: Record<ModelId, number> = {};
  for (const stage of stages) flops[stage.model] = (flops[stage.model] ?? 0) + spentIn(stage, perStep, step);
  const total = Object.values(flops).reduce((a, b) => a + b, 0);
  const criticalPath = Math.max(...stages.map(({ model }) => costTo(stages, perStep, model, step).criticalPath));
  for (const stage of baselineStages(experiment, stages)) flops[stage.model] = spentIn(stage, perStep, step);
  return { flops, total, criticalPath };
}

/** The cost of the whole experiment as planned. */
export function plannedCost(experiment: Experiment, shape: TaskShape): Cost {
  const stages = schedule(planOf(experiment));
  return costUntil(experiment, stages, shape, lastStep(stages));
}

/**
 * Of all that an experiment trains on the largest vocabulary and the longest texts, and no less than what is typical.
 */
function largestShape(experiment: Pick<Experiment, 'task' | 'examples' | 'corpus' | 'vocab' | 'sourceLength' | 'plan'>): TaskShape {
  const { vocab, sourceLength } = experiment;
  const stages: readonly StageOptions[] = [{}, ...(experiment.plan ?? [])];
  const shapes = stages.map(({ task = experiment.task, examples = experiment.examples, corpus = experiment.corpus }) =>
    taskRow(task).shape(examples, { corpus, vocab, sourceLength }),
  );
  const largest = (of: 'vocabulary' | 'sourceLength' | 'targetLength'): number =>
    Math.max(TYPICAL_SHAPE[of], ...shapes.map((shape) => shape[of]));
  return {
    ...TYPICAL_SHAPE,
    vocabulary: largest('vocabulary'),
    sourceLength: largest('sourceLength'),
    targetLength: largest('targetLength'),
  };
}

/**
 * Bytes that the models take: parameters, gradients and two moments of all, and the activations that the largest keeps
 * for the backward pass. A rough upper bound.
 */
export function memoryEstimate(
  experiment: Pick<
    Experiment,
    'model' | 'k' | 'plan' | 'operator' | 'batch' | 'examples' | 'optimizer' | 'task' | 'corpus' | 'vocab' | 'sourceLength'
  >,
  shape: TaskShape = largestShape(experiment),
): number {
  const sources = Array.from({ length: experiment.k }, () => experiment.model);
  const sizes =
    experiment.plan === undefined
      ? [...sources, grownSize(experiment.operator, sources)]
      : [...modelSizes(experiment, experiment.plan).values()];
  const counted = sizes.map((size) => countParameters(size, shape));
  const { d, ff, heads, dkv, layers } = sizes[counted.indexOf(Math.max(...counted))] ?? experiment.model;
  const { sourceLength: s, targetLength: t, vocabulary } = shape;
  const tokens = s + t;
  const attention = 4 * tokens * heads * dkv + 2 * heads * (s * s + t * t + t * s);
  const activations = layers * (2 * attention + 8 * tokens * d + 4 * tokens * ff) + 3 * t * vocabulary;
  const parameters = counted.reduce((a, b) => a + b, 0);
  return 4 * (4 * parameters + batchSize(experiment) * activations);
}
