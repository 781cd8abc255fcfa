/** The Share dialog. */
import { spoken } from '../language.ts';

export const say = spoken('share', {
  scanToOpen: 'Scan to open.',
  scanToOpenInTheSame: 'Scan to open, in the same network.',
  opensOnThisComputerOnlyFor: 'Opens on this computer only. For phones in the same network, start it with ',
  codeOfTheLinkToScan: 'Code of the link, to scan',
  shareThisExperiment: 'Share this experiment',
  link: 'Link',
  copied: 'Copied',
  copyLink: 'Copy link',
  ofCharacters: (length: string, most: string) => `${length} of ${most} characters`,
  theLinkCarries: 'The link carries',
  preset: 'Preset',
  version: (title: string, v: number) => `${title} (version ${v})`,
  differsBy: 'Differs by',
  nothing: 'nothing',
  startOnOpening: 'Start on opening',
  whoeverOpensItSeesItRun: 'Whoever opens it sees it run at once.',
  theSameLinkOnTheSame: 'The same link on the same adapter gives the same curve. Weights never ride in a link.',
  thisRunDoesNotFitInto: (entries: string) =>
    `This run does not fit into a link: its step sizes are a table of ${entries} values. Its experiment file has them all, and opened in this page it gives the same run.`,
  saveTheExperimentFile: 'Save the experiment file',
  saveAsAFileOrOpen: 'Save as a file, or open one',
  experiment: 'Experiment',
  resultsCsv: 'Results CSV',
  resultsAndCheckpoints: 'Results and checkpoints',
  openAFile: 'Open a file',
  theReadmeBesideThe:
    'The README beside the checkpoints says how to load them in PyTorch. An experiment or a result.json opens here, or dropped on the page.',
});
