/** The dialog of what was measured. */
import { spoken } from '../../language.ts';

export const say = spoken('measured', {
  whatWeMeasured: 'What we measured',
  readingTheResults: 'Reading the results …',
  theResultsCantBeReadThey: (onLine: boolean) =>
    `The results can’t be read: ${onLine ? 'the server that this page came from does not answer.' : 'this device is offline.'} They appear once it can be reached again.`,
  tryAgain: 'Try again',
  nothingIsRecordedHereYet: 'Nothing is recorded here yet. ',
  and: ' and ',
  measureIt: ' measure it.',
  everyClaimOnThisPageWas:
    'Every claim on this page was measured with its own engine. These are all the results, favourable or not: means over the seeds ± their standard deviation. Seconds are left out, since they depend on the machine.',
  measuredOnWith: (quick: boolean, date: string, description: string, adapter: string) =>
    `${quick ? 'A smoke test: these numbers mean nothing. ' : ''}Measured ${date} on ${description}, ${adapter}, with `,
  contents: 'Contents',
  inShort: 'In short',
  what: 'What',
  run: 'Run',
  seedsToMeasureOneOfThese: (seeds: string) => `Seeds ${seeds}. To measure one of these again: `,
  downloadCsv: 'Download CSV',
  openThisRun: 'Open this run',
  asAPicture: (title: string, label: string) => `${title}, as a picture: ${label}`,
  columnOfThePictureOf: (title: string) => `Column of the picture of ${title}`,
  meanDeviationAndEverySeed: 'mean, deviation, and every seed',
  measuredOnce: 'measured once',
  logarithmic: ', logarithmic',
  ofSeeds: (reached: number, values: number) => `${reached} of ${values} seeds`,
});
