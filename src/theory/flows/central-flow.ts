/**
 * Past the edge of stability: the central flow (Cohen, Damian, Talwalkar, Kolter & Lee 2024, arXiv 2410.24206).
 *
 * Where hλ reaches 2, gradient descent oscillates along its sharpest directions, and the oscillation, of covariance Σ,
 * holds the sharpness near 2/h. Its mean follows
 *     θ' = -(g + ½ ∇⟨H, Σ⟩),   Σ ⪰ 0 on the sharpest eigenvectors,   H ⪯ 2/h,   ⟨Σ, 2/h - H⟩ = 0,
 * and the mean of its loss is L + ½⟨H, Σ⟩. In the basis U of k tracked eigenvectors, with T_ij = ∇³L[u_i, u_j] from
 * differences of gradients, one step is
 *     C_ij = (2/h - λ_i) δ_ij / h + ⟨T_ij, damp(g)⟩,   B[X]_ij = ½ Σ_kl ⟨T_ij, damp(T_kl)⟩ X_kl,
 *     X = argmin over X ⪰ 0 of ⟨C, X⟩ + ½⟨X, B[X]⟩,    v = g + ½ Σ X_ij T_ij,    θ ← θ - h damp(v),
 *     damp(w) = w - U (1 - φ(hλ)) Uᵀw for hλ > 1,      φ(q) = (1 - e^-q)/q,
 * where damp is the exact solution along the stiff directions. Below the edge, until hλ first reaches 2, it is the
 * modified flow that holds. For gradient descent with a constant step size; it explains, at 20–50 gradients a step.
 * Not predicted: the onset (an oscillation grows from rounding for 20–70 steps before it is seen), single spikes.
 */
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type Objective, type VectorSpace } from '../../engine/vector-space.ts';
import { EDGE } from '../diagnostics.ts';
import { EigenTracker } from '../curvature/eigen-tracker.ts';
import { modifiedFlow, type Flow } from './flows.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';
import { stepDoubling, type Integrator } from '../integrate/integrators.ts';
import { pairsOf, solveSemidefinite, type SemidefiniteSolution } from '../curvature/semidefinite.ts';

export interface CentralFlowOptions {
  /** Most directions that may oscillate at once. */
  readonly maxDirections: number;
  /** Step of the third derivative along a unit vector: .05 in float32, .003 in float64. */
  readonly thirdStep: number;
  /**
   * Over how many steps a sharpness that is past 2/h is brought back; 1 is the definition, but spikes at first contact.
   */
  readonly easing: number;
}

const CENTRAL_FLOW: CentralFlowOptions = { maxDirections: 3, thirdStep: 0.05, easing: 4 };

/** Below hλ = 1.5 nothing oscillates, and eigenvectors are brought up to date every 8 steps only. */
const NEAR_EDGE = 1.5;
const FAR_EVERY = 8;

export interface CentralStep {
  /** Mean of the loss that descent shows around the step's start: L + ½⟨H, Σ⟩. */
  readonly predicted: number;
  /** L at the step's start. */
  readonly loss: number;
  /** Tracked eigenvalues at (or a few steps before) the step's start, descending. */
  readonly lambdas: readonly number[];
  /** `modified`: hλ has not reached 2 yet. */
  readonly regime: 'modified' | 'central';
  /** Σ in the basis of the eigenvectors with the slack of H ⪯ 2/h after the step; null where nothing oscillates. */
  readonly oscillation: SemidefiniteSolution | null;
}

const phi = (q: number): number => -Math.expm1(-q) / q;

export class CentralFlow<V> {
  private readonly objective: Objective<V>;
  private readonly space: VectorSpace<V>;
  private readonly options: CentralFlowOptions;
  private readonly tracker: EigenTracker<V>;
  private readonly below: Flow<V>;
  private readonly integrator: Integrator<V>;
  private readonly gradient: V;
  private readonly shifted: V;
  private readonly direction: V;
  private readonly third: readonly V[];
  private readonly own: Resources;
  private steps = 0;
  private crossed = false;

  constructor(objective: Objective<V>, options: Partial<CentralFlowOptions> = {}) {
    this.objective = objective;
    this.space = objective.space;
    this.options = { ...CENTRAL_FLOW, ...options };
    using own = new Resources();
    this.tracker = own.use(new EigenTracker(objective, this.options.maxDirections + 1));
    this.below = own.use(modifiedFlow(objective));
    this.integrator = own.use(stepDoubling(this.space));
    [this.gradient, this.shifted, this.direction] = createVectors(this.space, 3, own);
    const pairs: number = pairsOf(this.options.maxDirections).length;
    this.third = createVectors(this.space, pairs, own);
    this.own = own.move();
  }

  /** Largest tracked eigenvalue at (or a few steps before) the last step's start. */
  get lambda(): number | undefined {
    return this.tracker.lambdas[0];
  }

  /** θ ← θ one step of size h later. Yields the gradients spent since the last yield. */
  async *step(theta: V, h: number): AsyncGenerator<number, CentralStep, undefined> {
    const { tracker } = this;
    const top = tracker.lambdas[0];
    if (top === undefined || h * top > NEAR_EDGE || this.steps % FAR_EVERY === 0) yield* tracker.update(theta);
    this.steps++;
    const lambdas = [...tracker.lambdas];
    if (h * lambdas[0]! >= EDGE) this.crossed = true;
    if (!this.crossed) {
      const { loss } = yield* this.integrator.step(this.below, theta, h);
      return { predicted: loss, loss, lambdas, regime: 'modified', oscillation: null };
    }
    const loss = await this.objective.lossAndGradient(theta, this.gradient);
    yield 1;
    let oscillation: SemidefiniteSolution | null = null;
    let predicted = loss;
    if (h * lambdas[0]! >= NEAR_EDGE) {
      const atEdge = lambdas.filter((lambda) => h * lambda > 0.95 * EDGE).length;
      const k = Math.min(atEdge + 1, this.options.maxDirections, lambdas.length);
      yield* this.thirdDerivatives(theta, k);
      oscillation = await this.solve(h, lambdas, k);
      const { X } = oscillation;
      pairsOf(k).forEach(([i, j], p) => this.space.axpy((i === j ? 0.5 : 1) * X[i]![j]!, this.third[p]!, this.gradient));
      for (let i = 0; i < k; i++) predicted += 0.5 * lambdas[i]! * X[i]![i]!;
    }
    // θ ← θ - h damp(v)
    this.space.axpy(-h, this.gradient, theta);
    const stiff = [...lambdas.entries()].map(([i, lambda]) => ({ vector: tracker.vectors[i]!, kept: this.damping(h * lambda) }));
    const damped = stiff.filter(({ kept }) => kept !== 0);
    const along = await Promise.all(damped.map(({ vector }) => this.space.dot(vector, this.gradient)));
    damped.forEach(({ vector, kept }, i) => this.space.axpy(h * kept * along[i]!, vector, theta));
    return { predicted, loss, lambdas, regime: 'central', oscillation };
  }

  /**
   * As an integrator, for the trajectory through a growth: the loss it reports is the predicted mean. The flow that it
   * is given is not used.
   */
  asIntegrator(): Integrator<V> {
    let extra = 0;
    const { step, dispose } = { step: this.step.bind(this), dispose: this.dispose.bind(this) };
    return {
      async *step(_flow, theta, h) {
        const { predicted, loss } = yield* step(theta, h);
        extra = predicted - loss;
        return { loss: predicted, substeps: 1, relativeError: null };
      },
      shownLoss: (loss) => loss + extra,
      dispose,
    };
  }

  dispose(): void {
    this.own.dispose();
  }

  /** 1 - φ(hλ): the share of a stiff direction's velocity that the exact solution does not travel in a step. */
  private damping(q: number): number {
    return q > 1 ? 1 - phi(q) : 0;
  }

  /**
   * T_ij = ∇³L[u_i, u_j] from S_d = ∇³L[d, d] with d = u_i and (u_i + u_j)/√2: T_ij = S_ij - (T_ii + T_jj)/2.
   * `gradient` holds g.
   */
  private async *thirdDerivatives(theta: V, k: number): AsyncGenerator<number, void, undefined> {
    const { space, objective, shifted, direction, third, tracker } = this;
    const e = this.options.thirdStep;
    const pairs = pairsOf(k);
    for (const [p, [i, j]] of pairs.entries()) {
      space.copy(tracker.vectors[i]!, direction);
      if (i !== j) {
        space.axpy(1, tracker.vectors[j]!, direction);
        space.scale(Math.SQRT1_2, direction);
      }
      const into = third[p]!;
      space.copy(theta, shifted);
      space.axpy(-e, direction, shifted);
      await gradientOnly(objective, shifted, into);
      yield 1;
      space.copy(theta, shifted);
      space.axpy(e, direction, shifted);
      await gradientOnly(objective, shifted, direction);
      yield 1;
      space.axpy(1, direction, into);
      space.axpy(-2, this.gradient, into);
      space.scale(1 / (e * e), into);
    }
    const place = (i: number): number => pairs.findIndex(([a, b]) => a === i && b === i);
    for (const [p, [i, j]] of pairs.entries()) {
      if (i === j) continue;
      space.axpy(-0.5, third[place(i)]!, third[p]!);
      space.axpy(-0.5, third[place(j)]!, third[p]!);
    }
  }

  private async solve(h: number, lambdas: readonly number[], k: number): Promise<SemidefiniteSolution> {
    const { space, tracker, third } = this;
    const count = pairsOf(k).length;
    const used = third.slice(0, count);
    const dampings = lambdas.map((lambda) => this.damping(h * lambda));
    const along = (vector: V): Promise<number[]> => Promise.all(tracker.vectors.slice(0, lambdas.length).map((u) => space.dot(u, vector)));
    const [gradientAlong, thirdAlong, gram, withGradient] = await Promise.all([
      along(this.gradient),
      Promise.all(used.map(along)),
      Promise.all(used.map((x, p) => Promise.all(used.map((y, q) => (q >= p ? space.dot(x, y) : 0))))),
      Promise.all(used.map((x) => space.dot(x, this.gradient))),
    ]);
    const damped = (a: readonly number[], b: readonly number[]): number => dampings.reduce((sum, kept, i) => sum + kept * a[i]! * b[i]!, 0);
    const Q = used.map((_, p) => used.map((_unused, q) => gram[Math.min(p, q)]![Math.max(p, q)]! - damped(thirdAlong[p]!, thirdAlong[q]!)));
    const C = Array.from({ length: k }, () => new Float64Array(k));
    pairsOf(k).forEach(([i, j], p) => {
      C[i]![j] = C[j]![i] = withGradient[p]! - damped(thirdAlong[p]!, gradientAlong);
    });
    for (let i = 0; i < k; i++) {
      const room = EDGE / h - lambdas[i]!;
      C[i]![i] = C[i]![i]! + room / (h * (room < 0 ? this.options.easing : 1));
    }
    return solveSemidefinite({ C, Q });
  }
}
