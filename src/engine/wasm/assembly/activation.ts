/**
 * ReLU and the tanh form of GELU (`gelu_new`), gated or not. With z = √(2/π)·(u + 0.044715·u³) the GELU is
 * u·σ(2z), which keeps its relative precision where 1 + tanh z cancels.
 */
import { exp4, loadLanes, splat, storeLanes } from './math';

/** 2·√(2/π) */
const TWO_C: f32 = 1.5957691216057308;
const CUBIC: f32 = 0.044715;

@inline
function sigmoid2z(u: v128): v128 {
  const inner = f32x4.mul(u, f32x4.add(splat(1), f32x4.mul(splat(CUBIC), f32x4.mul(u, u))));
  return f32x4.div(splat(1), f32x4.add(splat(1), exp4(f32x4.mul(inner, splat(-TWO_C)))));
}
@inline
function act(u: v128, relu: bool): v128 {
  return relu ? f32x4.max(u, splat(0)) : f32x4.mul(u, sigmoid2z(u));
}
/** act'(u) */
@inline
function slope(u: v128, relu: bool): v128 {
  if (relu) return v128.and(f32x4.gt(u, splat(0)), splat(1));
  const s = sigmoid2z(u);
  const dz = f32x4.mul(splat(TWO_C), f32x4.add(splat(1), f32x4.mul(splat(3 * CUBIC), f32x4.mul(u, u))));
  return f32x4.add(s, f32x4.mul(f32x4.mul(u, dz), f32x4.mul(s, f32x4.sub(splat(1), s))));
}

/** u is [N, F] or, gated, [N, 2F]; y [N, F]. */
export function activation(u: usize, y: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  const gate: usize = F << 2;
  if (!gated) {
    F = N * F;
    N = 1;
  }
  for (let row = 0; row < N; row++) {
    for (let n = F; n > 0; n -= 4) {
      const lanes = min(n, 4);
      let value = act(loadLanes(u, lanes), relu);
      if (gated) value = f32x4.mul(value, loadLanes(u + gate, lanes));
      storeLanes(y, value, lanes);
      u += <usize>lanes << 2;
      y += <usize>lanes << 2;
    }
    if (gated) u += gate;
  }
}

export function activationGrad(u: usize, dy: usize, du: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  const gate: usize = F << 2;
  if (!gated) {
    F = N * F;
    N = 1;
  }
  for (let row = 0; row < N; row++) {
    for (let n = F; n > 0; n -= 4) {
      const lanes = min(n, 4);
      const at = loadLanes(u, lanes);
      const d = loadLanes(dy, lanes);
      if (gated) {
        const factor = loadLanes(u + gate, lanes);
        if (relu) {
          storeLanes(du + gate, f32x4.mul(d, act(at, true)), lanes);
          storeLanes(du, f32x4.mul(f32x4.mul(d, factor), slope(at, true)), lanes);
        } else {
          const s = sigmoid2z(at);
          const dz = f32x4.mul(splat(TWO_C), f32x4.add(splat(1), f32x4.mul(splat(3 * CUBIC), f32x4.mul(at, at))));
          const rise = f32x4.add(s, f32x4.mul(f32x4.mul(at, dz), f32x4.mul(s, f32x4.sub(splat(1), s))));
          storeLanes(du + gate, f32x4.mul(d, f32x4.mul(at, s)), lanes);
          storeLanes(du, f32x4.mul(f32x4.mul(d, factor), rise), lanes);
        }
      } else {
        storeLanes(du, f32x4.mul(d, slope(at, relu)), lanes);
      }
      u += <usize>lanes << 2;
      dy += <usize>lanes << 2;
      du += <usize>lanes << 2;
    }
    if (gated) {
      u += gate;
      du += gate;
    }
  }
}
