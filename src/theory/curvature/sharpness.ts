/**
 * The sharpness λ = largest eigenvalue of the Hessian H of the loss.
 *
 * By Lanczos with full reorthogonalisation (Golub & Van Loan, Matrix Computations, 10.1–10.3) on products H v
 * (hessian-product.ts): the tridiagonal projection's top Ritz value, stopped as soon as the residual ‖Hy - λy‖ = β_m
 * |s_m| of its Ritz vector is a small share of it (the error of λ itself is smaller: quadratic in the residual).
 *
 * A first measurement starts from the gradient: then λ is the sharpness in the subspace where the run lives. A later
 * one starts from the two top Ritz vectors of the last *and* the gradient. An eigenvector alone would be its own proof,
 * with a residual of nought, also after another direction has become sharper: the second vector is where that one comes
 * from, the gradient brings in what neither knows, and a few iterations are always made to see it.
 */
import { Job, toEnd, within } from '../../engine/jobs/job.ts';
import { Resources } from '../../engine/jobs/resources.ts';
import { createVectors, type HessianProduct, type Objective, type Orthonormalised } from '../../engine/vector-space.ts';
import { gradientOnly } from '../integrate/gradient-only.ts';
import { hessianProduct } from '../hessian-product.ts';
import { orthonormalise, tridiagonalEigen } from './lanczos.ts';

export interface Sharpness {
  /** Largest eigenvalue of the Hessian. */
  readonly lambda: number;
  /** ‖Hy - λy‖/|λ| of its unit Ritz vector y: |error of λ|/λ is at most this. */
  readonly residual: number;
  readonly converged: boolean;
  readonly iterations: number;
  readonly gradients: number;
}

export interface SharpnessOptions {
  /** Accepted residual as a share of λ. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

const SHARPNESS: SharpnessOptions = { tolerance: 0.01, maxIterations: 40 };

/**
 * Iterations that are always made, where the space has as many dimensions: the residual of a Ritz value may be small by
 * chance.
 */
const LEAST_ITERATIONS = 4;
/** Shares of the second Ritz vector and of the gradient in a warm start, beside the first with 1. */
const FRESH = 0.2;

/** Iterations that a first measurement queues at once, and any that turns out to need more. */
const COLD = 12;
const MORE = 4;

/** The state that a probe goes on from. */
export interface ProbeMemory<V> {
  readonly top: V;
  readonly second: V;
  /** Of the last measurement. */
  readonly iterations: number;
}

interface Iteration {
  readonly alpha: number;
  /** Length of what is left of the product. */
  readonly beta: number;
}

/** Measures the sharpness again and again along a run; keeps the top Ritz vectors, so that the next time costs less. */
export class SharpnessProbe<V> {
  private readonly objective: Objective<V>;
  private readonly options: SharpnessOptions;
  private readonly product: HessianProduct<V>;
  private readonly basis: V[] = [];
  private readonly top: V;
  private readonly second: V;
  private readonly own: Resources;
  private warm = false;
  /** Of the last measurement. */
  private iterations = 0;

  constructor(objective: Objective<V>, options: Partial<SharpnessOptions> = {}) {
    this.objective = objective;
    this.options = { ...SHARPNESS, ...options };
    using own = new Resources();
    this.product = own.use(hessianProduct(objective));
    [this.top, this.second] = createVectors(objective.space, 2, own);
    this.own = own.move();
  }

  /** The unit eigenvector of the last measurement; read it, do not change it. */
  get eigenvector(): V {
    return this.top;
  }

  /** The state that the next measurement goes on from; null before the first. Read its vectors, do not change them. */
  get memory(): ProbeMemory<V> | null {
    return this.warm ? { top: this.top, second: this.second, iterations: this.iterations } : null;
  }

  /** Goes on from what another probe found: its vectors are copied. */
  remember({ top, second, iterations }: ProbeMemory<V>): void {
    const { space } = this.objective;
    space.copy(top, this.top);
    space.copy(second, this.second);
    this.iterations = iterations;
    this.warm = true;
  }

  /** λ at θ, by Lanczos. Between measurements of one probe θ should move little. */
  measure(theta: V): Promise<Sharpness> {
    return toEnd(this.measuring(theta));
  }

  /** The same in slices: yields the gradients spent since the last yield. */
  async *measuring(theta: V): AsyncGenerator<number, Sharpness, undefined> {
    const { space } = this.objective;
    const { tolerance, maxIterations } = this.options;
    await using lanczos = new Job(space.orthonormalise ? this.queued(theta) : this.oneByOne(theta));
    let gradients = 0;
    const diagonal: number[] = [];
    const beside: number[] = [];
    for (let m = 1; ; m++) {
      const { alpha, beta } = yield* within(nextIteration(lanczos), (spent) => {
        gradients += spent;
        return spent;
      });
      const inside = this.basis.slice(0, m);
      diagonal.push(alpha);
      const { values, vectors } = tridiagonalEigen(diagonal, beside);
      const lambda = values[m - 1]!;
      const ritz = vectors[m - 1]!;
      if (!Number.isFinite(lambda)) throw new Error(`the sharpness is ${lambda}: the gradient is not finite near θ`);
      const scale = Math.max(Math.abs(lambda), Number.MIN_VALUE);
      const residual = (beta * Math.abs(ritz[m - 1]!)) / scale;
      const exhausted = beta <= 1e-6 * scale;
      const converged = residual <= tolerance && (m >= LEAST_ITERATIONS || exhausted);
      if (converged || m >= maxIterations || beta <= 1e-12 * scale) {
        space.scale(0, this.top);
        space.scale(0, this.second);
        inside.forEach((q, i) => {
          space.axpy(ritz[i]!, q, this.top);
          if (m > 1) space.axpy(vectors[m - 2]![i]!, q, this.second);
        });
        this.warm = true;
        this.iterations = m;
        return { lambda, residual, converged, iterations: m, gradients };
      }
      beside.push(beta);
    }
  }

  /** The iterations of Lanczos, and before each the gradients spent since the last yield. */
  private async *oneByOne(theta: V): AsyncGenerator<number | Iteration, never, undefined> {
    const { space } = this.objective;
    await this.startFrom(theta, this.vector(0));
    yield 1;
    for (let m = 1; ; m++) {
      const next = this.vector(m);
      await this.product.apply(theta, this.basis[m - 1]!, next, m > 1);
      yield this.product.gradientsPerProduct;
      const { overlap, squared } = await orthonormalise(space, this.basis.slice(0, m), next);
      yield { alpha: overlap, beta: Math.sqrt(squared) };
    }
  }

  /**
   * The same where a number that the host asks for costs more than a product: as many iterations as will probably do
   * are queued, and asked for all at once. What is queued beyond the end is not used.
   */
  private async *queued(theta: V): AsyncGenerator<number | Iteration, never, undefined> {
    const { space } = this.objective;
    await gradientOnly(this.objective, theta, this.vector(0));
    let first: Promise<Orthonormalised> | null = this.queueStart();
    yield 1;
    for (let m = 0, until = this.warm ? Math.max(this.iterations + 1, LEAST_ITERATIONS) : COLD; ; until = m + MORE) {
      const asked: Promise<Orthonormalised>[] = [];
      for (let j = m + 1; j <= Math.min(until, this.options.maxIterations); j++) {
        const next = this.vector(j);
        await this.product.apply(theta, this.basis[j - 1]!, next, j > 1);
        asked.push(space.orthonormalise!(this.basis.slice(0, j), next));
        yield this.product.gradientsPerProduct;
      }
      const [squared, ...found] = await Promise.all([first?.then((start) => start.squared) ?? 1, ...asked]);
      first = null;
      if (squared > 0 && Number.isFinite(squared)) {
        for (const { overlap, squared: left } of found) yield { alpha: overlap, beta: Math.sqrt(left) };
        m += found.length;
      } else {
        // Says what is wrong with it; a gradient of nought will do where there is something to start from.
        await this.startFrom(theta, this.vector(0));
        yield 1;
      }
    }
  }

  /** The unit vector that Lanczos starts from, where its gradient is; resolves to the gradient's squared norm. */
  private queueStart(): Promise<Orthonormalised> {
    const { space } = this.objective;
    const start = this.vector(0);
    const norm = space.orthonormalise!([], start);
    if (!this.warm) return norm;
    space.scale(FRESH, start);
    space.axpy(1, this.top, start);
    space.axpy(FRESH, this.second, start);
    void space.orthonormalise!([], start);
    return norm;
  }

  dispose(): void {
    this.own.dispose();
    this.basis.length = 0;
  }

  /** The unit vector that Lanczos starts from. */
  private async startFrom(theta: V, start: V): Promise<void> {
    const { space } = this.objective;
    await gradientOnly(this.objective, theta, start);
    const norm = Math.sqrt(await space.dot(start, start));
    if (!Number.isFinite(norm) || (norm === 0 && !this.warm))
      throw new Error(`the sharpness can't be measured: the start vector's norm is ${norm}; the gradient must be finite and not zero`);
    if (norm > 0) space.scale((this.warm ? FRESH : 1) / norm, start);
    if (!this.warm) return;
    space.axpy(1, this.top, start);
    space.axpy(FRESH, this.second, start);
    space.scale(1 / Math.sqrt(await space.dot(start, start)), start);
  }

  private vector(index: number): V {
    const known = this.basis[index];
    if (known !== undefined) return known;
    const [made] = createVectors(this.objective.space, 1, this.own);
    this.basis.push(made);
    return made;
  }
}

/** The next iteration of Lanczos. Yields the gradients that it takes. */
async function* nextIteration(lanczos: Job<number | Iteration, never>): AsyncGenerator<number, Iteration, undefined> {
  for (;;) {
    const step = await lanczos.step();
    if (!('slice' in step)) throw new Error('the iterations of Lanczos have ended, and they have no end');
    if (typeof step.slice !== 'number') return step.slice;
    yield step.slice;
  }
}
