/**
 * The inner loops of every product: C[M × 8] = A[M × K] · B[K × 8] in tiles of 4 × 8, eight accumulators in
 * registers. A may be read along its rows or along its columns; B is a panel of 8 columns whose rows lie `stepB`
 * bytes apart (32 if packed). All steps are in bytes. The sum over k runs upwards, one term at a time, whatever
 * the shape. Rows or columns beyond the edge are computed from repeated or neighbouring values and not stored.
 * The loops over k are bound by the number of instructions (a counter of its own costs 8 %), but must not be
 * unrolled: V8 would move the loads up and spill the accumulators (28 in place of 41 GFLOP/s).
 */
import { splat, storeLanes, loadLanes } from './math';

/** The end of a finished row of a tile: c = alpha·sum (+ add) (+ c). `add` = 0: nothing to add. */
@inline
function finish(left: v128, right: v128, alpha: v128, c: usize, add: usize, accumulate: bool, columns: i32): void {
  let x = f32x4.mul(left, alpha);
  let y = f32x4.mul(right, alpha);
  if (columns >= 8) {
    if (add) {
      x = f32x4.add(x, v128.load(add));
      y = f32x4.add(y, v128.load(add, 16));
    }
    if (accumulate) {
      x = f32x4.add(x, v128.load(c));
      y = f32x4.add(y, v128.load(c, 16));
    }
    v128.store(c, x);
    v128.store(c, y, 16);
    return;
  }
  finishEdge(x, c, add, accumulate, min(columns, 4));
  if (columns > 4) finishEdge(y, c + 16, add ? add + 16 : 0, accumulate, columns - 4);
}

function finishEdge(x: v128, c: usize, add: usize, accumulate: bool, columns: i32): void {
  if (add) x = f32x4.add(x, loadLanes(add, columns));
  if (accumulate) x = f32x4.add(x, loadLanes(c, columns));
  storeLanes(c, x, columns);
}

/** A row-major: row m at a + m·stepA, its K values side by side. */
export function tilesRows(
  a: usize, stepA: usize, M: i32, b: usize, stepB: usize, K: i32,
  c: usize, stepC: usize, columns: i32, alpha: f32, add: usize, stepAdd: usize, accumulate: bool,
): void {
  const scale = splat(alpha);
  const plain = alpha == 1 && !add && !accumulate && columns >= 8;
  for (let m = 0; m < M; m += 4) {
    const left = M - m;
    let a0 = a;
    let a1 = left > 1 ? a + stepA : a;
    let a2 = left > 2 ? a1 + stepA : a;
    let a3 = left > 3 ? a2 + stepA : a;
    let row = b;
    let c00 = splat(0), c01 = splat(0), c10 = splat(0), c11 = splat(0);
    let c20 = splat(0), c21 = splat(0), c30 = splat(0), c31 = splat(0);
    const end = b + <usize>K * stepB;
    while (row < end) {
      const b0 = v128.load(row);
      const b1 = v128.load(row, 16);
      let s = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(s, b0));
      c01 = f32x4.add(c01, f32x4.mul(s, b1));
      s = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(s, b0));
      c11 = f32x4.add(c11, f32x4.mul(s, b1));
      s = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(s, b0));
      c21 = f32x4.add(c21, f32x4.mul(s, b1));
      s = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(s, b0));
      c31 = f32x4.add(c31, f32x4.mul(s, b1));
      row += stepB;
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
    }
    if (plain && left > 3) {
      v128.store(c, c00);
      v128.store(c, c01, 16);
      v128.store(c + stepC, c10);
      v128.store(c + stepC, c11, 16);
      v128.store(c + 2 * stepC, c20);
      v128.store(c + 2 * stepC, c21, 16);
      v128.store(c + 3 * stepC, c30);
      v128.store(c + 3 * stepC, c31, 16);
      a += 4 * stepA;
      c += 4 * stepC;
      continue;
    }
    finish(c00, c01, scale, c, add, accumulate, columns);
    if (left > 1) finish(c10, c11, scale, c + stepC, add ? add + stepAdd : 0, accumulate, columns);
    if (left > 2) finish(c20, c21, scale, c + 2 * stepC, add ? add + 2 * stepAdd : 0, accumulate, columns);
    if (left > 3) finish(c30, c31, scale, c + 3 * stepC, add ? add + 3 * stepAdd : 0, accumulate, columns);
    a += 4 * stepA;
    c += 4 * stepC;
    if (add) add += 4 * stepAdd;
  }
}

/**
 * A transposed: rows 4i … 4i + 3 of column k of A at a + i·stepTile + k·stepA. Reads up to 3 values beyond the last
 * row.
 */
export function tilesColumns(
  a: usize, stepTile: usize, stepA: usize, M: i32, b: usize, stepB: usize, K: i32,
  c: usize, stepC: usize, columns: i32, alpha: f32, add: usize, stepAdd: usize, accumulate: bool,
): void {
  const scale = splat(alpha);
  const plain = alpha == 1 && !add && !accumulate && columns >= 8;
  for (let m = 0; m < M; m += 4) {
    const left = M - m;
    let at = a;
    let row = b;
    let c00 = splat(0), c01 = splat(0), c10 = splat(0), c11 = splat(0);
    let c20 = splat(0), c21 = splat(0), c30 = splat(0), c31 = splat(0);
    const end = b + <usize>K * stepB;
    while (row < end) {
      const b0 = v128.load(row);
      const b1 = v128.load(row, 16);
      let s = v128.load32_splat(at);
      c00 = f32x4.add(c00, f32x4.mul(s, b0));
      c01 = f32x4.add(c01, f32x4.mul(s, b1));
      s = v128.load32_splat(at, 4);
      c10 = f32x4.add(c10, f32x4.mul(s, b0));
      c11 = f32x4.add(c11, f32x4.mul(s, b1));
      s = v128.load32_splat(at, 8);
      c20 = f32x4.add(c20, f32x4.mul(s, b0));
      c21 = f32x4.add(c21, f32x4.mul(s, b1));
      s = v128.load32_splat(at, 12);
      c30 = f32x4.add(c30, f32x4.mul(s, b0));
      c31 = f32x4.add(c31, f32x4.mul(s, b1));
      row += stepB;
      at += stepA;
    }
    if (plain && left > 3) {
      v128.store(c, c00);
      v128.store(c, c01, 16);
      v128.store(c + stepC, c10);
      v128.store(c + stepC, c11, 16);
      v128.store(c + 2 * stepC, c20);
      v128.store(c + 2 * stepC, c21, 16);
      v128.store(c + 3 * stepC, c30);
      v128.store(c + 3 * stepC, c31, 16);
      a += stepTile;
      c += 4 * stepC;
      continue;
    }
    finish(c00, c01, scale, c, add, accumulate, columns);
    if (left > 1) finish(c10, c11, scale, c + stepC, add ? add + stepAdd : 0, accumulate, columns);
    if (left > 2) finish(c20, c21, scale, c + 2 * stepC, add ? add + 2 * stepAdd : 0, accumulate, columns);
    if (left > 3) finish(c30, c31, scale, c + 3 * stepC, add ? add + 3 * stepAdd : 0, accumulate, columns);
    a += stepTile;
    c += 4 * stepC;
    if (add) add += 4 * stepAdd;
  }
}

/**
 * Copies a transposed A (columns stepA bytes apart) tile by tile: 16 bytes for each k. Reads up to 3 values beyond the
 * last row.
 */
export function packColumns(a: usize, stepA: usize, M: i32, K: i32, to: usize): void {
  for (let m = 0; m < M; m += 4) {
    let at = a;
    for (let k = 0; k < K; k++) {
      v128.store(to, v128.load(at));
      at += stepA;
      to += 16;
    }
    a += 16;
  }
}

/** Copies 8 columns of a row-major B (rows stepB bytes apart) side by side: 32 bytes a row. */
export function packPanel(b: usize, stepB: usize, K: i32, columns: i32, to: usize): void {
  if (columns >= 8) {
    for (let k = 0; k < K; k++) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
      b += stepB;
      to += 32;
    }
    return;
  }
  for (let k = 0; k < K; k++) {
    v128.store(to, loadLanes(b, min(columns, 4)));
    v128.store(to, loadLanes(b + 16, max(columns - 4, 0)), 16);
    b += stepB;
    to += 32;
  }
}

/** Transposes four rows of B^T (K values each) into one half of a packed panel. */
@inline
function transposeHalf(r0: usize, r1: usize, r2: usize, r3: usize, K: i32, to: usize): void {
  let k = K;
  for (; k >= 4; k -= 4) {
    const x0 = v128.load(r0), x1 = v128.load(r1), x2 = v128.load(r2), x3 = v128.load(r3);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    to += 128;
  }
  for (; k > 0; k--) {
    store<f32>(to, load<f32>(r0));
    store<f32>(to, load<f32>(r1), 4);
    store<f32>(to, load<f32>(r2), 8);
    store<f32>(to, load<f32>(r3), 12);
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
    to += 32;
  }
}

/**
 * Packs 8 columns of B given transposed: row n of B^T (K values side by side) at b + n·stepB. Missing columns repeat
 * the last.
 */
export function packTransposed(b: usize, stepB: usize, K: i32, columns: i32, to: usize): void {
  const last = b + <usize>(columns - 1) * stepB;
  const r1 = columns > 1 ? b + stepB : last;
  const r2 = columns > 2 ? b + 2 * stepB : last;
  const r3 = columns > 3 ? b + 3 * stepB : last;
  transposeHalf(b, r1, r2, r3, K, to);
  const r4 = columns > 4 ? b + 4 * stepB : last;
  const r5 = columns > 5 ? b + 5 * stepB : last;
  const r6 = columns > 6 ? b + 6 * stepB : last;
  const r7 = columns > 7 ? b + 7 * stepB : last;
  transposeHalf(r4, r5, r6, r7, K, to + 16);
}
