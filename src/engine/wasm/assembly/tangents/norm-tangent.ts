/** How the outputs of RMS norm and of its gradient change with their inputs (norm.ts has the operations themselves). */
import { loadLanes, splat, storeLanes, sumLanes } from '../math';

/**
 * ty = (tx·r + x·tr)·scale + x·r·tscale, tr = −r³·(Σ x·tx)/width. `groups`: int32 widths at an address; r and tr are
 * [N, G].
 */
export function rmsNormTangent(
  x: usize, scale: usize, r: usize, tx: usize, tscale: usize, ty: usize, tr: usize, N: i32, groups: usize, G: i32,
): void {
  for (let row = 0; row < N; row++) {
    let s = scale, ts = tscale;
    for (let g = 0; g < G; g++) {
      const width = load<i32>(groups + ((<usize>g) << 2));
      let sum = splat(0);
      for (let i = 0; i < width; i += 4) {
        const at: usize = (<usize>i) << 2;
        const lanes = min(width - i, 4);
        sum = f32x4.add(sum, f32x4.mul(loadLanes(x + at, lanes), loadLanes(tx + at, lanes)));
      }
      const inverse = load<f32>(r);
      const change: f32 = -(inverse * inverse * inverse * sumLanes(sum)) / <f32>width;
      store<f32>(tr, change);
      const rr = splat(inverse), cc = splat(change);
      for (let i = 0; i < width; i += 4) {
        const at: usize = (<usize>i) << 2;
        const lanes = min(width - i, 4);
        const value = loadLanes(x + at, lanes);
        const inner = f32x4.add(f32x4.mul(loadLanes(tx + at, lanes), rr), f32x4.mul(value, cc));
        const y = f32x4.add(f32x4.mul(inner, loadLanes(s + at, lanes)), f32x4.mul(f32x4.mul(value, rr), loadLanes(ts + at, lanes)));
        storeLanes(ty + at, y, lanes);
      }
      const bytes: usize = (<usize>width) << 2;
      x += bytes;
      tx += bytes;
      ty += bytes;
      s += bytes;
      ts += bytes;
      r += 4;
      tr += 4;
    }
  }
}

/**
 * With p = scale·dy, e = Σ x·tx, q = Σ p·x, tq = Σ (scale·tdy·x + p·tx) and tr = −r³·e/width:
 * tdx = r·scale·tdy + tr·p − (r³·q·tx + (3·r²·tr·q + r³·tq)·x)/width (+ add).
 */
export function rmsNormGradTangent(
  x: usize, scale: usize, r: usize, dy: usize, tx: usize, tdy: usize, add: usize, tdx: usize, N: i32, groups: usize, G: i32,
): void {
  for (let row = 0; row < N; row++) {
    let s = scale;
    for (let g = 0; g < G; g++) {
      const width = load<i32>(groups + ((<usize>g) << 2));
      let e = splat(0), q = splat(0), tq = splat(0);
      for (let i = 0; i < width; i += 4) {
        const at: usize = (<usize>i) << 2;
        const lanes = min(width - i, 4);
        const value = loadLanes(x + at, lanes), change = loadLanes(tx + at, lanes), factor = loadLanes(s + at, lanes);
        const p = f32x4.mul(factor, loadLanes(dy + at, lanes));
        e = f32x4.add(e, f32x4.mul(value, change));
        q = f32x4.add(q, f32x4.mul(p, value));
        tq = f32x4.add(tq, f32x4.add(f32x4.mul(f32x4.mul(factor, loadLanes(tdy + at, lanes)), value), f32x4.mul(p, change)));
      }
      const inverse = load<f32>(r);
      const cube: f32 = (inverse * inverse * inverse) / <f32>width;
      const tr: f32 = -cube * sumLanes(e);
      const along: f32 = cube * sumLanes(q);
      const back: f32 = cube * sumLanes(tq) + (3 * inverse * inverse * tr * sumLanes(q)) / <f32>width;
      const rr = splat(inverse), cc = splat(tr), aa = splat(along), bb = splat(back);
      for (let i = 0; i < width; i += 4) {
        const at: usize = (<usize>i) << 2;
        const lanes = min(width - i, 4);
        const forward = f32x4.add(f32x4.mul(rr, loadLanes(tdy + at, lanes)), f32x4.mul(cc, loadLanes(dy + at, lanes)));
        const backward = f32x4.add(f32x4.mul(aa, loadLanes(tx + at, lanes)), f32x4.mul(bb, loadLanes(x + at, lanes)));
        let d = f32x4.sub(f32x4.mul(loadLanes(s + at, lanes), forward), backward);
        if (add) d = f32x4.add(d, loadLanes(add + at, lanes));
        storeLanes(tdx + at, d, lanes);
      }
      const bytes: usize = (<usize>width) << 2;
      x += bytes;
      dy += bytes;
      tx += bytes;
      tdy += bytes;
      tdx += bytes;
      s += bytes;
      if (add) add += bytes;
      r += 4;
    }
  }
}
