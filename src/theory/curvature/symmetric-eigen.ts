/**
 * Eigenvalues and eigenvectors of a small dense symmetric matrix by Jacobi's rotations (Golub & Van Loan, Matrix
 * Computations, 8.5): for the projected matrices of Lanczos, up to some tens of rows.
 */
export interface Eigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** `vectors[i]` has unit norm and belongs to `values[i]`. */
  readonly vectors: readonly Float64Array[];
}

/** `matrix`: n rows of n numbers; only its upper triangle is read. Errors: not square. */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): Eigen {
  const n = matrix.length;
  const a = matrix.map((row, i) => {
    if (row.length !== n) throw new Error(`row ${i} has ${row.length} entries; a symmetric matrix of ${n} rows needs ${n}`);
    return Float64Array.from({ length: n }, (_, j) => (j >= i ? row[j]! : matrix[j]![i]!));
  });
  // Rows of v are the eigenvectors.
  const v = a.map((_, i) => Float64Array.from({ length: n }, (_unused, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < n; i++) {
      diagonal += a[i]![i]! ** 2;
      for (let j = i + 1; j < n; j++) off += a[i]![j]! ** 2;
    }
    if (!(off > 1e-30 * diagonal)) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p]![q]!;
        if (apq === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let i = 0; i < n; i++) {
          const [aip, aiq] = [a[i]![p]!, a[i]![q]!];
          a[i]![p] = c * aip - s * aiq;
          a[i]![q] = s * aip + c * aiq;
        }
        const [rowP, rowQ, vectorP, vectorQ] = [a[p]!, a[q]!, v[p]!, v[q]!];
        for (let i = 0; i < n; i++) {
          const [api, aqi] = [rowP[i]!, rowQ[i]!];
          rowP[i] = c * api - s * aqi;
          rowQ[i] = s * api + c * aqi;
          const [vpi, vqi] = [vectorP[i]!, vectorQ[i]!];
          vectorP[i] = c * vpi - s * vqi;
          vectorQ[i] = s * vpi + c * vqi;
        }
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[i]![i]! - a[j]![j]!);
  return { values: Float64Array.from(order, (i) => a[i]![i]!), vectors: order.map((i) => v[i]!) };
}
