/** The flows that gradient descent follows. */
import { spoken } from '../../language.ts';

export const say = spoken('ladder', {
  gradientFlowSpoken: 'theta prime equals minus g',
  secondOrderSpoken: 'theta prime equals minus the sum of g and h over two times H g',
  shiftedGradientSpoken: 'theta prime equals minus the gradient of L at theta plus h over two times the gradient of L at theta',
  theSameFirstOrderFromTwo: 'The same first order from two gradients. Beyond it the two differ, by as much as they are off themselves.',
  thirdOrderSpoken: 'theta prime equals k one plus k two minus eight k three, over six',
  aQuarter: 'a quarter',
  anEighth: 'an eighth',
  aSixteenth: 'a sixteenth',
  oneStepIsOffByA: 'One step is off by a term in h',
  halfTheStepSizeOfThe: (order: undefined | string) => `: half the step size, ${order} of the error.`,
  whatGradientDescentFollows: 'What gradient descent follows',
  aSmoothFlowTheMoreTerms:
    'A smooth flow. The more terms in the step size h it has, the faster its error falls as h gets smaller. Here g = ∇L and H = ∇²L. Setup, Prediction chooses which are drawn.',
  drawnHere: 'drawn here',
  toFirstOrderThatIsGradient: 'To first order that is gradient flow on another loss, which prefers flat places:',
  modifiedLossSpoken: 'L tilde equals L plus h over four times the squared norm of the gradient of L',
  theFlatnessTermIsOfThe: (term: string, id: string, step: number) => `The flatness term is ${term} of the loss of ${id} at step ${step}.`,
  numbersAppearWhileItTrains: 'Numbers appear while it trains.',
  theStepSizesHCIn:
    'The step sizes h = c/λ in these flows are the run’s own: λ is measured along the run and kept as a table. Only the self-held forecast takes them from its own λ.',
  alongTheSharpestDirectionH: (product: string, step: string, product2: string) =>
    `Along the sharpest direction h · λmax is ${product}, and there the series in h · λ, which adds up to −log(1 − hλ)/(hλ), converges only below 1. No flow can do what a step does there, which lands on the other side of the valley (× ${step}; the first order gives × ${product2}). It matters little while both are far from ±1: within a few steps little is left along that direction in the run or in the flow, and the loss goes down along the many others, whose h · λ is below 1.`,
});
