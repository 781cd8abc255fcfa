/** The Samples tab. */
import { spoken } from '../../language.ts';

export const say = spoken('samples', {
  nothing: 'nothing',
  wrong: ' (wrong)',
  isMissingHere: (missing: string) => `${missing} is missing here`,
  exact: ' exact',
  error: 'error',
  errors: 'errors',
  tryYourOwnWord: 'Try your own word',
  yourOwnWord: 'your own word',
  try: 'Try',
  theNetworksKnowOnlyTheySee: (alphabet: string, letters: string) =>
    `The networks know ${alphabet} only: they see ${letters} as an unknown letter.`,
  itIsNotAmongTheWords: 'It is not among the words of this run, so there is no answer to compare with.',
  itIsOneOfTheWords: 'It is one of the words that the networks are trained on.',
  appearAfterTheFirst20Steps: 'Appear after the first 20 steps.',
  samples: 'Samples',
  now: 'now',
  before: 'before',
  source: 'Source',
  target: 'Target ',
  exactOf: (words: string) => `exact, of ${words}`,
  afterThe: (growth: string) => `after the ${growth}`,
  noneOfTheWordsOfThis: 'None of the words of this run is on the list of everyday words, which are the ones shown here.',
  keyToTheSounds: 'Key to the sounds',
  openKeyToTheSounds: 'key to the sounds',
  howTheSoundsAreWritten: 'How the sounds are written',
  inTheLettersOfTheCmu: 'In the letters of the CMU Pronouncing Dictionary (ARPABET), stress left out. Each with a word that has it.',
  sounds: 'Sounds',
});
