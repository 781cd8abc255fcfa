/** What to try after a run. */
import { spoken } from '../language.ts';

export const say = spoken('conclusion', {
  whatHappened: 'What happened',
  tryNext: 'Try next: ',
  closeWhatHappened: 'Close what happened',
  fuseItWithItselfAtStep: (half: number) => `fuse it with itself at step ${half}`,
  fuseThemAtStep: (half: number) => `fuse them at step ${half}`,
  theSameWithNoiseBetweenThe: 'the same with noise between the copies',
  theSameBesideALargeNetwork: 'the same beside a large network from scratch',
  theNextExample: (title: string) => `the next example, “${title}”`,
  atStepInsteadOf: (fusion: boolean, step: number, planned: number) => `${fusion ? 'fuse' : 'grow'} at step ${step} instead of ${planned}`,
  theSameWithAnotherSeed: 'the same with another seed',
  theFirstExampleAgain: 'the first example again',
});
