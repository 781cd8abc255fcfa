/** Opening a file. */
import { spoken } from '../../language.ts';

export const say = spoken('open', {
  runsAreTakenIn: 'The runs of the file are in the Runs tab, unless a message here says why not.',
  dropExperimentJsonOrResult: 'Drop an experiment, a result, or the checkpoint of a T5 to open it.',
  theMapTabImportsACollected: 'The Map tab imports a collected sweep; an experiment is opened from experiment.json or result.json.',
  itCantBeRead: (why: string) => `It can’t be read: ${why}.`,
  theFileIsNotOpened: (name: string) => `The file ${name} is not opened.`,
  theFilesAreNotOpened: 'These files are not opened.',
  theseFiles: 'These files',
  tooLargeForNetworks: 'together they have more than 2 GB, which no network of a run has',
  moreThanPlaces: (networks: string, places: string) =>
    `there are several networks in it (${networks}), and this plan starts ${places}. Open as many as that, each from a folder or a zip of its own`,
  startsFrom: (of: {
    readonly id: string;
    readonly name: string;
    readonly size: string;
    readonly parameters: string;
    readonly tokens: string;
    readonly mark: string;
  }) => `${of.id} starts from ${of.name} (${of.size}; ${of.parameters} weights, ${of.tokens} tokens; mark ${of.mark}).`,
  theLinkCarriesNone: 'A link to this run names these files by their marks and carries no weights: they have to be opened where it runs.',
  thePresetIsHeld: 'The link of this page holds the preset fast, so no other experiment is opened here.',
  whatIsHeldStays: (keys: string) => `The link of this page holds ${keys} fast, so the file’s own values of that are not used`,
  tooLarge: 'It is too large for an experiment.',
});
