/**
 * ReLU and the tanh form of GELU (`gelu_new`), gated or not. With z = √(2/π)·(u + 0.044715·u³) the GELU is
 * u·σ(2z), which keeps its relative precision where 1 + tanh z cancels.
 */
import { exp4, loadLanes, splat, storeLanes } from './math';

/** 2·√(2/π) */
export const TWO_C: f32 = 1.5957691216057308;
export const CUBIC: f32 = 0.044715;

@inline
export function sigmoid2z(u: v128): v128 {
  const inner = f32x4.mul(u, f32x4.add(splat(1), f32x4.mul(splat(CUBIC), f32x4.mul(u, u))));
  return f32x4.div(splat(1), f32x4.add(splat(1), exp4(f32x4.mul(inner, splat(-TWO_C)))));
}
@inline
export function act(u: v128, relu: bool): v128 {
  return relu ? f32x4.max(u, splat(0)) : f32x4.mul(u, sigmoid2z(u));
}
/** act'(u) of the ReLU. */
@inline
export function step(u: v128): v128 {
  return v128.and(f32x4.gt(u, splat(0)), splat(1));
}

/** One vector of u and, if gated, of its gate → y. */
@inline
function forward(u: v128, gate: v128, relu: bool, gated: bool): v128 {
  return gated ? f32x4.mul(act(u, relu), gate) : act(u, relu);
}

/** u is [N, F] or, gated, [N, 2F]; y [N, F]. */
@inline
function activationOf(u: usize, y: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  const gate: usize = F << 2;
  const whole: usize = (F & ~3) << 2;
  const tail = F & 3;
  for (let row = 0; row < N; row++) {
    for (let at: usize = 0; at < whole; at += 16) {
      v128.store(y + at, forward(v128.load(u + at), gated ? v128.load(u + gate + at) : splat(1), relu, gated));
    }
    if (tail) {
      const factor = gated ? loadLanes(u + gate + whole, tail) : splat(1);
      storeLanes(y + whole, forward(loadLanes(u + whole, tail), factor, relu, gated), tail);
    }
    u += gated ? gate << 1 : gate;
    y += gate;
  }
}

// A function for each kind: the flags are constants in the loops.
function gatedGelu(u: usize, y: usize, N: i32, F: i32): void {
  activationOf(u, y, N, F, false, true);
}
function gatedRelu(u: usize, y: usize, N: i32, F: i32): void {
  activationOf(u, y, N, F, true, true);
}
function plainGelu(u: usize, y: usize, N: i32, F: i32): void {
  activationOf(u, y, N, F, false, false);
}
function plainRelu(u: usize, y: usize, N: i32, F: i32): void {
  activationOf(u, y, N, F, true, false);
}
export function activation(u: usize, y: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  if (gated) {
    if (relu) gatedRelu(u, y, N, F);
    else gatedGelu(u, y, N, F);
  } else if (relu) plainRelu(u, y, 1, N * F);
  else plainGelu(u, y, 1, N * F);
}

/** Gradients of one vector into du (and, if gated, into the gate's du), `lanes` of them. */
@inline
function backward(u: usize, dy: usize, du: usize, gate: usize, relu: bool, gated: bool, lanes: i32, full: bool): void {
  const x = full ? v128.load(u) : loadLanes(u, lanes);
  const d = full ? v128.load(dy) : loadLanes(dy, lanes);
  let value = x, rise = x;
  if (relu) {
    if (gated) value = act(x, true);
    rise = step(x);
  } else {
    const s = sigmoid2z(x);
    const dz = f32x4.mul(splat(TWO_C), f32x4.add(splat(1), f32x4.mul(splat(3 * CUBIC), f32x4.mul(x, x))));
    if (gated) value = f32x4.mul(x, s);
    rise = f32x4.add(s, f32x4.mul(f32x4.mul(x, dz), f32x4.mul(s, f32x4.sub(splat(1), s))));
  }
  let result = f32x4.mul(d, rise);
  if (gated) {
    const factor = full ? v128.load(u + gate) : loadLanes(u + gate, lanes);
    result = f32x4.mul(result, factor);
    const other = f32x4.mul(d, value);
    if (full) v128.store(du + gate, other);
    else storeLanes(du + gate, other, lanes);
  }
  if (full) v128.store(du, result);
  else storeLanes(du, result, lanes);
}

@inline
function activationGradOf(u: usize, dy: usize, du: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  const gate: usize = F << 2;
  const whole: usize = (F & ~3) << 2;
  const tail = F & 3;
  for (let row = 0; row < N; row++) {
    for (let at: usize = 0; at < whole; at += 16) backward(u + at, dy + at, du + at, gate, relu, gated, 4, true);
    if (tail) backward(u + whole, dy + whole, du + whole, gate, relu, gated, tail, false);
    u += gated ? gate << 1 : gate;
    du += gated ? gate << 1 : gate;
    dy += gate;
  }
}
function gatedGeluGrad(u: usize, dy: usize, du: usize, N: i32, F: i32): void {
  activationGradOf(u, dy, du, N, F, false, true);
}
function gatedReluGrad(u: usize, dy: usize, du: usize, N: i32, F: i32): void {
  activationGradOf(u, dy, du, N, F, true, true);
}
function plainGeluGrad(u: usize, dy: usize, du: usize, N: i32, F: i32): void {
  activationGradOf(u, dy, du, N, F, false, false);
}
function plainReluGrad(u: usize, dy: usize, du: usize, N: i32, F: i32): void {
  activationGradOf(u, dy, du, N, F, true, false);
}
export function activationGrad(u: usize, dy: usize, du: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  if (gated) {
    if (relu) gatedReluGrad(u, dy, du, N, F);
    else gatedGeluGrad(u, dy, du, N, F);
  } else if (relu) plainReluGrad(u, dy, du, 1, N * F);
  else plainGeluGrad(u, dy, du, 1, N * F);
}
