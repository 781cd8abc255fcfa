/** From an experiment to what a run starts from: configurations, initial weights, batches. Every draw has a named stream of its own. */
import { batchOrder, makeBatch, type Batch } from '../data/batch.ts';
import { stream, type RandomStream } from '../data/random.ts';
import type { TaskData } from '../data/task-data.ts';
import { SCRATCH_ID, type Experiment, type ModelId, type PlanStage } from '../experiment/experiment.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import { growthOperator } from '../fusion/registry.ts';
import type { Growth, GrowthSource } from '../fusion/operator.ts';
import type { T5Config } from '../model/config.ts';
import { initialise } from '../model/init.ts';
import type { BatchSource } from '../training/trainer.ts';

/** Configuration of one source: T5 v1.1 (gated GELU, untied head). */
export function sourceConfig(experiment: Experiment, vocabulary: number): T5Config {
  const { d, ff, heads, dkv, layers } = experiment.model;
  return {
    vocab_size: vocabulary,
    d_model: d,
    d_kv: dkv,
    d_ff: ff,
    num_layers: layers,
    num_decoder_layers: layers,
    num_heads: heads,
    relative_attention_num_buckets: 32,
    relative_attention_max_distance: 128,
    layer_norm_epsilon: 1e-6,
    feed_forward_proj: 'gated-gelu',
    tied: false,
    scaled: false,
    pad_token_id: 0,
    eos_token_id: 1,
    decoder_start_token_id: 0,
    norm_groups: [d],
  };
}

/** Configuration of a model grown from these. */
function grownConfig(parents: readonly T5Config[]): T5Config {
  const [first] = parents;
  if (!first) throw new Error('a growth needs sources');
  const sum = (of: (config: T5Config) => number): number => parents.reduce((total, config) => total + of(config), 0);
  const width = sum((config) => config.d_model);
  return { ...first, d_model: width, d_ff: sum((config) => config.d_ff), num_heads: sum((config) => config.num_heads), norm_groups: [width] };
}

/** Configuration of every model of a plan. */
export function planConfigs(experiment: Experiment, stages: readonly PlanStage[], vocabulary: number): ReadonlyMap<ModelId, T5Config> {
  const configs = new Map<ModelId, T5Config>();
  for (const { model, sources } of stages) {
    if (configs.has(model)) continue;
    const parents = sources.map((id) => configs.get(id)).filter((config) => config !== undefined);
    configs.set(model, sources.length === 0 ? sourceConfig(experiment, vocabulary) : grownConfig(parents));
  }
  const last = stages.at(-1);
  if (experiment.baseline === 'scratch' && last) configs.set(SCRATCH_ID, configs.get(last.model) ?? sourceConfig(experiment, vocabulary));
  return configs;
}

/**
 * Initial weights of a run: Hugging Face's init, but for the untied head, which is multiplied by d_model^-½. Hugging
 * Face draws it with deviation 1 and so starts at a loss of about 10 here, worse than a uniform guess (ln 72 = 4.3);
 * with the factor the logits start with deviation 1, as those of T5 v1.0's scaled head do.
 */
function startingWeights(config: T5Config, random: RandomStream): NamedTensors {
  const weights = initialise(config, random);
  const head = weights.get('lm_head.weight');
  if (head) for (let i = 0; i < head.data.length; i++) head.data[i] = (head.data[i] ?? 0) * config.d_model ** -0.5;
  return weights;
}

/**
 * Parameters of a model at step 0. The n-th model that starts at random starts from seed + n, so that seed 3 means the
 * pair of seeds 3 and 4.
 */
export function initialParameters(experiment: Experiment, stages: readonly PlanStage[], id: ModelId, config: T5Config): NamedTensors {
  if (id === SCRATCH_ID) return startingWeights(config, stream(experiment.seed, 'initial weights, from scratch'));
  const starting = [...new Set(stages.filter(({ sources }) => sources.length === 0).map(({ model }) => model))];
  const index = starting.indexOf(id);
  if (index < 0) throw new Error(`model ${id} does not start from random weights`);
  return startingWeights(config, stream(experiment.seed + index, 'initial weights'));
}

/**
 * Grows the sources of a stage as the experiment says. The new weights come from a stream of their own: the same
 * growth, measured or predicted, draws the same.
 */
export function grow(experiment: Experiment, stage: PlanStage, sources: readonly GrowthSource[]): Growth {
  const self = new Set(stage.sources).size === 1;
  const operator = growthOperator(self ? 'self' : experiment.operator === 'self' ? 'fuse' : experiment.operator);
  // A self-fusion within another plan would be caught in the symmetry trap without noise.
  const own = self && experiment.operator !== 'self' ? ({ offDiagonal: 'noise', sigma: 0.3 } as const) : { offDiagonal: experiment.offDiagonal, sigma: experiment.sigma };
  const options = { norm: experiment.norm, ...own, copies: stage.sources.length };
  return operator.grow(self ? sources.slice(0, 1) : sources, options, stream(experiment.seed, `new weights of ${stage.model}`));
}

export interface RunData {
  readonly task: TaskData;
  readonly probe: Batch;
  readonly source: BatchSource;
  /** Examples of a step, for the trace. */
  indicesAt(step: number): readonly number[];
  readonly tokensPerStep: number;
}

/** Batches of a run: the probe set, and the training examples of every step. */
export function runData(experiment: Experiment, task: TaskData): RunData {
  const probe = makeBatch(task.probe, task);
  const { batch, seed } = experiment;
  const order = batchOrder(seed, task.train.length, batch);
  const { sourceLength, targetLength } = task;
  if (batch === 'full') {
    return { task, probe, source: { shape: probe, at: undefined, probe }, indicesAt: (step) => order.indicesAt(step), tokensPerStep: probe.batch * (sourceLength + targetLength) };
  }
  const at = (step: number): Batch =>
    makeBatch(
      order.indicesAt(step).map((index) => {
        const example = task.train[index];
        if (!example) throw new Error(`training example ${index} is missing; there are ${task.train.length}`);
        return example;
      }),
      task,
    );
  return { task, probe, source: { shape: { batch, sourceLength, targetLength }, at, probe }, indicesAt: (step) => order.indicesAt(step), tokensPerStep: batch * (sourceLength + targetLength) };
}
