/** RMS norm (Zhang & Sennrich 2019, as T5 uses it) over one or more groups of columns, and its gradients. */
import { splat, sumLanes } from './math';

/** Σ x² over a range of a row. */
function sumSquares(x: usize, width: i32): f32 {
  let s0 = splat(0),
    s1 = splat(0);
  let n = width;
  for (; n >= 8; n -= 8) {
    const left = v128.load(x),
      right = v128.load(x, 16);
    s0 = f32x4.add(s0, f32x4.mul(left, left));
    s1 = f32x4.add(s1, f32x4.mul(right, right));
    x += 32;
  }
  let sum = sumLanes(f32x4.add(s0, s1));
  for (; n > 0; n--) {
    const value = load<f32>(x);
    sum += value * value;
    x += 4;
  }
  return sum;
}

/** `groups`: int32 widths at an address. r is [N, G]. */
export function rmsNorm(x: usize, scale: usize, y: usize, r: usize, N: i32, groups: usize, G: i32, eps: f32): void {
  for (let row = 0; row < N; row++) {
    let s = scale;
    for (let g = 0; g < G; g++) {
      const width = load<i32>(groups + ((<usize>g) << 2));
      const inverse: f32 = 1 / Mathf.sqrt(sumSquares(x, width) / <f32>width + eps);
      store<f32>(r, inverse);
      r += 4;
      const factor = splat(inverse);
      let n = width;
      for (; n >= 4; n -= 4) {
        v128.store(y, f32x4.mul(f32x4.mul(v128.load(x), factor), v128.load(s)));
        x += 16;
        y += 16;
        s += 16;
      }
      for (; n > 0; n--) {
        store<f32>(y, load<f32>(x) * inverse * load<f32>(s));
        x += 4;
        y += 4;
        s += 4;
      }
    }
  }
}

/** dx = r·(s·dy) − x·r³·(Σ s·dy·x)/width (+ add). `add` = 0: nothing to add; it may be dx itself. */
export function rmsNormGrad(x: usize, scale: usize, r: usize, dy: usize, add: usize, dx: usize, N: i32, groups: usize, G: i32): void {
  for (let row = 0; row < N; row++) {
    let s = scale;
    for (let g = 0; g < G; g++) {
      const width = load<i32>(groups + ((<usize>g) << 2));
      let sum = splat(0);
      let n = width;
      let at: usize = 0;
      for (; n >= 4; n -= 4) {
        sum = f32x4.add(sum, f32x4.mul(f32x4.mul(v128.load(s + at), v128.load(dy + at)), v128.load(x + at)));
        at += 16;
      }
      let dot = sumLanes(sum);
      for (; n > 0; n--) {
        dot += load<f32>(s + at) * load<f32>(dy + at) * load<f32>(x + at);
        at += 4;
      }
      const inverse = load<f32>(r);
      r += 4;
      const factor: f32 = (inverse * inverse * inverse * dot) / <f32>width;
      const rr = splat(inverse),
        ff = splat(factor);
      n = width;
      for (; n >= 4; n -= 4) {
        let d = f32x4.sub(f32x4.mul(f32x4.mul(v128.load(s), v128.load(dy)), rr), f32x4.mul(v128.load(x), ff));
        if (add) {
          d = f32x4.add(d, v128.load(add));
          add += 16;
        }
        v128.store(dx, d);
        x += 16;
        s += 16;
        dy += 16;
        dx += 16;
      }
      for (; n > 0; n--) {
        let d: f32 = load<f32>(s) * load<f32>(dy) * inverse - load<f32>(x) * factor;
        if (add) {
          d += load<f32>(add);
          add += 4;
        }
        store<f32>(dx, d);
        x += 4;
        s += 4;
        dy += 4;
        dx += 4;
      }
    }
  }
}

/** dscale[c] (+)= Σ_n dy·x·r, rows upwards. */
export function rmsNormScaleGrad(
  x: usize,
  r: usize,
  dy: usize,
  dscale: usize,
  N: i32,
  d: i32,
  groups: usize,
  G: i32,
  accumulate: bool,
): void {
  const step: usize = d << 2;
  const stepR: usize = G << 2;
  let start: usize = 0;
  for (let g = 0; g < G; g++) {
    const width = load<i32>(groups + ((<usize>g) << 2));
    let n = width;
    for (; n >= 8; n -= 8) {
      let s0 = splat(0),
        s1 = splat(0);
      let xx = x + start,
        dd = dy + start,
        rr = r + ((<usize>g) << 2);
      for (let row = 0; row < N; row++) {
        const factor = v128.load32_splat(rr);
        s0 = f32x4.add(s0, f32x4.mul(f32x4.mul(v128.load(dd), v128.load(xx)), factor));
        s1 = f32x4.add(s1, f32x4.mul(f32x4.mul(v128.load(dd, 16), v128.load(xx, 16)), factor));
        xx += step;
        dd += step;
        rr += stepR;
      }
      if (accumulate) {
        s0 = f32x4.add(s0, v128.load(dscale + start));
        s1 = f32x4.add(s1, v128.load(dscale + start, 16));
      }
      v128.store(dscale + start, s0);
      v128.store(dscale + start, s1, 16);
      start += 32;
    }
    for (; n > 0; n--) {
      let sum: f32 = 0;
      let xx = x + start,
        dd = dy + start,
        rr = r + ((<usize>g) << 2);
      for (let row = 0; row < N; row++) {
        sum += load<f32>(dd) * load<f32>(xx) * load<f32>(rr);
        xx += step;
        dd += step;
        rr += stepR;
      }
      store<f32>(dscale + start, accumulate ? sum + load<f32>(dscale + start) : sum);
      start += 4;
    }
  }
}
