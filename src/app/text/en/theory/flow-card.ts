/** The flows of momentum, adaptive optimizers and mini-batches. */
import { spoken } from '../../language.ts';

export const say = spoken('flowCard', {
  whatMomentumFollows: 'What momentum follows',
  momentumSpoken: 'mu times theta double prime plus theta prime equals minus the gradient of L',
  andOneStepOfTakesThe: (h: string, time: string) => `, and one step of ${h} takes the time ${time}. `,
  aBallWithMassWhatWas: (inSteps: string, beta: number) =>
    `A ball with mass: what was set in motion goes on for about ${inSteps} steps (β = ${beta}). Without its mass, from a standing start, the flow is off from the first steps.`,
  whatFollows: (title: string) => `What ${title} follows`,
  adaptiveSpoken: 'theta prime equals minus P times g plus h over two times c times H P g',
  preconditioned: (h: string | null, small: string, epsilon: number, large: string, beta1: number, beta2: number) =>
    `P = 1 / (|g| + ε) makes every weight move about as far as every other${h === null ? '' : `, up to ${h} a step`}. The correction c runs from ${small} where a gradient is far below ε = ${epsilon} to ${large} where it is far above (β1 = ${beta1}, β2 = ${beta2}).`,
  whatMiniBatchesFollowInThe: 'What mini-batches follow, in the mean',
  miniBatchLossSpoken:
    'L tilde equals L plus h over four times the squared norm of g plus h over four m times the sum over k of the squared norm of g k minus g',
  batchesExplained: (h: string | null, batches: number) =>
    `${h === null ? '' : `h = ${h}, `}m = ${batches} batches an epoch. The last term keeps the batches’ gradients alike. One run scatters around its mean by about two thirds of what the terms move the path (“Mini-batches, in the mean” under What we measured), so it is compared in the mean over shufflings.`,
});
