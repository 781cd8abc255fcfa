/** Where the modified flow of Adam and RMSProp (adaptive-flow.ts) holds, and the words for where it does not. */
import { ADAPTIVE_WINDOWS, LEAST_AVERAGE } from '../../experiment/declared/optimizers.ts';
import type { AdaptiveFlowDescription } from '../../training/modified-flow.ts';

/** Steps that the averages warm up for, and those over which the flow is then followed. */
export const ADAPTIVE_WINDOW = { ...ADAPTIVE_WINDOWS.averaged, warmUp: 60, steps: 80 } as const;

/**
 * Why the flow of these settings is not drawn, in words; null where it is.
 * @param stepSize the largest step size of the prediction, where known
 * @param warmUp steps that the averages have had before the prediction starts, where known
 */
export function adaptiveWindow(
  { title, beta1, beta2, epsilon, decay }: AdaptiveFlowDescription,
  stepSize?: number,
  warmUp?: number,
): string | null {
  const window = beta1 === 0 ? ADAPTIVE_WINDOWS.plain : ADAPTIVE_WINDOWS.averaged;
  const reasons: string[] = [];
  if (beta1 > 0 && beta1 < LEAST_AVERAGE) reasons.push(`β1 is ${beta1}, the flow holds at 0 and from ${LEAST_AVERAGE} on`);
  if (beta2 > window.beta2) reasons.push(`β2 is ${beta2}, the flow holds up to ${window.beta2}`);
  if (!(epsilon >= window.smallestEpsilon && epsilon <= window.largestEpsilon))
    reasons.push(`ε is ${epsilon}, it holds from ${window.smallestEpsilon} to ${window.largestEpsilon}`);
  if (decay > 0) reasons.push(`weights decay by ${decay}, which it does not know`);
  if (stepSize !== undefined && stepSize > window.stepSize) reasons.push(`the step size is ${stepSize}, it holds up to ${window.stepSize}`);
  if (warmUp !== undefined && warmUp < ADAPTIVE_WINDOW.warmUp)
    reasons.push(`the averages have had ${warmUp} steps, it holds after ${ADAPTIVE_WINDOW.warmUp}`);
  return reasons.length === 0
    ? null
    : `Not predicted for ${title}, because ${reasons.join('; ')}. Outside these limits the corrected flow runs away from the run.`;
}
