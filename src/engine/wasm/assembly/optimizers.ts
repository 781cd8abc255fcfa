/**
 * Optimizer steps in place over pools. `values`: [0] lr, [1] β or β1, [2] β2, [3] ε, [4 + 2g] = 1 − β1^t and
 * [5 + 2g] = 1 − β2^t of step-count group g. The forms are PyTorch's (Kingma & Ba 2015 for Adam).
 */
import { axpy, scale } from './vectors';
import { loadLanes, splat, storeLanes } from './math';

export function sgd(theta: usize, g: usize, values: usize, n: i32): void {
  axpy(-load<f32>(values), g, theta, n);
}

/** x ← x·min(1, norm / (√squares + 1e-6)), with the sum of all squares of x in `squares`. */
export function clip(x: usize, squares: usize, norm: f32, n: i32): void {
  const factor = norm / (sqrt(load<f32>(squares)) + <f32>1e-6);
  if (factor < 1) scale(factor, x, n);
}

export function momentum(theta: usize, g: usize, m: usize, values: usize, n: i32): void {
  const lr = v128.load32_splat(values);
  const beta = v128.load32_splat(values, 4);
  for (; n > 0; n -= 4) {
    const lanes = min(n, 4);
    const next = f32x4.add(f32x4.mul(beta, loadLanes(m, lanes)), loadLanes(g, lanes));
    storeLanes(m, next, lanes);
    storeLanes(theta, f32x4.sub(loadLanes(theta, lanes), f32x4.mul(lr, next)), lanes);
    theta += 16;
    g += 16;
    m += 16;
  }
}

/** Corrections of four elements: one float in two is this moment's. */
@inline
function correctionsOf(table: usize, groups: v128): v128 {
  let c = v128.load32_splat(table + (<usize>f32x4.extract_lane(groups, 0) << 3));
  c = v128.load32_lane(table + (<usize>f32x4.extract_lane(groups, 1) << 3), c, 1);
  c = v128.load32_lane(table + (<usize>f32x4.extract_lane(groups, 2) << 3), c, 2);
  return v128.load32_lane(table + (<usize>f32x4.extract_lane(groups, 3) << 3), c, 3);
}

/** `groups` = 0: every element is of group 0. `decay`: AdamW's, θ ← (1 − lr·decay)·θ first. */
export function adam(theta: usize, g: usize, m: usize, v: usize, groups: usize, values: usize, decay: f32, n: i32): void {
  const lr = v128.load32_splat(values);
  const kept = splat(1 - load<f32>(values) * decay);
  const beta1 = v128.load32_splat(values, 4);
  const beta2 = v128.load32_splat(values, 8);
  const eps = v128.load32_splat(values, 12);
  const one = splat(1);
  const rest1 = f32x4.sub(one, beta1);
  const rest2 = f32x4.sub(one, beta2);
  let c1 = v128.load32_splat(values, 16);
  let c2 = v128.load32_splat(values, 20);
  for (; n > 0; n -= 4) {
    const lanes = min(n, 4);
    if (groups) {
      const at = loadLanes(groups, lanes);
      c1 = correctionsOf(values + 16, at);
      c2 = correctionsOf(values + 20, at);
      groups += 16;
    }
    const d = loadLanes(g, lanes);
    const m1 = f32x4.add(f32x4.mul(beta1, loadLanes(m, lanes)), f32x4.mul(rest1, d));
    const v1 = f32x4.add(f32x4.mul(beta2, loadLanes(v, lanes)), f32x4.mul(rest2, f32x4.mul(d, d)));
    storeLanes(m, m1, lanes);
    storeLanes(v, v1, lanes);
    const denominator = f32x4.add(f32x4.sqrt(f32x4.div(v1, c2)), eps);
    storeLanes(theta, f32x4.sub(f32x4.mul(kept, loadLanes(theta, lanes)), f32x4.mul(lr, f32x4.div(f32x4.div(m1, c1), denominator))), lanes);
    theta += 16;
    g += 16;
    m += 16;
    v += 16;
  }
}
