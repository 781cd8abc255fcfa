/** Matrix products in their three forms (and the fourth), with the epilogue c = alpha·op(a)·op(b) (+ add) (+ c). */
import { packColumns, packPanel, packTransposed, tilesColumns, tilesRows } from './tile';

/** Depth of a packed panel: 8 columns of this many rows are 16 KB and stay in the first cache. */
const DEPTH: i32 = 512;
/** Floats of A that are gone through for one panel: 256 KB stay in the second cache. */
const BLOCK: i32 = 65536;

/** Columns of a transposed A that lie this many bytes apart share too few sets of the first cache: they are packed … */
const FAR: usize = 1024;
/** … if the block is used often enough: columns of C times depth. */
const USES: i32 = 32768;

/** Bytes of scratch for a product of this depth. */
export function matmulScratch(M: i32, K: i32, transposeA: bool): usize {
  const depth = min(DEPTH, K);
  const panel: usize = depth << 5;
  return transposeA && <usize>(M << 2) >= FAR ? panel + (<usize>(min((M + 3) & ~3, blockRows(depth)) * depth) << 2) : panel;
}
@inline
function blockRows(depth: i32): i32 {
  return (BLOCK / depth) & ~3;
}

/** `add` = 0: nothing to add. All matrices are dense, row-major. */
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
    const rows = blockRows(depth);
    const partA = a + (transposeA ? <usize>k * stepA : (<usize>k) << 2);
    const join = accumulate || k > 0;
    for (let m = 0; m < M; m += rows) {
      const count = min(rows, M - m);
      let blockA = partA + (transposeA ? (<usize>m) << 2 : <usize>m * stepA);
      let stepTile: usize = 16;
      let stepColumn = stepA;
      if (transposeA && stepA >= FAR && N * depth >= USES) {
        const tiles = scratch + (<usize>depth << 5);
        packColumns(blockA, stepA, count, depth, tiles);
        blockA = tiles;
        stepTile = <usize>depth << 4;
        stepColumn = 16;
      }
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
        if (transposeA) tilesColumns(blockA, stepTile, stepColumn, count, panel, step, depth, c + at, stepC, columns, alpha, plus, stepC, join);
        else tilesRows(blockA, stepA, count, panel, step, depth, c + at, stepC, columns, alpha, plus, stepC, join);
      }
    }
  }
}
