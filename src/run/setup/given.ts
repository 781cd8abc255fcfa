/**
 * Networks of a run that start from files instead of random weights. They take the place of a source: the others are of
 * their form, so that they can be fused, and the run counts with their vocabulary. What does not fit is said before
 * anything is made.
 */
import { gigabytes } from '../../experiment/messages/numbers.ts';
import type { TaskData } from '../../data/example.ts';
import { EOS, PAD, SPECIAL } from '../../data/vocabulary.ts';
import { memoryEstimate, TYPICAL_SHAPE } from '../../experiment/cost/cost.ts';
import type { Experiment, ModelId, ModelSize } from '../../experiment/experiment.ts';
import { LIMITS, MEMORY_LIMIT } from '../../experiment/limits.ts';
import { startingModels } from '../../experiment/plan/plan.ts';
import { sourceMarks } from '../../experiment/settings/source.ts';
import { checkCompatible } from '../../fusion/compatibility.ts';
import type { T5Config } from '../../model/config.ts';
import type { NetworkFile } from '../../storage/checkpoint/network-file.ts';

/** By the network whose place they take. */
export type GivenNetworks = ReadonlyMap<ModelId, NetworkFile>;

export const NONE_GIVEN: GivenNetworks = new Map();

/**
 * The size of a network in the words of an experiment. @throws an Error where it has none there, with the value and the
 * limits
 */
export function sizeOfNetwork({ name, config }: Pick<NetworkFile, 'name' | 'config'>): ModelSize {
  if (config.num_layers !== config.num_decoder_layers)
    throw new Error(
      `${name}: its encoder has ${config.num_layers} layers and its decoder ${config.num_decoder_layers}; networks of a run have as many in both`,
    );
  const size: ModelSize = {
    d: config.d_model,
    ff: config.d_ff,
    heads: config.num_heads,
    dkv: config.d_kv,
    layers: config.num_layers,
  };
  for (const [key, value] of Object.entries(size) as [keyof ModelSize, number][]) {
    const { min, max } = LIMITS[key];
    if (value < min || value > max) throw new Error(`${name}: ${key} is ${value}; a network of a run has ${min} to ${max}`);
  }
  return size;
}

/**
 * The networks that an experiment says start from files.
 * @param opened networks that were opened here, by their marks
 * @throws an Error that says which file is missing
 */
export function givenNetworks(experiment: Experiment, opened: ReadonlyMap<string, NetworkFile>): GivenNetworks {
  const given = new Map<ModelId, NetworkFile>();
  const starting = startingModels(experiment);
  for (const [model, mark] of sourceMarks(experiment)) {
    if (!starting.includes(model))
      throw new Error(`source: ${model} does not start in this plan; ${starting.join(', ')} can start from a file`);
    const network = opened.get(mark);
    if (!network)
      throw new Error(
        `network ${model} starts from a file with the mark ${mark}, which is not open here: a link and a settings file carry no weights. Open that file, or take source out to start from random weights`,
      );
    given.set(model, network);
  }
  return given;
}

/** The form of all networks of a run beside its sizes; undefined where none is given. */
export const formOf = (given: GivenNetworks): T5Config | undefined => [...given.values()][0]?.config;

/** A task in the vocabulary of the networks that are given: ids that the task has no token for are theirs alone. */
export function inVocabularyOf(given: GivenNetworks, task: TaskData): TaskData {
  const form = formOf(given);
  return form === undefined || form.vocab_size === task.vocabularySize ? task : { ...task, vocabularySize: form.vocab_size };
}

const sizeWords = ({ d, ff, heads, dkv, layers }: ModelSize): string => `d=${d}, ff=${ff}, heads=${heads}, dkv=${dkv}, layers=${layers}`;

/**
 * Refuses networks that do not fit the experiment, its tasks, or one another.
 * @param tasks all that the run trains on, in their own vocabularies
 * @throws an Error with both values
 */
export function checkGiven(experiment: Experiment, given: GivenNetworks, tasks: readonly TaskData[]): void {
  const [first] = given.values();
  if (first === undefined) return;
  for (const [model, network] of given) {
    const size = sizeOfNetwork(network);
    if (sizeWords(size) !== sizeWords(experiment.model))
      throw new Error(
        `${network.name} in the place of ${model} has ${sizeWords(size)}; the networks of this experiment have ${sizeWords(experiment.model)}, and all of a run have one size`,
      );
    checkIds(network);
    for (const task of tasks)
      if (task.vocabularySize > network.config.vocab_size)
        throw new Error(
          `${network.name} has ${network.config.vocab_size} tokens; the task ${task.task} has ${task.vocabularySize}, and a network must have as many or more`,
        );
  }
  checkCompatible([...given].map(([name, { config, parameters }]) => ({ name, config, parameters })));
  const longest = (of: 'sourceLength' | 'targetLength'): number => Math.max(...tasks.map((task) => task[of]));
  const shape = {
    ...TYPICAL_SHAPE,
    vocabulary: first.config.vocab_size,
    sourceLength: longest('sourceLength'),
    targetLength: longest('targetLength'),
  };
  const bytes = memoryEstimate(experiment, shape);
  if (bytes > MEMORY_LIMIT)
    throw new Error(
      `with the ${first.config.vocab_size} tokens of ${first.name} these networks and their batch need about ${gigabytes(bytes, 1024 ** 3)} GB; ${MEMORY_LIMIT / 1024 ** 3} GB is the most`,
    );
}

/** The tasks pad with 0, end with 1 and begin a decoder with 0. */
function checkIds({ name, config }: NetworkFile): void {
  const ends = [config.eos_token_id].flat();
  if (config.pad_token_id !== PAD) throw new Error(`${name}: pad_token_id is ${config.pad_token_id}; the tasks here pad with ${PAD}`);
  if (!ends.includes(EOS)) throw new Error(`${name}: eos_token_id is ${ends.join(', ') || 'null'}; the tasks here end with ${EOS}`);
  if (config.decoder_start_token_id !== PAD)
    throw new Error(`${name}: decoder_start_token_id is ${config.decoder_start_token_id}; the tasks here begin with ${PAD}`);
}

/** How a network's tokens are to the task's: the same ones, unknown, or where they begin to differ. */
export type TokensBeside =
  | { readonly are: 'same' }
  | { readonly are: 'unknown' }
  | { readonly are: 'other'; readonly id: number; readonly own: string; readonly task: string };

/** Compares the tokens of a network with those of the task that it is to be trained on, id by id. */
export function tokensBeside({ tokens }: Pick<NetworkFile, 'tokens'>, task: Pick<TaskData, 'tokens'>): TokensBeside {
  if (tokens === null) return { are: 'unknown' };
  const id = task.tokens.findIndex((token, i) => token !== tokens[i] && i >= SPECIAL.length);
  if (id < 0) return { are: 'same' };
  return { are: 'other', id, own: tokens[id] ?? '', task: task.tokens[id] ?? '' };
}
