/** The tables of the Cost tab. */
import { spoken } from '../../language.ts';

export const say = spoken('costTable', {
  thisRun: 'This run',
  fromScratch: 'From scratch',
  withoutReading: 'Without reading',
  smallAlone: 'Small, alone',
  averagedNotFused: 'Averaged, not fused',
  itTrainedForLessThanThat: 'It trained for less than that: with more it could only get lower.',
  reachedOf: (reached: number, seeds: number) => `${reached} of ${seeds}`,
  notReached: 'not reached',
  lossDifference: (mean: string, sd: string, higher: boolean) => `${mean} ± ${sd} ${higher ? 'higher' : 'lower'}`,
  shareSaved: (mean: number, sd: number, more: boolean) => `${mean} ± ${sd} % ${more ? 'more' : 'less'}`,
});
