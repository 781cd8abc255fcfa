/**
 * The differential equation that an optimizer follows more closely than the gradient flow: which
 * one, with which numbers, and up to which h·λmax it is stable. The theory and the page ask the optimizer and have no
 * switch of their own over its names.
 */
import { tell } from '../experiment/messages/tell.ts';
import type { Told } from '../experiment/messages/say.ts';
import { OPTIMIZER_ROWS } from '../experiment/declared/optimizers.ts';

export type ModifiedFlowDescription =
  | GradientDescentFlowDescription
  | InertialFlowDescription
  | AdaptiveFlowDescription
  | { readonly kind: 'none'; readonly unavailable: Told };

/** θ' = -∇(L + (h/4)‖∇L‖²), Barrett & Dherin 2021, arXiv 2009.11162: `src/theory/flows/flows.ts`. */
interface GradientDescentFlowDescription extends Stability {
  readonly kind: 'gradient-descent';
}

/** h·λmax on a quadratic: */
export interface Stability {
  /** up to here steps do not overshoot, */
  readonly smoothTo: number;
  /** and up to here they do not grow. */
  readonly edge: number;
}

/**
 * Heavy ball, μθ'' + θ' = -g with the effective step lr/(1-β) as its time (Ghosh et al. 2023, arXiv 2302.00849):
 * `src/theory/flows/inertial-flow.ts`.
 */
interface InertialFlowDescription extends Stability {
  readonly kind: 'inertial';
  readonly beta: number;
}

/**
 * Adam and RMSProp (β1 = 0), Cattaneo et al. 2024, arXiv 2309.00079: `src/theory/flows/adaptive-flow.ts`;
 * `adaptive-window.ts` says where it holds.
 */
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

export const GRADIENT_DESCENT_FLOW: ModifiedFlowDescription = {
  kind: 'gradient-descent',
  smoothTo: 1,
  edge: OPTIMIZER_ROWS.gd.held.edge(),
};

/**
 * Adafactor: the step of a tensor depends on its own RMS and on means over rows and columns; no corrected flow of it is
 * known.
 */
export const ADAFACTOR_FLOW: ModifiedFlowDescription = {
  kind: 'none',
  unavailable: tell('unpredicted-adafactor'),
};

/** h·λmax up to which an optimizer with this flow is stable on a quadratic; null where the product says nothing. */
export function edgeOf(description: ModifiedFlowDescription): number | null {
  return 'edge' in description ? description.edge : null;
}
