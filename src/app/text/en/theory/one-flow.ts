/** Growth as one flow. */
import { counted } from '../../../../experiment/messages/numbers.ts';
import { spoken } from '../../language.ts';

export const say = spoken('oneFlow', {
  pAFusionOfKDivides:
    'P: a fusion of k divides the head by k, so in the fused network’s coordinates the sources trained their head with steps 1/k² as long.',
  growthAsOneFlow: 'Growth as one flow',
  bracketSpoken: 'a times b over two, times H2 P g1 minus P H1 g2',
  afterAFusionWhatTheOrder: 'After a fusion: what the order of the two stages, small then fused, does to the weights.',
  knownForFusionsOnlyInWhich: 'Known for fusions only, in which whole networks stand side by side.',
  beingLookedAt: 'Being looked at.',
  theGrowthIsBeingLookedAt: 'The growth is being looked at.',
  atTheGrowth: ' at the growth.',
  metric: 'Metric',
  ofTheHead: (metric: string) => ` of the head ${metric}.`,
  outsideItsWindowNHIs: 'Outside its window: n·h·λ is ',
  withASingleStepOnEither: ' with a single step on either side, and must not pass 2. The number is not shown.',
  newWeightsExplained: 'Norm of the bracket on the weights that the fusion added, and its share of the squared norm.',
  newWeights: 'New weights',
  oldWeightsExplained: 'Norm of the bracket on the weights that A and B brought.',
  oldWeights: 'Old weights',
  toFirstOrderAfterThese: 'To first order, after these steps. Below zero the order of the stages lowers the loss, above zero it raises it.',
  effectOnTheLoss: 'Effect on the loss',
  onEitherSide: (n: number) => `${counted(n, 'step', 'steps')} on either side: `,
  bracketGrows: (n: string, n2: string) => `/2 = ${n}. It grows like n₁·h₁·n₂·h₂/2. n·h·λ is ${n2} of at most 2.`,
  theCompositeAgainstTheRun: 'The composite against the run',
  afterSteps: (n: number) => `After ${counted(n, 'step', 'steps')}`,
  loss: 'Loss',
  distanceOfThePredicted: 'Distance of the predicted weights from the run’s.',
  measured: 'Measured',
  withBracket: 'With bracket',
  without: 'Without',
  theBracketBringsTheWeights: (distance: boolean, distance2: string, gradients: string) =>
    `${distance ? `The bracket brings the weights ${distance2} × closer.` : 'Here the bracket makes it worse.'} ${gradients} gradients.`,
  bracketOnNewWeightsGrownAt: 'Bracket on new weights, grown at ',
});
