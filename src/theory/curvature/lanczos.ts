/**
 * The part that every Lanczos with full reorthogonalisation shares (Golub & Van Loan, Matrix Computations, 10.1–10.3):
 * a product made orthogonal to the vectors before it, and the eigenvalues of the tridiagonal projection.
 */
import type { Orthonormalised, VectorSpace } from '../../engine/vector-space.ts';
import { symmetricEigen, type Eigen } from './symmetric-eigen.ts';

/**
 * As a vector space's own `orthonormalise`, for those that have none: there a number is at hand, and is waited for.
 * Where nothing is left of x it stays that.
 */
export async function orthonormalise<V>(space: VectorSpace<V>, basis: readonly V[], x: V): Promise<Orthonormalised> {
  let overlap = 0;
  // Classical Gram–Schmidt twice is as good as the modified one, and all its products can be asked for at once.
  for (let pass = 0; pass < 2; pass++) {
    const overlaps = await Promise.all(basis.map((q) => space.dot(q, x)));
    basis.forEach((q, i) => space.axpy(-overlaps[i]!, q, x));
    overlap += overlaps.at(-1) ?? 0;
  }
  const squared = await space.dot(x, x);
  if (squared > 0) space.scale(1 / Math.sqrt(squared), x);
  return { overlap, squared };
}

/** Eigenvalues and eigenvectors of the projection. @param beside the numbers beside the diagonal, one fewer */
export function tridiagonalEigen(diagonal: readonly number[], beside: readonly number[]): Eigen {
  return symmetricEigen(
    diagonal.map((a, i) => diagonal.map((_, j) => (i === j ? a : Math.abs(i - j) === 1 ? beside[Math.min(i, j)]! : 0))),
  );
}
