/** The English of networks that start from files and don't fit the run, or one another, by code. */
import { gigabytes } from './numbers.ts';

interface Network {
  readonly name: string;
}
/** How many there are, and how many the other has. */
interface Beside {
  readonly own: number;
  readonly other: number;
}

export const ENGLISH_NETWORKS = {
  /** A complaint about a file, or about something that lies in it. */
  'in-file': ({ file, why }: { readonly file: string; readonly why: string }) => `${file}: ${why}`,

  'network-uneven': ({ name, own, other }: Network & Beside) =>
    `${name}: num_layers is ${own} and num_decoder_layers ${other}; networks of a run have as many of both`,
  'network-size-beyond': ({
    name,
    key,
    value,
    min,
    max,
  }: Network & { readonly key: string } & Readonly<Record<'value' | 'min' | 'max', number>>) =>
    `${name}: ${key} is ${value}; a network of a run has ${min} to ${max}`,
  'network-not-starting': ({ model, starting }: { readonly model: string; readonly starting: readonly string[] }) =>
    `source: ${model} does not start in this plan; ${starting.join(', ')} can start from a file`,
  'network-not-open': ({ model, mark }: { readonly model: string; readonly mark: string }) =>
    `network ${model} starts from a file with the mark ${mark}, which is not open here: a link and a settings file carry no weights. Open that file, or take source out to start from random weights`,
  'network-other-size': ({ name, model, own, other }: Network & Readonly<Record<'model' | 'own' | 'other', string>>) =>
    `${name} in the place of ${model} has ${own}; the networks of this experiment have ${other}, and all of a run have one size`,
  'network-few-tokens': ({ name, task, own, other }: Network & Beside & { readonly task: string }) =>
    `${name} has ${own} tokens; the task ${task} has ${other}, and a network must have as many or more`,
  'network-too-much-memory': ({ name, tokens, bytes, most }: Network & Readonly<Record<'tokens' | 'bytes' | 'most', number>>) =>
    `with the ${tokens} tokens of ${name} these networks and their batch need about ${gigabytes(bytes, 1024 ** 3)} GB; ${gigabytes(most, 1024 ** 3)} GB is the most. A smaller batch needs less, and so does a plan that trains one network and fuses none, such as plan=A:100`,
  'network-pads': ({ name, own, other }: Network & Beside) => `${name}: pad_token_id is ${own}; the tasks here pad with ${other}`,
  'network-ends': ({ name, own, other }: Network & { readonly own: readonly string[]; readonly other: number }) =>
    `${name}: eos_token_id is ${own.join(', ') || 'null'}; the tasks here end with ${other}`,
  'network-begins': ({ name, own, other }: Network & Beside) =>
    `${name}: decoder_start_token_id is ${own}; the tasks here begin with ${other}`,
  'networks-not-alike': (two: Readonly<Record<'first' | 'second' | 'field' | 'own' | 'other', string>>) =>
    `${two.first} and ${two.second} can't be fused. ${two.field} is ${two.own} in ${two.first} and ${two.other} in ${two.second}; it must be the same.`,

  'weight-missing': ({ name, shape }: Network & { readonly shape: string }) =>
    `${name} is missing; config.json asks for it with shape ${shape}`,
  /** Where the decoder's layers are settled before a later name of the encoder's is read. */
  'weight-missing-decoder': ({ name, shape, own, other }: Network & Beside & { readonly shape: string }) =>
    `${name} is missing; config.json asks for it with shape ${shape} (num_hidden_layers is ${own}; without num_decoder_layers the decoder has ${other} layers)`,
  'weight-other-shape': ({ name, shape, right }: Network & Readonly<Record<'shape' | 'right', string>>) =>
    `${name} has shape ${shape}; config.json asks for ${right}`,
  'weight-strange': ({ name }: Network) => `${name} is not a parameter of the T5 that config.json describes`,
};
