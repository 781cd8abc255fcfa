/** Matrix products in their three forms (and the fourth), with the epilogue c = alpha·op(a)·op(b) (+ add) (+ c). */
import { packPanel, packTransposed, tilesColumns, tilesRows } from './tile';

/** Depth of a packed panel: 8 columns of this many rows are 16 KB and stay in the first cache. */
const DEPTH: i32 = 512;
/** Floats of A that are gone through for one panel: 256 KB stay in the second cache. */
const BLOCK: i32 = 65536;

/** Needs min(K, 512)·32 bytes of scratch. `add` = 0: nothing to add. All matrices are dense, row-major. */
export function matmul(
  a: usize,
  b: usize,
  c: usize,
  add: usize,
  M: i32,
  N: i32,
  K: i32,
  transposeA: bool,
  transposeB: bool,
  alpha: f32,
  accumulate: bool,
  scratch: usize,
): void {
  const stepA: usize = (transposeA ? M : K) << 2;
  const stepB: usize = (transposeB ? K : N) << 2;
  const stepC: usize = N << 2;
  for (let k = 0; k < K; k += DEPTH) {
    const depth = min(DEPTH, K - k);
    const rows = (BLOCK / depth) & ~3;
    const partA = a + (transposeA ? <usize>k * stepA : (<usize>k) << 2);
    const join = accumulate || k > 0;
    for (let m = 0; m < M; m += rows) {
      const count = min(rows, M - m);
      const blockA = partA + (transposeA ? (<usize>m) << 2 : <usize>m * stepA);
      for (let n = 0; n < N; n += 8) {
        const columns = min(8, N - n);
        let panel = scratch;
        let step: usize = 32;
        if (transposeB) {
          packTransposed(b + <usize>n * stepB + ((<usize>k) << 2), stepB, depth, columns, panel);
        } else if (columns < 8 || count > 16) {
          packPanel(b + <usize>k * stepB + ((<usize>n) << 2), stepB, depth, columns, panel);
        } else {
          panel = b + <usize>k * stepB + ((<usize>n) << 2);
          step = stepB;
        }
        const at: usize = <usize>m * stepC + ((<usize>n) << 2);
        const plus = add && k == 0 ? add + at : 0;
        if (transposeA) tilesColumns(blockA, stepA, count, panel, step, depth, c + at, stepC, columns, alpha, plus, stepC, join);
        else tilesRows(blockA, stepA, count, panel, step, depth, c + at, stepC, columns, alpha, plus, stepC, join);
      }
    }
  }
}
