/**
 * Attention of all heads of a batch, forward and backward, without scaling of the scores (T5). Per example and
 * head the small matrices live in scratch, rows padded to a multiple of 8; products run through tile.ts.
 */
import { exp4, firstLanes, loadLanes, maxLanes, splat, storeLanes, sumLanes } from './math';
import { packTransposed, tilesColumns, tilesRows } from './tile';

@inline
export function padded(T: i32): i32 {
  return (T + 7) & ~7;
}

/** Bytes of scratch that either pass needs. */
export function attentionScratch(S: i32, T: i32, dkv: i32): usize {
  const P = padded(T);
  return <usize>(2 * S * P + P * dkv + P + 64) << 2;
}

/** out[M, columns of x] (+)= x[M, K] · y^T, y [T, K]; rows of out are P wide. */
@inline
export function productTransposed(
  x: usize, stepX: usize, M: i32, y: usize, stepY: usize, T: i32, K: i32, panel: usize, out: usize, P: i32, accumulate: bool,
): void {
  for (let t = 0; t < T; t += 8) {
    packTransposed(y + <usize>t * stepY, stepY, K, min(8, T - t), panel);
    // A full panel of 8 is written: the lanes beyond T repeat the last key and are masked by the caller.
    tilesRows(x, stepX, M, panel, 32, K, out + (<usize>t << 2), <usize>P << 2, 8, 1, 0, 0, accumulate);
  }
}

/** A score as it counts: with its bias, −∞ where the key may not be seen. */
@inline
function countedScore(score: usize, bias: usize, allowed: usize, first: i32, last: i32): v128 {
  let x = v128.load(score);
  // Lanes beyond T hold anything; they are never seen.
  if (bias) x = f32x4.add(x, v128.load(bias));
  return v128.bitselect(x, splat(f32.NEGATIVE_INFINITY), v128.and(v128.load(allowed), firstLanes(last + 1 - first)));
}
/** e^(x − peak), exactly 0 for −∞. */
@inline
function weight(x: v128, peak: v128): v128 {
  return v128.and(exp4(f32x4.sub(x, peak)), f32x4.ne(x, splat(f32.NEGATIVE_INFINITY)));
}

/**
 * Rows of scores (P wide) → rows of probabilities (T wide). `allowed`: P int32 of all bits or none. `bias` may be 0.
 * A row with nothing to attend to gets zeros.
 */
function softmaxRows(scores: usize, bias: usize, allowed: usize, probs: usize, S: i32, P: i32, T: i32, causal: bool): void {
  const wide: usize = P << 2;
  const narrow: usize = T << 2;
  for (let s = 0; s < S; s++) {
    const last = causal ? s : T - 1;
    if (P == 8) {
      const x0 = countedScore(scores, bias, allowed, 0, last);
      const x1 = countedScore(scores + 16, bias ? bias + 16 : 0, allowed + 16, 4, last);
      const peak = maxLanes(f32x4.pmax(x0, x1));
      // −∞ − (−∞) would be NaN.
      const shift = splat(peak == f32.NEGATIVE_INFINITY ? 0 : peak);
      const e0 = weight(x0, shift), e1 = weight(x1, shift);
      const total = sumLanes(f32x4.add(e0, e1));
      const factor = splat(total == 0 ? 0 : 1 / total);
      storeLanes(probs, f32x4.mul(e0, factor), T);
      if (T > 4) storeLanes(probs + 16, f32x4.mul(e1, factor), T - 4);
    } else {
      let top = splat(f32.NEGATIVE_INFINITY);
      for (let t = 0; t < T; t += 4) {
        const at: usize = <usize>t << 2;
        const x = countedScore(scores + at, bias ? bias + at : 0, allowed + at, t, last);
        top = f32x4.pmax(top, x);
        v128.store(scores + at, x);
      }
      const peak = maxLanes(top);
      const shift = splat(peak == f32.NEGATIVE_INFINITY ? 0 : peak);
      let sum = splat(0);
      for (let at: usize = 0; at < narrow; at += 16) {
        const e = weight(v128.load(scores + at), shift);
        sum = f32x4.add(sum, e);
        v128.store(scores + at, e);
      }
      const total = sumLanes(sum);
      const factor = splat(total == 0 ? 0 : 1 / total);
      let t = T;
      for (let at: usize = 0; at < narrow; at += 16) {
        storeLanes(probs + at, f32x4.mul(v128.load(scores + at), factor), t);
        t -= 4;
      }
    }
    scores += wide;
    probs += narrow;
    if (bias) bias += narrow;
  }
}

/** q, k, v: addresses of the first value; step: bytes between rows. bias and mask may be 0. */
export function attention(
  q: usize, stepQ: usize, k: usize, v: usize, stepKV: usize, bias: usize, mask: usize, out: usize, probs: usize,
  B: i32, H: i32, dkv: i32, S: i32, T: i32, causal: bool, scratch: usize,
): void {
  const P = padded(T);
  const scores = scratch;
  const panel = scores + (<usize>(S * P) << 2);
  const allowed = panel + (<usize>(dkv * 8) << 2);
  const head: usize = dkv << 2;
  const stepOut: usize = <usize>H * head;
  const matrix: usize = <usize>(S * T) << 2;
  for (let b = 0; b < B; b++) {
    for (let t = 0; t < P; t++) store<i32>(allowed + (<usize>t << 2), t < T && (!mask || load<i32>(mask + (<usize>t << 2)) > 0) ? -1 : 0);
    if (mask) mask += <usize>T << 2;
    for (let h = 0; h < H; h++) {
      const at = <usize>h * head;
      productTransposed(q + at, stepQ, S, k + at, stepKV, T, dkv, panel, scores, P, false);
      softmaxRows(scores, bias ? bias + <usize>h * matrix : 0, allowed, probs, S, P, T, causal);
      for (let c = 0; c < dkv; c += 8) {
        const column: usize = at + (<usize>c << 2);
        tilesRows(probs, <usize>T << 2, S, v + column, stepKV, T, out + column, stepOut, min(8, dkv - c), 1, 0, 0, false);
      }
      probs += matrix;
    }
    q += <usize>S * stepQ;
    k += <usize>T * stepKV;
    v += <usize>T * stepKV;
    out += <usize>S * stepOut;
  }
}

/** dq, dk, dv lie as q, k, v. `dscores` = 0: nobody asks for the gradient at the scores. */
export function attentionGrad(
  q: usize, stepQ: usize, k: usize, v: usize, stepKV: usize, probs: usize, dout: usize,
  dq: usize, dk: usize, dv: usize, dscores: usize, B: i32, H: i32, dkv: i32, S: i32, T: i32, scratch: usize,
): void {
  const P = padded(T);
  const ds = scratch;
  const panel = ds + (<usize>(S * P) << 2);
  const head: usize = dkv << 2;
  const stepOut: usize = <usize>H * head;
  const stepP: usize = <usize>P << 2;
  const stepT: usize = <usize>T << 2;
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const at = <usize>h * head;
      // Gradient at the probabilities: dout · v^T.
      productTransposed(dout + at, stepOut, S, v + at, stepKV, T, dkv, panel, ds, P, false);
      let row = ds;
      let p = probs;
      for (let s = 0; s < S; s++) {
        let sum = splat(0);
        for (let t = 0; t < T; t += 4) {
          const step: usize = <usize>t << 2;
          sum = f32x4.add(sum, f32x4.mul(loadLanes(p + step, min(T - t, 4)), v128.load(row + step)));
        }
        const mean = splat(sumLanes(sum));
        for (let t = 0; t < T; t += 4) {
          const step: usize = <usize>t << 2;
          const lanes = min(T - t, 4);
          const d = f32x4.mul(loadLanes(p + step, lanes), f32x4.sub(v128.load(row + step), mean));
          v128.store(row + step, d);
          if (dscores) storeLanes(dscores + step, d, lanes);
        }
        row += stepP;
        p += stepT;
        if (dscores) dscores += stepT;
      }
      for (let c = 0; c < dkv; c += 8) {
        const column: usize = at + (<usize>c << 2);
        const columns = min(8, dkv - c);
        tilesRows(ds, stepP, S, k + column, stepKV, T, dq + column, stepQ, columns, 1, 0, 0, false);
        tilesColumns(ds, 16, stepP, T, q + column, stepQ, S, dk + column, stepKV, columns, 1, 0, 0, false);
        tilesColumns(probs, 16, stepT, T, dout + column, stepOut, S, dv + column, stepKV, columns, 1, 0, 0, false);
      }
      probs += <usize>S * stepT;
    }
    q += <usize>S * stepQ;
    dq += <usize>S * stepQ;
    k += <usize>T * stepKV;
    v += <usize>T * stepKV;
    dk += <usize>T * stepKV;
    dv += <usize>T * stepKV;
    dout += <usize>S * stepOut;
  }
}
