/**
 * From an experiment to what a run starts from: configurations, initial weights, batches. Every draw has a named stream
 * of its own.
 */
import { isFusion, operatorRow } from '../../experiment/declared/operators.ts';
import { batchOrder, makeBatch, type Batch } from '../../data/batch.ts';
import { stream, type RandomStream } from '../../data/random.ts';
import type { TaskData } from '../../data/task-data.ts';
import type { EncodedExample } from '../../data/example.ts';
import type { TaskShape } from '../../experiment/cost/cost.ts';
import {
  ALONE_ID,
  aloneId,
  SCRATCH_ID,
  type Experiment,
  type ModelId,
  type ModelSize,
  type PlanStage,
  type StageOptions,
  UNREAD_ID,
} from '../../experiment/experiment.ts';
import { operatorOf, planOf } from '../../experiment/plan/plan.ts';
import { hasOwnData, stageExperiment } from '../../experiment/plan/stage-options.ts';
import { modelSizes } from '../../experiment/plan/plan-size.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { growthOperator } from '../../fusion/operators/registry.ts';
import type { Growth, GrowthOptions, GrowthSource } from '../../fusion/operators/operator.ts';
import { withOneNorm, type T5Config } from '../../model/config.ts';
import { initialise } from '../../model/init.ts';
import type { BatchSource } from '../../training/trainer.ts';
import { checkGiven, formOf, type GivenNetworks, inVocabularyOf, NONE_GIVEN } from './given.ts';

/**
 * The form of a network besides its size and vocabulary where no file says otherwise: T5 v1.1 (gated GELU, untied
 * head).
 */
const USUAL_FORM = {
  relative_attention_num_buckets: 32,
  relative_attention_max_distance: 128,
  layer_norm_epsilon: 1e-6,
  feed_forward_proj: 'gated-gelu',
  tied: false,
  scaled: false,
  pad_token_id: 0,
  eos_token_id: 1,
  decoder_start_token_id: 0,
} as const satisfies Partial<T5Config>;

/** Configuration of a model of this size, in the form of the networks that are given. */
function configOfSize({ d, ff, heads, dkv, layers }: ModelSize, vocabulary: number, form: T5Config | undefined): T5Config {
  return {
    ...(form ?? USUAL_FORM),
    vocab_size: form?.vocab_size ?? vocabulary,
    d_model: d,
    d_kv: dkv,
    d_ff: ff,
    num_layers: layers,
    num_decoder_layers: layers,
    num_heads: heads,
    norm_groups: [d],
  };
}

/** Groups of every model's norms when it begins. Norms that are released are one by the time of the next growth. */
function normGroups(
  experiment: Experiment,
  stages: readonly PlanStage[],
  sizes: ReadonlyMap<ModelId, ModelSize>,
): ReadonlyMap<ModelId, readonly number[]> {
  const groups = new Map<ModelId, readonly number[]>();
  const widthOf = (id: ModelId): number => sizes.get(id)?.d ?? 0;
  for (const stage of stages) {
    if (groups.has(stage.model)) continue;
    const joined = stage.sources.flatMap((id) => (experiment.release > 0 ? [widthOf(id)] : (groups.get(id) ?? [widthOf(id)])));
    groups.set(
      stage.model,
      experiment.norm === 'grouped' && isFusion(operatorOf(experiment, stage)) && joined.length > 0 ? joined : [widthOf(stage.model)],
    );
  }
  return groups;
}

/**
 * Configuration of every model of a plan when it begins, and of the baselines beside it. @param given networks from
 * files
 */
export function planConfigs(
  experiment: Experiment,
  stages: readonly PlanStage[],
  vocabulary: number,
  given: GivenNetworks = NONE_GIVEN,
): ReadonlyMap<ModelId, T5Config> {
  const configs = new Map<ModelId, T5Config>();
  const sizes = modelSizes(experiment, stages);
  const groups = normGroups(experiment, stages, sizes);
  for (const [id, size] of sizes) {
    const own = groups.get(id) ?? [size.d];
    configs.set(id, {
      ...configOfSize(size, vocabulary, formOf(given)),
      norm_groups: own,
      ...(own.length > 1 && experiment.release > 0 ? { norm_release: true } : {}),
    });
  }
  const last = configs.get(stages.at(-1)?.model ?? '');
  const first = stages.find(({ sources }) => sources.length > 0)?.sources[0] ?? '';
  const source = configs.get(first);
  if (experiment.baseline.includes('scratch') && last) configs.set(SCRATCH_ID, withOneNorm(last));
  if (experiment.baseline.includes('unread') && last) configs.set(UNREAD_ID, withOneNorm(last));
  if (experiment.baseline.length > 0 && source) configs.set(ALONE_ID, source);
  if (experiment.baseline.includes('ensemble'))
    for (const { model, sources } of stages) {
      const config = configs.get(model);
      if (config && sources.length === 0 && model !== first) configs.set(aloneId(model, false), config);
    }
  return configs;
}

/**
 * Initial weights of a run: Hugging Face's init, but for the untied head, which is multiplied by d_model^-½. Hugging
 * Face draws it with deviation 1 and so starts at a loss of about 10 here, worse than a uniform guess (ln 72 = 4.3);
 * with the factor the logits start with deviation 1, as those of T5 v1.0's scaled head do.
 */
function startingWeights(config: T5Config, random: RandomStream): Map<string, HostTensor> {
  const weights = initialise(config, random);
  const head = weights.get('lm_head.weight');
  if (head) for (let i = 0; i < head.data.length; i++) head.data[i] = (head.data[i] ?? 0) * config.d_model ** -0.5;
  return weights;
}

/**
 * Parameters of a model at step 0. The n-th model that starts at random starts from seed + n, so that seed 3 means the
 * pair of seeds 3 and 4.
 */
export function initialParameters(
  experiment: Experiment,
  stages: readonly PlanStage[],
  id: ModelId,
  config: T5Config,
  given: GivenNetworks = NONE_GIVEN,
): NamedTensors {
  const file = given.get(id);
  if (file) return file.parameters;
  // The same weights for both: what they are taught is all that tells them apart.
  if (id === SCRATCH_ID || id === UNREAD_ID) return startingWeights(config, stream(experiment.seed, 'initial weights, from scratch'));
  const starting = [...new Set(stages.filter(({ sources }) => sources.length === 0).map(({ model }) => model))];
  const index = starting.indexOf(id);
  if (index < 0) throw new Error(`model ${id} does not start from random weights`);
  return startingWeights(config, stream(experiment.seed + index, 'initial weights'));
}

/**
 * Grows the sources of a stage as the experiment says. The new weights come from a stream of their own: the same
 * growth, measured or predicted, draws the same.
 * @param normFactors constants of compensated norms (growthNormFactors)
 */
export function grow(
  experiment: Experiment,
  stage: PlanStage,
  sources: readonly GrowthSource[],
  normFactors: ReadonlyMap<string, readonly number[]> = new Map(),
): Growth {
  const name = operatorOf(experiment, stage);
  // A self-fusion within another plan would be caught in the symmetry trap without noise.
  const own =
    name === 'self' && experiment.operator === 'fuse'
      ? ({ offDiagonal: 'noise', sigma: 0.3 } as const)
      : { offDiagonal: experiment.offDiagonal, sigma: experiment.sigma };
  const options: GrowthOptions = {
    norm: experiment.norm === 'grouped' && isFusion(name) ? 'grouped' : 'shared',
    ...(experiment.norm === 'compensated' ? { normFactors } : {}),
    ...own,
    diagonalSigma: experiment.diagonal,
    copies: stage.sources.length,
    initial: startingWeights,
  };
  return growthOperator(name).grow(
    operatorRow(name).from === 'several' ? sources : sources.slice(0, 1),
    options,
    stream(experiment.seed, `new weights of ${stage.model}`),
  );
}

/** The data that a stage trains on and is measured on. */
export interface StageData {
  readonly task: TaskData;
  readonly probe: Batch;
  readonly source: BatchSource;
  /** Examples of a step, for the trace. */
  indicesAt(step: number): readonly number[];
  /** The examples themselves, as they are drawn for the step. */
  examplesAt(step: number): readonly EncodedExample[];
  readonly tokensPerStep: number;
}

/** The experiment's own data, and what each stage trains on where that is something else. */
export interface RunData extends StageData {
  /** The same object for stages that say the same; what a stage trains on that says nothing is the experiment's own. */
  of(stage: StageOptions): StageData;
  /** Every one of them, in the order of the plan. */
  readonly all: readonly StageData[];
  /** Networks that start from files. */
  readonly given: GivenNetworks;
}

/** Whether any stage trains on something else than the experiment's own data. */
export const hasOtherData = ({ all, of }: RunData): boolean => all.some((data) => data !== of({}));

/** Sizes of the task that costs are counted with. */
export function taskShape({ task }: Pick<StageData, 'task'>): TaskShape {
  return {
    vocabulary: task.vocabularySize,
    sourceLength: task.sourceLength,
    targetLength: task.targetLength,
    buckets: 32,
    gated: true,
    tied: false,
  };
}

/** Tells stages apart by what they train on. */
const dataKey = ({ task, corpus, examples }: StageOptions): string => `${task ?? ''} ${corpus ?? ''} ${examples ?? ''}`;

/**
 * Loads what a run trains on, stage by stage.
 * @param load gives the examples of an experiment (data/task-data.ts)
 * @param given networks from files
 */
export async function loadRunData(
  experiment: Experiment,
  load: (choice: Experiment) => Promise<TaskData>,
  given: GivenNetworks = NONE_GIVEN,
): Promise<RunData> {
  const tasks = new Map<string, TaskData>();
  for (const stage of planOf(experiment))
    if (hasOwnData(stage) && !tasks.has(dataKey(stage))) tasks.set(dataKey(stage), await load(stageExperiment(experiment, stage)));
  return runData(experiment, await load(experiment), tasks, given);
}

/**
 * Batches of a run: the probe set, and the training examples of every step.
 * @param tasks the examples of stages with data of their own, by `dataKey`
 */
export function runData(
  experiment: Experiment,
  task: TaskData,
  tasks: ReadonlyMap<string, TaskData> = new Map(),
  given: GivenNetworks = NONE_GIVEN,
): RunData {
  checkGiven(experiment, given, [task, ...tasks.values()]);
  const own = stageData(experiment, inVocabularyOf(given, task));
  const plan = planOf(experiment);
  const byKey = new Map<string, StageData>();
  for (const stage of plan) {
    const data = tasks.get(dataKey(stage));
    if (data) byKey.set(dataKey(stage), stageData(stageExperiment(experiment, stage), inVocabularyOf(given, data)));
    else if (hasOwnData(stage)) throw new Error(`${stage.model} has a task of its own, whose examples were not loaded`);
  }
  const of = (stage: StageOptions): StageData => byKey.get(dataKey(stage)) ?? own;
  return { ...own, of, all: [...new Set(plan.map(of))], given };
}

/** Several data of one shape as one: a batch of each in turn, measured on the first. */
export function inTurn(all: readonly StageData[]): StageData {
  const [first] = all;
  if (!first) throw new Error('there are no data to take in turn');
  const { sourceLength, targetLength, batch } = first.source.shape;
  const alike = all.filter(
    ({ source: { shape, at } }) =>
      at && shape.sourceLength === sourceLength && shape.targetLength === targetLength && shape.batch === batch,
  );
  if (alike.length < 2) return first;
  const turn = (step: number): StageData => alike[step % alike.length] ?? first;
  return {
    ...first,
    source: { ...first.source, at: (step) => turn(step).source.at?.(step) ?? first.probe },
    indicesAt: (step) => turn(step).indicesAt(step),
    examplesAt: (step) => turn(step).examplesAt(step),
  };
}

function stageData(experiment: Experiment, task: TaskData): StageData {
  const probe = makeBatch(task.probe, task);
  const { batch, seed } = experiment;
  const order = batchOrder(seed, task.train.length, batch);
  const { sourceLength, targetLength } = task;
  if (batch === 'full') {
    return {
      task,
      probe,
      source: { shape: probe, at: undefined, probe },
      indicesAt: (step) => order.indicesAt(step),
      examplesAt: () => task.train,
      tokensPerStep: probe.batch * (sourceLength + targetLength),
    };
  }
  const examplesAt = (step: number): readonly EncodedExample[] =>
    order.placesAt(step).map(({ index, epoch }) => {
      const example = task.exampleAt?.(index, epoch) ?? task.train[index];
      if (!example) throw new Error(`training example ${index} is missing; there are ${task.train.length}`);
      return example;
    });
  const at = (step: number): Batch => makeBatch(examplesAt(step), task);
  return {
    task,
    probe,
    source: { shape: { batch, sourceLength, targetLength }, at, probe },
    indicesAt: (step) => order.indicesAt(step),
    examplesAt,
    tokensPerStep: batch * (sourceLength + targetLength),
  };
}
