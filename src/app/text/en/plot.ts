/** Names of curves, bars and axes. */
import { spoken } from '../language.ts';

export const say = spoken('plot', {
  measuredOnlyFaster: 'measured, only faster',
  asAsked: (words: string) => `${words}, as asked`,
  fromTheGrowth: (words: string) => `${words} from the growth`,
  steps: (value: string) => `${value} steps`,
  ifYouFuseNow: 'if you fuse now',
  whatIf: 'what if',
  grownAt: (step: string) => `grown at ${step}`,
  anotherTable: 'another table',
  whatIfThis: (parts: string) => `what if ${parts}`,
  asPlanned: 'as planned',
  fromScratch: 'from scratch',
  notFusedAveraged: 'not fused, averaged',
  theSameTwice: 'the same, twice',
  goesOn: 'goes on',
  smallSeed: (seed: number) => `small · seed ${seed}`,
  selfFusionAndItsCopyThen: (source: string) => `self-fusion · ${source} and its copy, then trained`,
  thenTrained: (source: string, verb: string) => `${source} ${verb}, then trained`,
  fusedThenTrainedTogether: (grownBefore: boolean, names: string) =>
    `${grownBefore ? 'large' : 'medium'} · ${names} fused, then trained together`,
  fusedThenTrained: (names: string) => `${names} fused, then trained together`,
  fused: (names: string) => `${names} fused`,
  small: 'small',
  selfFusion: 'self-fusion',
});
