/**
 * What an optimizer says about the differential equation it follows more closely than the gradient flow. The
 * theory asks the optimizer and has no switch of its own: a name stands for a flow of `src/theory/flows.ts`,
 * anything else says in words why there is no prediction.
 */
export type ModifiedFlowDescription =
  /** θ' = -∇(L + (h/4)‖∇L‖²), Barrett & Dherin 2021, arXiv 2009.11162. */
  'gradient-descent' | AdaptiveFlowDescription | { readonly unavailable: string };

/** Adam and RMSProp (β1 = 0), Cattaneo et al. 2024, arXiv 2309.00079: `src/theory/adaptive-flow.ts`, which also says where it holds. */
export interface AdaptiveFlowDescription {
  readonly kind: 'adaptive';
  /** The optimizer, for messages. */
  readonly title: string;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** √(v + ε), or √v + ε. */
  readonly epsilonIn: 'root' | 'denominator';
  /** Decoupled weight decay; 0: none. */
  readonly decay: number;
}

/** Heavy ball: from a standing start it follows an inertial flow μθ'' + θ' = -g, not one of first order (Ghosh et al. 2023, arXiv 2302.00849). */
export const MOMENTUM_FLOW: ModifiedFlowDescription = {
  unavailable:
    'not built yet for momentum: its flow has inertia (the velocity is part of the state), so the flows of gradient descent would be wrong here',
};

/** Adafactor: the step of a tensor depends on its own RMS and on means over rows and columns; no corrected flow of it is known. */
export const ADAFACTOR_FLOW: ModifiedFlowDescription = {
  unavailable:
    'not available for Adafactor: its step depends on the RMS of each tensor and on means over rows and columns, and no corrected flow of that is known',
};

/** A mini-batch run follows its flow only in the mean over shufflings (Smith et al. 2021, arXiv 2101.12176). */
export const MINI_BATCH_FLOW: ModifiedFlowDescription = {
  unavailable:
    'Not predicted with mini-batches, because one run scatters around its flow by more than the effect the flow would show; choose the full batch.',
};
