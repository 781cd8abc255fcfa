/** Where the modified flow of Adam and RMSProp (adaptive-flow.ts) holds, and the words for where it does not. */
import { tell, tellAll } from '../../experiment/messages/tell.ts';
import type { Told } from '../../experiment/messages/say.ts';
import { ADAPTIVE_WINDOWS, LEAST_AVERAGE } from '../../experiment/declared/optimizers.ts';
import type { AdaptiveFlowDescription } from '../../training/modified-flow.ts';

/** Steps that the averages warm up for, and those over which the flow is then followed. */
export const ADAPTIVE_WINDOW = { ...ADAPTIVE_WINDOWS.averaged, warmUp: 60, steps: 80 } as const;

/**
 * Why the flow of these settings is not drawn; null where it is.
 * @param stepSize the largest step size of the prediction, where known
 * @param warmUp steps that the averages have had before the prediction starts, where known
 */
export function adaptiveWindow(
  { title, beta1, beta2, epsilon, decay }: AdaptiveFlowDescription,
  stepSize?: number,
  warmUp?: number,
): Told | null {
  const window = beta1 === 0 ? ADAPTIVE_WINDOWS.plain : ADAPTIVE_WINDOWS.averaged;
  const reasons: Told[] = [];
  if (beta1 > 0 && beta1 < LEAST_AVERAGE) reasons.push(tell('outside-beta1', { value: beta1, from: LEAST_AVERAGE }));
  if (beta2 > window.beta2) reasons.push(tell('outside-beta2', { value: beta2, most: window.beta2 }));
  if (!(epsilon >= window.smallestEpsilon && epsilon <= window.largestEpsilon))
    reasons.push(tell('outside-epsilon', { value: epsilon, least: window.smallestEpsilon, most: window.largestEpsilon }));
  if (decay > 0) reasons.push(tell('outside-decay', { value: decay }));
  if (stepSize !== undefined && stepSize > window.stepSize)
    reasons.push(tell('outside-step-size', { value: stepSize, most: window.stepSize }));
  if (warmUp !== undefined && warmUp < ADAPTIVE_WINDOW.warmUp)
    reasons.push(tell('outside-warm-up', { value: warmUp, least: ADAPTIVE_WINDOW.warmUp }));
  const [first, ...more] = reasons;
  return first === undefined ? null : tell('unpredicted-outside', { optimizer: title, reasons: tellAll([first, ...more]) });
}
