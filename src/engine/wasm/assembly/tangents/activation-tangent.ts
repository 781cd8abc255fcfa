/** How the activations and their gradients change with their inputs (activation.ts has the operations themselves). */
import { act, CUBIC, sigmoid2z, step, TWO_C } from '../activation';
import { loadLanes, splat, storeLanes } from '../math';

/** The slope act'(u) of the GELU, given s = σ(2z). */
@inline
function slopeOf(u: v128, s: v128): v128 {
  const dz = f32x4.mul(splat(TWO_C), f32x4.add(splat(1), f32x4.mul(splat(3 * CUBIC), f32x4.mul(u, u))));
  return f32x4.add(s, f32x4.mul(f32x4.mul(u, dz), f32x4.mul(s, f32x4.sub(splat(1), s))));
}
/** act''(u) of the GELU: with w = (2z)', s·(1 − s)·(2w + u·w' + u·w²·(1 − 2s)). */
@inline
function curveOf(u: v128, s: v128): v128 {
  const w = f32x4.mul(splat(TWO_C), f32x4.add(splat(1), f32x4.mul(splat(3 * CUBIC), f32x4.mul(u, u))));
  const dw = f32x4.mul(splat(6 * TWO_C * CUBIC), u);
  const bend = f32x4.mul(f32x4.mul(w, w), f32x4.sub(splat(1), f32x4.add(s, s)));
  return f32x4.mul(f32x4.mul(s, f32x4.sub(splat(1), s)), f32x4.add(f32x4.add(w, w), f32x4.mul(u, f32x4.add(dw, bend))));
}

@inline
function tangentOf(u: usize, tu: usize, ty: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  const gate: usize = F << 2;
  for (let row = 0; row < N; row++) {
    for (let i = 0; i < F; i += 4) {
      const at: usize = (<usize>i) << 2;
      const lanes = min(F - i, 4);
      const x = loadLanes(u + at, lanes);
      let value = x, slope = x;
      if (relu) {
        if (gated) value = act(x, true);
        slope = step(x);
      } else {
        const s = sigmoid2z(x);
        if (gated) value = f32x4.mul(x, s);
        slope = slopeOf(x, s);
      }
      let t = f32x4.mul(slope, loadLanes(tu + at, lanes));
      if (gated) t = f32x4.add(f32x4.mul(t, loadLanes(u + gate + at, lanes)), f32x4.mul(value, loadLanes(tu + gate + at, lanes)));
      storeLanes(ty + at, t, lanes);
    }
    u += gated ? gate << 1 : gate;
    tu += gated ? gate << 1 : gate;
    ty += gate;
  }
}
function gatedGeluTangent(u: usize, tu: usize, ty: usize, N: i32, F: i32): void {
  tangentOf(u, tu, ty, N, F, false, true);
}
function gatedReluTangent(u: usize, tu: usize, ty: usize, N: i32, F: i32): void {
  tangentOf(u, tu, ty, N, F, true, true);
}
function plainGeluTangent(u: usize, tu: usize, ty: usize, N: i32, F: i32): void {
  tangentOf(u, tu, ty, N, F, false, false);
}
function plainReluTangent(u: usize, tu: usize, ty: usize, N: i32, F: i32): void {
  tangentOf(u, tu, ty, N, F, true, false);
}
/** ty = act'(u)·tu, gated act'(u)·gate·tu + act(u)·tgate. u and tu are [N, F] or, gated, [N, 2F]; ty [N, F]. */
export function activationTangent(u: usize, tu: usize, ty: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  if (gated) {
    if (relu) gatedReluTangent(u, tu, ty, N, F);
    else gatedGeluTangent(u, tu, ty, N, F);
  } else if (relu) plainReluTangent(u, tu, ty, 1, N * F);
  else plainGeluTangent(u, tu, ty, 1, N * F);
}

@inline
function gradTangentOf(u: usize, dy: usize, tu: usize, tdy: usize, tdu: usize, N: i32, F: i32, relu: bool, gated: bool): void {
  const gate: usize = F << 2;
  for (let row = 0; row < N; row++) {
    for (let i = 0; i < F; i += 4) {
      const at: usize = (<usize>i) << 2;
      const lanes = min(F - i, 4);
      const x = loadLanes(u + at, lanes), t = loadLanes(tu + at, lanes);
      const d = loadLanes(dy + at, lanes), td = loadLanes(tdy + at, lanes);
      let value = x, slope = x, curve = splat(0);
      if (relu) {
        if (gated) value = act(x, true);
        slope = step(x);
      } else {
        const s = sigmoid2z(x);
        if (gated) value = f32x4.mul(x, s);
        slope = slopeOf(x, s);
        curve = curveOf(x, s);
      }
      const bent = f32x4.mul(f32x4.mul(curve, t), d);
      if (gated) {
        const g = loadLanes(u + gate + at, lanes), tg = loadLanes(tu + gate + at, lanes);
        const straight = f32x4.add(f32x4.mul(td, g), f32x4.mul(d, tg));
        storeLanes(tdu + at, f32x4.add(f32x4.mul(bent, g), f32x4.mul(slope, straight)), lanes);
        storeLanes(tdu + gate + at, f32x4.add(f32x4.mul(f32x4.mul(d, slope), t), f32x4.mul(td, value)), lanes);
      } else storeLanes(tdu + at, f32x4.add(bent, f32x4.mul(slope, td)), lanes);
    }
    const whole: usize = gated ? gate << 1 : gate;
    u += whole;
    tu += whole;
    tdu += whole;
    dy += gate;
    tdy += gate;
  }
}
function gatedGeluGradTangent(u: usize, dy: usize, tu: usize, tdy: usize, tdu: usize, N: i32, F: i32): void {
  gradTangentOf(u, dy, tu, tdy, tdu, N, F, false, true);
}
function gatedReluGradTangent(u: usize, dy: usize, tu: usize, tdy: usize, tdu: usize, N: i32, F: i32): void {
  gradTangentOf(u, dy, tu, tdy, tdu, N, F, true, true);
}
function plainGeluGradTangent(u: usize, dy: usize, tu: usize, tdy: usize, tdu: usize, N: i32, F: i32): void {
  gradTangentOf(u, dy, tu, tdy, tdu, N, F, false, false);
}
function plainReluGradTangent(u: usize, dy: usize, tu: usize, tdy: usize, tdu: usize, N: i32, F: i32): void {
  gradTangentOf(u, dy, tu, tdy, tdu, N, F, true, false);
}
/** The change of act'(u)·dy (gated: of act'(u)·gate·dy and act(u)·dy) for the changes tu and tdy. */
export function activationGradTangent(
  u: usize, dy: usize, tu: usize, tdy: usize, tdu: usize, N: i32, F: i32, relu: bool, gated: bool,
): void {
  if (gated) {
    if (relu) gatedReluGradTangent(u, dy, tu, tdy, tdu, N, F);
    else gatedGeluGradTangent(u, dy, tu, tdy, tdu, N, F);
  } else if (relu) plainReluGradTangent(u, dy, tu, tdy, tdu, 1, N * F);
  else plainGeluGradTangent(u, dy, tu, tdy, tdu, 1, N * F);
}
