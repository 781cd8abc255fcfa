/**
 * Networks of a run that start from files instead of random weights. They take the place of a source: the others are of
 * their form, so that they can be fused, and the run counts with their vocabulary. What does not fit is said before
 * anything is made.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
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
 * The size of a network in the words of an experiment. @throws a ToldError where it has none there, with the value and
 * the limits
 */
export function sizeOfNetwork({ name, config }: Pick<NetworkFile, 'name' | 'config'>): ModelSize {
  if (config.num_layers !== config.num_decoder_layers)
    throw new ToldError(tell('network-uneven', { name, own: config.num_layers, other: config.num_decoder_layers }));
  const size: ModelSize = {
    d: config.d_model,
    ff: config.d_ff,
    heads: config.num_heads,
    dkv: config.d_kv,
    layers: config.num_layers,
  };
  for (const [key, value] of Object.entries(size) as [keyof ModelSize, number][]) {
    const { min, max } = LIMITS[key];
    if (value < min || value > max) throw new ToldError(tell('network-size-beyond', { name, key, value, min, max }));
  }
  return size;
}

/**
 * The networks that an experiment says start from files.
 * @param opened networks that were opened here, by their marks
 * @throws a ToldError of the file that is missing
 */
export function givenNetworks(experiment: Experiment, opened: ReadonlyMap<string, NetworkFile>): GivenNetworks {
  const given = new Map<ModelId, NetworkFile>();
  const starting = startingModels(experiment);
  for (const [model, mark] of sourceMarks(experiment)) {
    if (!starting.includes(model)) throw new ToldError(tell('network-not-starting', { model, starting }));
    const network = opened.get(mark);
    if (!network) throw new ToldError(tell('network-not-open', { model, mark }));
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
 * @throws a ToldError with both values
 */
export function checkGiven(experiment: Experiment, given: GivenNetworks, tasks: readonly TaskData[]): void {
  const [first] = given.values();
  if (first === undefined) return;
  for (const [model, network] of given) {
    const size = sizeOfNetwork(network);
    if (sizeWords(size) !== sizeWords(experiment.model))
      throw new ToldError(
        tell('network-other-size', { name: network.name, model, own: sizeWords(size), other: sizeWords(experiment.model) }),
      );
    checkIds(network);
    for (const task of tasks)
      if (task.vocabularySize > network.config.vocab_size)
        throw new ToldError(
          tell('network-few-tokens', { name: network.name, own: network.config.vocab_size, task: task.task, other: task.vocabularySize }),
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
    throw new ToldError(tell('network-too-much-memory', { tokens: first.config.vocab_size, name: first.name, bytes, most: MEMORY_LIMIT }));
}

/** The tasks pad with 0, end with 1 and begin a decoder with 0. */
function checkIds({ name, config }: NetworkFile): void {
  const ends = [config.eos_token_id].flat();
  if (config.pad_token_id !== PAD) throw new ToldError(tell('network-pads', { name, own: config.pad_token_id, other: PAD }));
  if (!ends.includes(EOS)) throw new ToldError(tell('network-ends', { name, own: ends.map(String), other: EOS }));
  if (config.decoder_start_token_id !== PAD)
    throw new ToldError(tell('network-begins', { name, own: config.decoder_start_token_id, other: PAD }));
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
