/** Matrix products in their three forms (and the fourth), with the epilogue c = alpha·op(a)·op(b) (+ add) (+ c). */
import { packPanel, packTransposed, tilesColumns, tilesRows } from './tile';

/** Depth of a packed panel: 8 columns of this many rows are 16 KB and stay in the first cache. */
const DEPTH: i32 = 512;

/** Needs min(K, 512)·32 bytes of scratch. `add` = 0: nothing to add. All matrices are dense, row-major. */
export function matmul(
  a: usize, b: usize, c: usize, add: usize, M: i32, N: i32, K: i32,
  transposeA: bool, transposeB: bool, alpha: f32, accumulate: bool, scratch: usize,
): void {
  const stepA: usize = (transposeA ? M : K) << 2;
  const stepB: usize = (transposeB ? K : N) << 2;
  const stepC: usize = N << 2;
  for (let k = 0; k < K; k += DEPTH) {
    const depth = min(DEPTH, K - k);
    const partA = a + (transposeA ? <usize>k * stepA : <usize>k << 2);
    const join = accumulate || k > 0;
    for (let n = 0; n < N; n += 8) {
      const columns = min(8, N - n);
      let panel = scratch;
      let step: usize = 32;
      if (transposeB) {
        packTransposed(b + <usize>n * stepB + (<usize>k << 2), stepB, depth, columns, panel);
      } else if (columns < 8 || M > 16) {
        packPanel(b + <usize>k * stepB + (<usize>n << 2), stepB, depth, columns, panel);
      } else {
        panel = b + <usize>k * stepB + (<usize>n << 2);
        step = stepB;
      }
      const at: usize = <usize>n << 2;
      const plus = add && k == 0 ? add + at : 0;
      if (transposeA) tilesColumns(partA, stepA, M, panel, step, depth, c + at, stepC, columns, alpha, plus, stepC, join);
      else tilesRows(partA, stepA, M, panel, step, depth, c + at, stepC, columns, alpha, plus, stepC, join);
    }
  }
}
