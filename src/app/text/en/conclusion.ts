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
  endedAt: (model: string, one: boolean, loss: string) => `${model} ended at ${one ? 'loss ' : ''}${loss}`,
  afterSteps: (steps: string, one: boolean, told: string) => `after ${steps} ${one ? 'step' : 'steps'} ${told}`,
  afterReaching: (told: string, sources: string, losses: string) => `${told}, after ${sources} had reached ${losses}`,
  lowestOnTheWay: (loss: string, lowest: string) => `${loss} (lowest on the way ${lowest})`,
  besideEndedAt: (who: string, loss: string) => `${who} ended at ${loss}`,
  theSmallNetworkAlone: 'the small network alone',
  theLargeOneFromScratch: 'the large one from scratch',
  theLargeOneWithoutReading: 'the large one without reading',
  controlBy: (flow: string, error: string) => ` (${flow} by ${error})`,
  wasOffBy: (flow: string, error: string, control: string) => `the ${flow} was off by ${error} on average${control}`,
  asMuchCompute: (loss: string) => `reaching loss ${loss} took about as much compute as from scratch`,
  lessCompute: (loss: string, percent: number) => `reaching loss ${loss} took ${percent} % less compute than from scratch, with this seed`,
  moreCompute: (loss: string, times: string) =>
    `reaching loss ${loss} took ${times} times the compute of training from scratch, with this seed`,
});
