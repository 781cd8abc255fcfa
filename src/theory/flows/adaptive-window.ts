/** Where the modified flow of Adam and RMSProp (adaptive-flow.ts) holds, and the words for where it does not. */
import type { AdaptiveFlowDescription } from '../../training/modified-flow.ts';

/**
 * Where the flow was found to hold on T5: there it is closer with the correction than without, for each of three seeds
 * (`npm run validate-theory -- --only optimizers`); at ε = .002 it is not.
 */
export const ADAPTIVE_WINDOW = { stepSize: 3e-4, beta2: 0.95, smallestEpsilon: 5e-3, largestEpsilon: 5e-2, warmUp: 60, steps: 80 } as const;

/**
 * Why the flow of these settings is not drawn, in words; null where it is.
 * @param stepSize the largest step size of the prediction, where known
 * @param warmUp steps that the averages have had before the prediction starts, where known
 */
export function adaptiveWindow(
  { title, beta2, epsilon, decay }: AdaptiveFlowDescription,
  stepSize?: number,
  warmUp?: number,
): string | null {
  const window = ADAPTIVE_WINDOW;
  const reasons: string[] = [];
  if (beta2 > window.beta2) reasons.push(`β2 is ${beta2}, the flow holds up to ${window.beta2}`);
  if (!(epsilon >= window.smallestEpsilon && epsilon <= window.largestEpsilon))
    reasons.push(`ε is ${epsilon}, it holds from ${window.smallestEpsilon} to ${window.largestEpsilon}`);
  if (decay > 0) reasons.push(`weights decay by ${decay}, which it does not know`);
  if (stepSize !== undefined && stepSize > window.stepSize) reasons.push(`the step size is ${stepSize}, it holds up to ${window.stepSize}`);
  if (warmUp !== undefined && warmUp < window.warmUp)
    reasons.push(`the averages have had ${warmUp} steps, it holds after ${window.warmUp}`);
  return reasons.length === 0
    ? null
    : `Not predicted for ${title}, because ${reasons.join('; ')}. Outside these limits the corrected flow runs away from the run.`;
}
