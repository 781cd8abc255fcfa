/**
 * The activations of T5s that were published elsewhere, gated or not: SiLU, and GELU in its exact form (activation.ts
 * has the form that T5 v1.1 is trained with). Both are u·s(u), with s = σ, or s = Φ, the normal distribution.
 */
import { exp4, loadLanes, splat, storeLanes } from './math';

/** 1/√(2π) */
const DENSITY: f32 = 0.3989422804014327;

/** e^(−u²/2) */
@inline
function bell(u: v128): v128 {
  return exp4(f32x4.mul(f32x4.mul(u, u), splat(-0.5)));
}
/** Φ(u) by Abramowitz & Stegun 7.1.26: within 8e-8, and below zero without cancellation. */
@inline
function normal(u: v128): v128 {
  const t = f32x4.div(splat(1), f32x4.add(splat(1), f32x4.mul(splat(0.23164189), f32x4.abs(u))));
  let p = f32x4.add(f32x4.mul(splat(1.061405429), t), splat(-1.453152027));
  p = f32x4.add(f32x4.mul(p, t), splat(1.421413741));
  p = f32x4.add(f32x4.mul(p, t), splat(-0.284496736));
  p = f32x4.add(f32x4.mul(p, t), splat(0.254829592));
  const tail = f32x4.mul(f32x4.mul(f32x4.mul(p, t), splat(0.5)), bell(u));
  return v128.bitselect(tail, f32x4.sub(splat(1), tail), f32x4.lt(u, splat(0)));
}
/** s(u) */
@inline
function share(u: v128, silu: bool): v128 {
  return silu ? f32x4.div(splat(1), f32x4.add(splat(1), exp4(f32x4.neg(u)))) : normal(u);
}
/** (u·s(u))′ */
@inline
function slopeOf(u: v128, s: v128, silu: bool): v128 {
  const change = silu ? f32x4.mul(s, f32x4.sub(splat(1), s)) : f32x4.mul(splat(DENSITY), bell(u));
  return f32x4.add(s, f32x4.mul(u, change));
}

/** (u·s(u))″: σ·(1 − σ)·(2 + u·(1 − 2σ)), or φ(u)·(2 − u²). */
@inline
function curveOf(u: v128, s: v128, silu: bool): v128 {
  if (!silu) return f32x4.mul(f32x4.mul(splat(DENSITY), bell(u)), f32x4.sub(splat(2), f32x4.mul(u, u)));
  const bend = f32x4.add(splat(2), f32x4.mul(u, f32x4.sub(splat(1), f32x4.add(s, s))));
  return f32x4.mul(f32x4.mul(s, f32x4.sub(splat(1), s)), bend);
}

/** One vector of u (and of its gate) → y. */
@inline
function forward(u: usize, y: usize, gate: usize, silu: bool, gated: bool, lanes: i32): void {
  const x = loadLanes(u, lanes);
  let value = f32x4.mul(x, share(x, silu));
  if (gated) value = f32x4.mul(value, loadLanes(u + gate, lanes));
  storeLanes(y, value, lanes);
}
/** Gradients of one vector into du (and into the gate's). */
@inline
function backward(u: usize, dy: usize, du: usize, gate: usize, silu: bool, gated: bool, lanes: i32): void {
  const x = loadLanes(u, lanes), d = loadLanes(dy, lanes);
  const s = share(x, silu);
  let result = f32x4.mul(d, slopeOf(x, s, silu));
  if (gated) {
    result = f32x4.mul(result, loadLanes(u + gate, lanes));
    storeLanes(du + gate, f32x4.mul(d, f32x4.mul(x, s)), lanes);
  }
  storeLanes(du, result, lanes);
}

/** u is [N, F] or, gated, [N, 2F]; y [N, F]. */
export function smoothActivation(u: usize, y: usize, N: i32, F: i32, silu: bool, gated: bool): void {
  const gate: usize = F << 2;
  for (let row = 0; row < N; row++) {
    for (let at = 0; at < F; at += 4) forward(u + (at << 2), y + (at << 2), gate, silu, gated, F - at);
    u += gated ? gate << 1 : gate;
    y += gate;
  }
}
/** dy is [N, F], du like u. */
export function smoothActivationGrad(u: usize, dy: usize, du: usize, N: i32, F: i32, silu: bool, gated: bool): void {
  const gate: usize = F << 2;
  for (let row = 0; row < N; row++) {
    for (let at = 0; at < F; at += 4) backward(u + (at << 2), dy + (at << 2), du + (at << 2), gate, silu, gated, F - at);
    u += gated ? gate << 1 : gate;
    du += gated ? gate << 1 : gate;
    dy += gate;
  }
}

/** ty = act′(u)·tu, gated act′(u)·gate·tu + act(u)·tgate. u and tu are [N, F] or, gated, [N, 2F]; ty [N, F]. */
export function smoothActivationTangent(u: usize, tu: usize, ty: usize, N: i32, F: i32, silu: bool, gated: bool): void {
  const gate: usize = F << 2;
  for (let row = 0; row < N; row++) {
    for (let i = 0; i < F; i += 4) {
      const at: usize = (<usize>i) << 2;
      const x = loadLanes(u + at, F - i);
      const s = share(x, silu);
      let t = f32x4.mul(slopeOf(x, s, silu), loadLanes(tu + at, F - i));
      if (gated) {
        const along = f32x4.mul(f32x4.mul(x, s), loadLanes(tu + gate + at, F - i));
        t = f32x4.add(f32x4.mul(t, loadLanes(u + gate + at, F - i)), along);
      }
      storeLanes(ty + at, t, F - i);
    }
    u += gated ? gate << 1 : gate;
    tu += gated ? gate << 1 : gate;
    ty += gate;
  }
}
/** The change of act′(u)·dy (gated: of act′(u)·gate·dy and act(u)·dy) for the changes tu and tdy. */
export function smoothActivationGradTangent(
  u: usize, dy: usize, tu: usize, tdy: usize, tdu: usize, N: i32, F: i32, silu: bool, gated: bool,
): void {
  const gate: usize = F << 2;
  const whole: usize = gated ? gate << 1 : gate;
  for (let row = 0; row < N; row++) {
    for (let i = 0; i < F; i += 4) {
      const at: usize = (<usize>i) << 2;
      const lanes = F - i;
      const x = loadLanes(u + at, lanes), t = loadLanes(tu + at, lanes);
      const d = loadLanes(dy + at, lanes), td = loadLanes(tdy + at, lanes);
      const s = share(x, silu);
      const slope = slopeOf(x, s, silu);
      const bent = f32x4.mul(f32x4.mul(curveOf(x, s, silu), t), d);
      if (gated) {
        const g = loadLanes(u + gate + at, lanes), tg = loadLanes(tu + gate + at, lanes);
        const straight = f32x4.add(f32x4.mul(td, g), f32x4.mul(d, tg));
        storeLanes(tdu + at, f32x4.add(f32x4.mul(bent, g), f32x4.mul(slope, straight)), lanes);
        const value = f32x4.mul(td, f32x4.mul(x, s));
        storeLanes(tdu + gate + at, f32x4.add(f32x4.mul(f32x4.mul(d, slope), t), value), lanes);
      } else storeLanes(tdu + at, f32x4.add(bent, f32x4.mul(slope, td)), lanes);
    }
    u += whole;
    tu += whole;
    tdu += whole;
    dy += gate;
    tdy += gate;
  }
}
