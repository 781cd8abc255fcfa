/** Opening a file. */
import { spoken } from '../language.ts';

export const say = spoken('open', {
  dropExperimentJsonOrResult: 'Drop experiment.json or result.json to open it.',
  unpackItAndOpenTheResult: 'Unpack it, and open the result.json in it.',
  theMapTabImportsACollected: 'The Map tab imports a collected sweep; an experiment is opened from experiment.json or result.json.',
  weightsAreNotOpenedHereAn: 'Weights are not opened here; an experiment is opened from experiment.json or result.json.',
  itCantBeRead: (why: string) => `It can’t be read: ${why}.`,
  theFileIsNotOpened: (name: string) => `The file ${name} is not opened.`,
  thePresetIsHeld: 'The link of this page holds the preset fast, so no other experiment is opened here.',
  whatIsHeldStays: (keys: string) => `The link of this page holds ${keys} fast, so the file’s own values of that are not used`,
  tooLarge: 'It is too large for an experiment.',
});
