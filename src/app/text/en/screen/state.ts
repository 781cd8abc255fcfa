/** Sentences about the page's state. */
import { counted } from '../../../../experiment/messages/numbers.ts';
import { spoken } from '../../language.ts';

export const say = spoken('state', {
  noWordFromIt: (seconds: number) => `No word from it for ${seconds} s.`,
  scriptNotLoaded: 'its script could not be loaded',
  sentUnreadable: 'it sent something unreadable',
  filesTooLate: 'The worker did not write the files within 30 s.',
  readByNobody: 'the training worker ended before it had read this; try it again',
  withItself: (model: string) => `${model} with itself`,
  by: (model: string, operator: string) => `${model}, by ${operator}`,
  ofTheMap: (flow: string) => `${flow}, of the map`,
  timeRescaling: 'time rescaling',
  beforeTheBranchWasRun: (by: string) => `${by}, before the branch was run`,
  saidInAdvance: 'said in advance',
  onsetSteps: (steps: number) => `onset, ${counted(steps, 'step', 'steps')}`,
  onsetUpToStepsEstimate: (steps: number) => `onset, up to ${counted(steps, 'step', 'steps')} (estimate)`,
  estimated: (step: string) => `${step} (estimate)`,
  theGhostOfTheLinkIsNone: 'The curve that rides along in this link can’t be read, so it is left out',
  itsEnd: 'its end',
  soFar: 'so far',
  asAsked: (flow: string) => `${flow}, as asked`,
  seconds: (value: number) => counted(value, 'second', 'seconds'),
  minutes: (value: number) => counted(value, 'minute', 'minutes'),
  hours: (value: number) => counted(value, 'hour', 'hours'),
});
