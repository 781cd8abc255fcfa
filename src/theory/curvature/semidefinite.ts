/**
 * The small semidefinite problem of the central flow:
 *
 *     minimise ⟨C, X⟩ + ½⟨X, B[X]⟩ over symmetric X ⪰ 0,     B[X]_ij = ½ Σ_kl Q_(ij)(kl) X_kl,
 *
 * whose solution satisfies X ⪰ 0, C + B[X] ⪰ 0 and ⟨X, C + B[X]⟩ = 0. Solved by accelerated projected gradients with
 * restarts (Beck & Teboulle 2009; O'Donoghue & Candès 2015); the projection clips eigenvalues. For k = 1: max(0, -C/B).
 */
import { symmetricEigen } from './symmetric-eigen.ts';

/** The pairs i ≤ j of k indices, in the order that Q's rows and columns have. */
export function pairsOf(k: number): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < k; i++) for (let j = i; j < k; j++) pairs.push([i, j]);
  return pairs;
}

export interface SemidefiniteProblem {
  /** Symmetric k × k. */
  readonly C: readonly ArrayLike<number>[];
  /** Symmetric and positive semidefinite, over `pairsOf(k)`. */
  readonly Q: readonly ArrayLike<number>[];
}

export interface SemidefiniteSolution {
  /** k × k. */
  readonly X: readonly Float64Array[];
  /** C + B[X]. */
  readonly slack: readonly Float64Array[];
}

/** Symmetric matrices as vectors with the same inner product: off-diagonal entries times √2. */
const fromVector = (x: ArrayLike<number>, k: number): Float64Array[] => {
  const X = Array.from({ length: k }, () => new Float64Array(k));
  pairsOf(k).forEach(([i, j], p) => {
    X[i]![j] = X[j]![i] = i === j ? x[p]! : x[p]! / Math.SQRT2;
  });
  return X;
};
const toVector = (X: readonly ArrayLike<number>[]): Float64Array =>
  Float64Array.from(pairsOf(X.length), ([i, j]) => (i === j ? X[i]![j]! : X[i]![j]! * Math.SQRT2));

/** The nearest positive semidefinite matrix, as vectors. */
function project(x: Float64Array, k: number): Float64Array {
  const { values, vectors } = symmetricEigen(fromVector(x, k));
  if (values[0]! >= 0) return x;
  const X = Array.from({ length: k }, () => new Float64Array(k));
  values.forEach((value, a) => {
    if (value <= 0) return;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) X[i]![j] = X[i]![j]! + value * vectors[a]![i]! * vectors[a]![j]!;
  });
  return toVector(X);
}

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, a, i) => sum + a * y[i]!, 0);

export function solveSemidefinite({ C, Q }: SemidefiniteProblem, iterations = 2000): SemidefiniteSolution {
  const k = C.length;
  const scale = pairsOf(k).map(([i, j]) => (i === j ? 1 : Math.SQRT2));
  const M = Q.map((row, p) => Float64Array.from(scale, (s, q) => 0.5 * scale[p]! * s * row[q]!));
  const largest = symmetricEigen(M).values.at(-1) ?? 0;
  // Where the third derivatives vanish no X changes anything.
  if (!(largest > 1e-200)) return { X: C.map(() => new Float64Array(k)), slack: C.map((row) => Float64Array.from(row)) };
  // Along a direction that they do not see a tiny curvature keeps the problem bounded.
  M.forEach((row, p) => (row[p] = row[p]! + 1e-10 * largest));
  const c = toVector(C);
  const gradient = (x: Float64Array): Float64Array => c.map((value, p) => value + dot(M[p]!, x));

  let x: Float64Array = new Float64Array(c.length);
  let y: Float64Array = x;
  let momentum = 1;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const slope = gradient(y);
    const next = project(
      y.map((value, p) => value - slope[p]! / largest),
      k,
    );
    const change = next.map((value, p) => value - x[p]!);
    if (
      dot(
        y.map((value, p) => value - next[p]!),
        change,
      ) > 0
    )
      momentum = 1;
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    y = next.map((value, p) => value + ((momentum - 1) / following) * change[p]!);
    momentum = following;
    x = next;
    if (iteration > 5 && dot(change, change) <= 1e-26 * Math.max(dot(x, x), Number.MIN_VALUE)) break;
  }
  return { X: fromVector(x, k), slack: fromVector(gradient(x), k) };
}
