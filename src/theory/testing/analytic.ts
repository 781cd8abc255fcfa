/**
 * Functions with known derivatives for the tests of the theory, over Float64Arrays:
 * L(x) = x'Ax/2 + b'x + Σ sin((Cx)_i), the form of `fixtures/golden/theory-analytic.json`.
 */
import { readFileSync } from 'node:fs';
import type { Objective } from '../../engine/vector-space.ts';
import type { Float64Space } from '../float64-space.ts';
import { createFloat64Space } from '../float64-space.ts';
import type { HessianProduct } from '../hessian-product.ts';

export interface AnalyticFunction {
  readonly A: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly C: readonly (readonly number[])[];
}

interface FlowRow {
  readonly h: number;
  readonly n?: number;
  readonly gd: readonly number[];
  readonly gradient_flow: readonly number[];
  readonly modified_flow: readonly number[];
  readonly modified_flow_two_gradients: readonly number[];
  readonly next_order: readonly number[];
}

interface CompositeRow extends Readonly<Record<'h1' | 'h2' | 'n1' | 'n2', number>> {
  readonly after_stage_2: readonly number[];
  readonly plain: readonly number[];
  readonly modified: readonly number[];
  readonly bracket_only: readonly number[];
  readonly modified_and_bracket: readonly number[];
}

export interface AdaptiveGolden {
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly rows: readonly {
    readonly h: number;
    readonly steps: number;
    readonly start: readonly number[];
    readonly m_at_start: readonly number[];
    readonly v_at_start: readonly number[];
    readonly end: readonly number[];
    readonly corrected_flow: readonly number[];
    readonly sign_flow: readonly number[];
  }[];
  readonly field_at_x0: { readonly h: number; readonly corrected: readonly number[]; readonly uncorrected: readonly number[] };
}

export interface AnalyticGoldens {
  readonly functions: readonly AnalyticFunction[];
  readonly x0: readonly number[];
  readonly at_x0: readonly {
    readonly L: number;
    readonly g: readonly number[];
    readonly v: readonly number[];
    readonly Hv: readonly number[];
    readonly third_derivative_gg: readonly number[];
  }[];
  readonly gradient_descent: {
    readonly points_after_n_steps: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
    readonly single_step: { readonly rows: readonly FlowRow[] };
    readonly fixed_time_1: { readonly rows: readonly FlowRow[] };
  };
  readonly adam: AdaptiveGolden;
  readonly rmsprop: AdaptiveGolden;
  readonly sgd_one_epoch: {
    readonly rows: readonly (Readonly<
      Record<'mean_of_permutations' | 'modified_flow' | 'without_variance_term' | 'gradient_flow', readonly number[]>
    > & {
      readonly h: number;
    })[];
  };
  readonly principal_flow: Readonly<Record<'x0' | 'gd' | 'principal_flow' | 'modified_flow', readonly number[]>> & {
    readonly A: readonly (readonly number[])[];
    readonly h: number;
    readonly n: number;
  };
  readonly composite: { readonly rows: readonly CompositeRow[]; readonly bracket_at_start: readonly number[] };
}

export function analyticGoldens(): AnalyticGoldens {
  return JSON.parse(readFileSync(new URL('../../../fixtures/golden/theory-analytic.json', import.meta.url), 'utf8')) as AnalyticGoldens;
}

export interface AnalyticObjective extends Objective<Float64Array> {
  readonly space: Float64Space;
  readonly gradientsSpent: () => number;
  /** H(x), dense. */
  hessian(x: Float64Array): number[][];
  /** Exact Hessian-vector products. */
  readonly product: HessianProduct<Float64Array>;
  /** ∇³L(x)[v, v]. */
  thirdDerivative(x: Float64Array, v: ArrayLike<number>): number[];
}

const times = (M: readonly (readonly number[])[], x: ArrayLike<number>): number[] =>
  M.map((row) => row.reduce((sum, a, j) => sum + a * x[j]!, 0));

/** `space`: to share one among several functions. */
export function analyticObjective({ A, b, C }: AnalyticFunction, space: Float64Space = createFloat64Space(b.length)): AnalyticObjective {
  let spent = 0;
  const n = b.length;
  const loss = (x: Float64Array): number => {
    const Ax = times(A, x);
    const Cx = times(C, x);
    return Ax.reduce((sum, a, i) => sum + (a / 2 + b[i]!) * x[i]!, 0) + Cx.reduce((sum, c) => sum + Math.sin(c), 0);
  };
  const hessian = (x: Float64Array): number[][] => {
    const Cx = times(C, x);
    return A.map((row, i) => row.map((a, j) => a - C.reduce((sum, c, k) => sum + c[i]! * c[j]! * Math.sin(Cx[k]!), 0)));
  };
  return {
    space,
    gradientsSpent: () => spent,
    loss,
    hessian,
    thirdDerivative(x, v) {
      const weights = times(C, x).map((c, k) => -Math.cos(c) * times(C, v)[k]! ** 2);
      return b.map((_, i) => C.reduce((sum, c, k) => sum + c[i]! * weights[k]!, 0));
    },
    lossAndGradient(x, gradient) {
      spent++;
      const Ax = times(A, x);
      const Cx = times(C, x);
      for (let i = 0; i < n; i++) gradient[i] = Ax[i]! + b[i]! + C.reduce((sum, c, k) => sum + c[i]! * Math.cos(Cx[k]!), 0);
      return loss(x);
    },
    product: {
      gradientsPerProduct: 2,
      async apply(x, v, out) {
        out.set(times(hessian(x), v));
      },
      dispose() {},
    },
  };
}

/** x ← x - h∇L(x), n times. */
export async function gradientDescent(objective: AnalyticObjective, start: ArrayLike<number>, h: number, n: number): Promise<Float64Array> {
  const x = Float64Array.from(start);
  const g = new Float64Array(x.length);
  for (let i = 0; i < n; i++) {
    await objective.lossAndGradient(x, g);
    objective.space.axpy(-h, g, x);
  }
  return x;
}

export function distance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return Math.hypot(...Array.from(x, (value, i) => value - y[i]!));
}

/** log2 of successive errors, for step sizes that halve. */
export function orders(errors: readonly number[]): number[] {
  return errors.slice(1).map((error, i) => Math.log2(errors[i]! / error));
}
