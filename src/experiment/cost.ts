/**
 * What a run costs, counted from sizes: parameters, floating-point operations, memory. A multiplication and
 * an addition are two operations; only matrix products count in the forward pass (norms, softmax and
 * activations are below a few percent), the backward pass is twice the forward pass, and the optimizer's
 * operations are counted by parameter.
 */
import { type Experiment, type ModelId, type ModelSize, type OptimizerName, SCRATCH_ID } from './experiment.ts';
import { planOf, schedule } from './plan.ts';
import { modelWidths, planSize } from './plan-size.ts';

/** What the task and the kind of T5 add to a model's size. */
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

/** The fused model: widths and heads add up, depth and d_kv stay. */
export function fusedSize(size: ModelSize, k: number): ModelSize {
  return { d: size.d * k, ff: size.ff * k, heads: size.heads * k, dkv: size.dkv, layers: size.layers };
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
  const attention = (queries: number, keys: number): number => 2 * product(queries, d, inner) + 2 * product(keys, d, inner) + 2 * product(queries, inner, keys);
  const encoder = layers * (attention(s, s) + feedForward(s));
  const decoder = layers * (attention(t, t) + attention(t, s) + feedForward(t));
  return encoder + decoder + product(t, d, shape.vocabulary);
}

/** Operations a parameter and step: gd `θ -= h g` 2; momentum `m = β m + g`, `θ -= h m` 4; Adam: m 3, v 4, two corrections 2, root, + ε, divide, scale, subtract 5. */
export const OPTIMIZER_FLOPS: Readonly<Record<OptimizerName, number>> = { gd: 2, momentum: 4, adam: 14 };

/** Operations of one training step: forward, backward (twice forward), optimizer. */
export function stepFlops(size: ModelSize, shape: TaskShape, batch: number, optimizer: OptimizerName): number {
  return 3 * batch * forwardFlops(size, shape) + OPTIMIZER_FLOPS[optimizer] * countParameters(size, shape);
}

export interface Cost {
  /** Operations by model. */
  readonly flops: Readonly<Record<ModelId, number>>;
  /** All models (the baseline is not part of it). */
  readonly total: number;
  /** Sources trained side by side: the longest way through. */
  readonly criticalPath: number;
}

/** Examples in one step. */
export function batchSize(experiment: Pick<Experiment, 'batch' | 'examples'>): number {
  return experiment.batch === 'full' ? experiment.examples : experiment.batch;
}

/** The cost of the whole experiment as planned. */
export function plannedCost(experiment: Experiment, shape: TaskShape): Cost {
  const batch = batchSize(experiment);
  const stages = schedule(planOf(experiment));
  const widths = modelWidths(stages);
  const perStep = (width: number): number => stepFlops(fusedSize(experiment.model, width), shape, batch, experiment.optimizer);
  const flops: Record<ModelId, number> = {};
  const path: number[] = [];
  for (const { index, model, steps, sourceStages, continues } of stages) {
    const spent = perStep(widths.get(model) ?? 1) * steps;
    flops[model] = (flops[model] ?? 0) + spent;
    path[index] = spent + Math.max(0, ...[...sourceStages, ...(continues === null ? [] : [continues])].map((stage) => path[stage] ?? 0));
  }
  const total = Object.values(flops).reduce((a, b) => a + b, 0);
  if (experiment.baseline === 'scratch') flops[SCRATCH_ID] = perStep(Math.max(...widths.values())) * experiment.steps;
  return { flops, total, criticalPath: Math.max(...path) };
}

/** Bytes that the largest model takes while it trains: parameters, gradients, two moments, and the activations kept for the backward pass. A rough upper bound. */
export function memoryEstimate(experiment: Pick<Experiment, 'model' | 'k' | 'plan' | 'batch' | 'examples' | 'optimizer'>, shape: TaskShape = TYPICAL_SHAPE): number {
  const width = experiment.plan === undefined ? experiment.k : planSize(experiment.plan).width;
  const { d, ff, heads, dkv, layers } = fusedSize(experiment.model, width);
  const { sourceLength: s, targetLength: t, vocabulary } = shape;
  const tokens = s + t;
  const attention = 4 * tokens * heads * dkv + 2 * heads * (s * s + t * t + t * s);
  const activations = layers * (2 * attention + 8 * tokens * d + 4 * tokens * ff) + 3 * t * vocabulary;
  const parameters = countParameters({ d, ff, heads, dkv, layers }, shape) + width * countParameters(experiment.model, shape);
  return 4 * (4 * parameters + batchSize(experiment) * activations);
}
