/**
 * The modified flow of Adam and RMSProp (Cattaneo, Klusowski & Shigida 2024, arXiv 2309.00079), after their averages
 * have warmed up. With g = ∇L and k(β) = (1+β)/(1-β),
 *
 *     θ'_j = -P_j ( g_j + (h/2) c_j (H (P g))_j ),    c_j = k(β1) - k(β2) + k(β2) e_j,
 *
 * where for ε inside the root P = 1/√(g²+ε), e = ε/(g²+ε), so that H(P g) is the gradient of ‖g‖_{1,ε} = Σ√(g²+ε); and
 * for ε beside the root, the usual form, P = 1/(|g|+ε), e = εP (derived for this program, of the same order; the
 * formula for the inside with ε² in place of ε is a hundred times worse). Without the correction it is the sign-like
 * flow -P g.
 *
 * It holds in a small window only (adaptive-window.ts): elsewhere P changes within a step by more than itself, and the
 * corrected flow runs away from the run.
 */
import { createVectors, type Objective } from '../../engine/vector-space.ts';
import type { AdaptiveFlowDescription } from '../../training/modified-flow.ts';
import type { ElementwiseSpace } from './elementwise.ts';
import type { Flow } from './flows.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';
import type { HessianProduct } from '../hessian-product.ts';

type Settings = Pick<AdaptiveFlowDescription, 'beta1' | 'beta2' | 'epsilon' | 'epsilonIn'>;

interface Scaling {
  /** P_j of g_j */
  readonly preconditioner: (g: number) => number;
  /** c_j of g_j */
  readonly correction: (g: number) => number;
}

function scaling({ beta1, beta2, epsilon, epsilonIn }: Settings): Scaling {
  for (const [name, beta] of [
    ['β1', beta1],
    ['β2', beta2],
  ] as const)
    if (!(beta >= 0 && beta < 1)) throw new Error(`${name} is ${beta}; it must be at least 0 and below 1`);
  if (!(epsilon > 0)) throw new Error(`ε is ${epsilon}; the flow needs one that is positive`);
  const [k1, k2] = [(1 + beta1) / (1 - beta1), (1 + beta2) / (1 - beta2)];
  return epsilonIn === 'root'
    ? { preconditioner: (g) => 1 / Math.sqrt(g * g + epsilon), correction: (g) => k1 - k2 + (k2 * epsilon) / (g * g + epsilon) }
    : { preconditioner: (g) => 1 / (Math.abs(g) + epsilon), correction: (g) => k1 - k2 + (k2 * epsilon) / (Math.abs(g) + epsilon) };
}

/**
 * The flow with a Hessian product, as it is defined; the product stays the caller's. `corrected` false: the sign-like
 * flow -P g.
 */
export function adaptiveFlowFromProduct<V>(
  objective: Objective<V>,
  space: ElementwiseSpace<V>,
  settings: Settings,
  product: HessianProduct<V>,
  corrected = true,
): Flow<V> {
  const { preconditioner: P, correction: c } = scaling(settings);
  const [g, Pg] = createVectors(space, 2);
  return {
    name: 'adaptive-flow',
    gradientsPerEvaluation: 1 + (corrected ? product.gradientsPerProduct : 0),
    async field(theta, h, out) {
      const loss = await objective.lossAndGradient(theta, g);
      await space.zip(g, g, g, Pg, (x) => P(x) * x);
      if (corrected) {
        await product.apply(theta, Pg, out);
        await space.zip(g, out, g, out, (x, y) => -P(x) * (x + (h / 2) * c(x) * y));
      } else {
        space.copy(Pg, out);
        space.scale(-1, out);
      }
      return loss;
    },
    dispose() {
      space.dispose(g);
      space.dispose(Pg);
    },
  };
}

/** Without the correction: the sign-like flow -P g, the control. */
export function signLikeFlow<V>(objective: Objective<V>, space: ElementwiseSpace<V>, settings: Settings): Flow<V> {
  const { preconditioner: P } = scaling(settings);
  return {
    name: 'adaptive-flow',
    gradientsPerEvaluation: 1,
    async field(theta, _h, out) {
      const loss = await objective.lossAndGradient(theta, out);
      await space.zip(out, out, out, out, (x) => -P(x) * x);
      return loss;
    },
    dispose() {},
  };
}

/** The flow to the same order from two gradients: (h/2) H (P g) = g(θ + (h/2) P g) - g. */
export function adaptiveFlow<V>(objective: Objective<V>, space: ElementwiseSpace<V>, settings: Settings): Flow<V> {
  const { preconditioner: P, correction: c } = scaling(settings);
  const [g, ahead] = createVectors(space, 2);
  return {
    name: 'adaptive-flow',
    gradientsPerEvaluation: 2,
    async field(theta, h, out) {
      const loss = await objective.lossAndGradient(theta, g);
      await space.zip(theta, g, g, ahead, (x, y) => x + (h / 2) * P(y) * y);
      await gradientOnly(objective, ahead, out);
      await space.zip(g, out, g, out, (x, y) => -P(x) * (x + c(x) * (y - x)));
      return loss;
    },
    dispose() {
      space.dispose(g);
      space.dispose(ahead);
    },
  };
}
