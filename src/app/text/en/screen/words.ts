/** Numbers, lists and settings in words. */
import { spoken } from '../../language.ts';

export const say = spoken('words', {
  tableOf: (entries: number) => `table of ${entries}`,
  quoted: (text: string) => `“${text}”`,
  /** The end of a list of names. */
  lastOf: (names: string, last: string) => `${names} and ${last}`,
  shareOneStepSize: (networks: string, among: number) =>
    `${networks} share one step size, from the ${among === 2 ? 'larger' : 'largest'} of their λ.`,
  beforeAndAfter: (before: string, after: string) => `${before}, then ${after}`,
  networks: (networks: number, layers: number, width: number) =>
    `${networks} × ${layers} ${layers === 1 ? 'layer' : 'layers'}, width ${width}`,
  fullBatch: (examples: string) => `${examples}, full batch`,
  ofExamples: (batch: string, examples: string) => `${batch} of ${examples}`,
  asFastAsItGoes: 'as fast as it goes',
  stepsPerSecond: (pace: number) => `${pace} ${pace === 1 ? 'step' : 'steps'}/s`,
  embedding: 'embedding',
  head: 'head',
  cross: 'cross ',
  norm: 'norm',
  positionBias: 'position bias',
  finalNorm: ' · final norm',
  notFinite: 'not finite',
});
