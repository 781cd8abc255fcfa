/** The Attention tab. */
import { spoken } from '../../language.ts';

export const say = spoken('attention', {
  attention: 'Attention',
  appearsWithTheSamples: 'Appears with the first samples: which words a network looked at.',
  nothingWasSaid: 'The network said nothing here, so it looked at nothing.',
  text: 'Text',
  network: 'Network',
  whoLooksWhere: 'Who looks where',
  cross: 'Answer → text',
  encoder: 'Text → text',
  decoder: 'Answer → answer',
  layer: 'Layer',
  layerOf: (layer: number) => `Layer ${layer}`,
  head: 'Head',
  allHeads: 'All heads',
  headOf: (name: string) => `Head ${name}`,
  ofNew: 'new',
  yourOwn: (text: string) => `your own: ${text}`,
  itSays: 'It says',
  wordsOfTheText: 'This word',
  looksAt: 'looks at',
  wordAt: (word: string, share: string) => `“${word}” (${share})`,
  sayingLooked: (word: string, network: string, words: string) => `When ${network} said “${word}”, it looked most at ${words}.`,
  readingLooked: (word: string, words: string) => `“${word}” looked most at ${words}.`,
});
