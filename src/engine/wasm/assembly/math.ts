/**
 * Elementary functions on four floats at a time. AssemblyScript's own (`Mathf.exp`, …) are scalar and keep tables
 * in static data, which this module must not have: it lives in tfjs's memory.
 */

@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** ln 2 in two parts, so that n·(first part) is exact for |n| < 2^14. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -0.00021219444170128554;

/** 1.5·2^23: added to a float below 2^22, it rounds it to a whole number and leaves that in the lowest bits. */
const ROUND: f32 = 12582912;

/**
 * e^x, within 1.1 units in the last place for −86.9 ≤ x ≤ 88.3; smaller x give 1.8e-38, larger 2.2e38, NaN stays NaN.
 * Range reduction to |r| ≤ ln 2 / 2, then 1 + r + r²·p(r), p by Chebyshev interpolation; 2^n goes into the exponent's
 * bits.
 */
@inline
export function exp4(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, splat(-86.9)), splat(88.3));
  const t = f32x4.add(f32x4.mul(clamped, splat(1.44269504088896341)), splat(ROUND));
  const n = f32x4.sub(t, splat(ROUND));
  const r = f32x4.sub(f32x4.sub(clamped, f32x4.mul(n, splat(LN2_HIGH))), f32x4.mul(n, splat(LN2_LOW)));
  let p = f32x4.add(f32x4.mul(splat(0.0013926250394433737), r), splat(0.00836323294788599));
  p = f32x4.add(f32x4.mul(p, r), splat(0.04166655242443085));
  p = f32x4.add(f32x4.mul(p, r), splat(0.16666576266288757));
  p = f32x4.add(f32x4.mul(p, r), splat(0.5));
  const q = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), p), r), splat(1));
  return i32x4.add(q, i32x4.shl(t, 23));
}

/**
 * ln x for a normal positive x, to about 1e-15: x = m·2^e with m in [√½, √2), then the series of 2·artanh((m − 1)/(m +
 * 1)).
 */
export function log64(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let e = <i32>((bits >> 52) & 0x7ff) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e += 1;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let p: f64 = 0;
  for (let k = 21; k >= 1; k -= 2) p = p * z + 1.0 / <f64>k;
  return 2 * s * p + <f64>e * 0.6931471805599453;
}

/** Sum of the four lanes, always in the same order: (0 + 2) + (1 + 3). */
@inline
export function sumLanes(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

@inline
export function maxLanes(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** All bits of the lanes below n (n in 0…4, more counts as 4). */
@inline
export function firstLanes(n: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n));
}

/** Stores the first n lanes (n in 0…4, more counts as 4). */
@inline
export function storeLanes(at: usize, x: v128, n: i32): void {
  if (n >= 4) {
    v128.store(at, x);
    return;
  }
  let rest = x;
  if (n & 2) {
    v128.store64_lane(at, x, 0);
    at += 8;
    rest = v128.shuffle<f32>(x, x, 2, 3, 2, 3);
  }
  if (n & 1) v128.store32_lane(at, rest, 0);
}

/** Loads n lanes (n in 0…4), the others 0, without touching what lies behind them. */
@inline
export function loadLanes(at: usize, n: i32): v128 {
  if (n >= 4) return v128.load(at);
  let x = f32x4.splat(0);
  if (n > 0) x = f32x4.replace_lane(x, 0, load<f32>(at));
  if (n > 1) x = f32x4.replace_lane(x, 1, load<f32>(at, 4));
  if (n > 2) x = f32x4.replace_lane(x, 2, load<f32>(at, 8));
  return x;
}
