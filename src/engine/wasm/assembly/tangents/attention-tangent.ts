/**
 * How attention and its gradient change with their inputs, head by head as in attention.ts. A letter t stands for the
 * change of what it precedes.
 */
import { padded, productTransposed } from '../attention';
import { loadLanes, splat, storeLanes, sumLanes } from '../math';
import { tilesColumns, tilesRows } from '../tile';

/**
 * tscores = tq·k + q·tk (+ tbias); tprobs = P·(tscores − Σ P·tscores); tout = tprobs·v + P·tv. tq, tk, tv lie as q, k,
 * v.
 */
export function attentionTangent(
  q: usize, stepQ: usize, k: usize, v: usize, stepKV: usize, probs: usize, tq: usize, tk: usize, tv: usize, tbias: usize,
  tout: usize, tprobs: usize, B: i32, H: i32, dkv: i32, S: i32, T: i32, scratch: usize,
): void {
  const P = padded(T);
  const scores = scratch;
  const panel = scores + (<usize>(S * P) << 2);
  const head: usize = dkv << 2;
  const stepOut: usize = <usize>H * head;
  const stepT: usize = <usize>T << 2;
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const at = <usize>h * head;
      productTransposed(tq + at, stepQ, S, k + at, stepKV, T, dkv, panel, scores, P, false);
      productTransposed(q + at, stepQ, S, tk + at, stepKV, T, dkv, panel, scores, P, true);
      let row = scores, p = probs, tp = tprobs, bias = tbias ? tbias + <usize>h * <usize>S * stepT : 0;
      for (let s = 0; s < S; s++) {
        let sum = splat(0);
        for (let t = 0; t < T; t += 4) {
          const step: usize = <usize>t << 2;
          const lanes = min(T - t, 4);
          let x = v128.load(row + step);
          if (bias) x = f32x4.add(x, loadLanes(bias + step, lanes));
          v128.store(row + step, x);
          sum = f32x4.add(sum, f32x4.mul(loadLanes(p + step, lanes), x));
        }
        const mean = splat(sumLanes(sum));
        for (let t = 0; t < T; t += 4) {
          const step: usize = <usize>t << 2;
          const lanes = min(T - t, 4);
          storeLanes(tp + step, f32x4.mul(loadLanes(p + step, lanes), f32x4.sub(v128.load(row + step), mean)), lanes);
        }
        row += <usize>P << 2;
        p += stepT;
        tp += stepT;
        if (bias) bias += stepT;
      }
      for (let c = 0; c < dkv; c += 8) {
        const column: usize = at + (<usize>c << 2);
        const columns = min(8, dkv - c);
        tilesRows(tprobs, stepT, S, v + column, stepKV, T, tout + column, stepOut, columns, 1, 0, 0, false);
        tilesRows(probs, stepT, S, tv + column, stepKV, T, tout + column, stepOut, columns, 1, 0, 0, true);
      }
      probs += <usize>S * stepT;
      tprobs += <usize>S * stepT;
    }
    const queries: usize = <usize>S * stepQ;
    const keys: usize = <usize>T * stepKV;
    q += queries;
    tq += queries;
    k += keys;
    v += keys;
    tk += keys;
    tv += keys;
    tout += <usize>S * stepOut;
  }
}

/**
 * The changes of dq = dS·k, dk = dSᵀ·q, dv = Pᵀ·dout and dS = P·(dP − Σ P·dP), dP = dout·vᵀ, into tdq, tdk, tdv (which
 * lie as q, k, v) and tdscores; 0 for tdscores: nobody asks for it.
 */
export function attentionGradTangent(
  q: usize, stepQ: usize, k: usize, v: usize, stepKV: usize, probs: usize, dout: usize,
  tq: usize, tk: usize, tv: usize, tprobs: usize, tdout: usize, tdq: usize, tdk: usize, tdv: usize, tdscores: usize,
  B: i32, H: i32, dkv: i32, S: i32, T: i32, scratch: usize,
): void {
  const P = padded(T);
  const stepP: usize = <usize>P << 2;
  const ds = scratch;
  const tds = ds + <usize>S * stepP;
  const panel = tds + <usize>S * stepP;
  const head: usize = dkv << 2;
  const stepOut: usize = <usize>H * head;
  const stepT: usize = <usize>T << 2;
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      const at = <usize>h * head;
      productTransposed(dout + at, stepOut, S, v + at, stepKV, T, dkv, panel, ds, P, false);
      productTransposed(tdout + at, stepOut, S, v + at, stepKV, T, dkv, panel, tds, P, false);
      productTransposed(dout + at, stepOut, S, tv + at, stepKV, T, dkv, panel, tds, P, true);
      let row = ds, change = tds, p = probs, tp = tprobs;
      for (let s = 0; s < S; s++) {
        let sum = splat(0), changes = splat(0);
        for (let t = 0; t < T; t += 4) {
          const step: usize = <usize>t << 2;
          const lanes = min(T - t, 4);
          const value = loadLanes(p + step, lanes), d = v128.load(row + step);
          sum = f32x4.add(sum, f32x4.mul(value, d));
          const moved = f32x4.add(f32x4.mul(loadLanes(tp + step, lanes), d), f32x4.mul(value, v128.load(change + step)));
          changes = f32x4.add(changes, moved);
        }
        const mean = splat(sumLanes(sum)), tmean = splat(sumLanes(changes));
        for (let t = 0; t < T; t += 4) {
          const step: usize = <usize>t << 2;
          const lanes = min(T - t, 4);
          const value = loadLanes(p + step, lanes), centred = f32x4.sub(v128.load(row + step), mean);
          const moved = f32x4.mul(value, f32x4.sub(v128.load(change + step), tmean));
          const t4 = f32x4.add(f32x4.mul(loadLanes(tp + step, lanes), centred), moved);
          v128.store(row + step, f32x4.mul(value, centred));
          v128.store(change + step, t4);
          if (tdscores) storeLanes(tdscores + step, t4, lanes);
        }
        row += stepP;
        change += stepP;
        p += stepT;
        tp += stepT;
        if (tdscores) tdscores += stepT;
      }
      for (let c = 0; c < dkv; c += 8) {
        const column: usize = at + (<usize>c << 2);
        const columns = min(8, dkv - c);
        tilesRows(tds, stepP, S, k + column, stepKV, T, tdq + column, stepQ, columns, 1, 0, 0, false);
        tilesRows(ds, stepP, S, tk + column, stepKV, T, tdq + column, stepQ, columns, 1, 0, 0, true);
        tilesColumns(tds, 16, stepP, T, q + column, stepQ, S, tdk + column, stepKV, columns, 1, 0, 0, false);
        tilesColumns(ds, 16, stepP, T, tq + column, stepQ, S, tdk + column, stepKV, columns, 1, 0, 0, true);
        tilesColumns(tprobs, 16, stepT, T, dout + column, stepOut, S, tdv + column, stepKV, columns, 1, 0, 0, false);
        tilesColumns(probs, 16, stepT, T, tdout + column, stepOut, S, tdv + column, stepKV, columns, 1, 0, 0, true);
      }
      probs += <usize>S * stepT;
      tprobs += <usize>S * stepT;
    }
    const queries: usize = <usize>S * stepQ;
    const keys: usize = <usize>T * stepKV;
    q += queries;
    tq += queries;
    tdq += queries;
    k += keys;
    v += keys;
    tk += keys;
    tv += keys;
    tdk += keys;
    tdv += keys;
    dout += <usize>S * stepOut;
    tdout += <usize>S * stepOut;
  }
}
