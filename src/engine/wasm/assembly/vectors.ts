/** Whole vectors: sums (in float64, fixed order), and the operations of a vector space. */

/** Σ x: two float64 pairs, joined at the end. */
export function sum(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0),
    s1 = f64x2.splat(0);
  for (; n >= 4; n -= 4) {
    const v = v128.load(x);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
    x += 16;
  }
  return finish(s0, s1, x, n);
}
export function sumTo(x: usize, n: i32, y: usize): void {
  store<f32>(y, <f32>sum(x, n));
}

/** Σ x·y; products in float64. */
export function dot(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0),
    s1 = f64x2.splat(0);
  for (; n >= 4; n -= 4) {
    const v = v128.load(x),
      w = v128.load(y);
    s0 = f64x2.add(s0, f64x2.mul(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(w)));
    s1 = f64x2.add(
      s1,
      f64x2.mul(f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)), f64x2.promote_low_f32x4(v128.shuffle<f32>(w, w, 2, 3, 2, 3))),
    );
    x += 16;
    y += 16;
  }
  let total = lanes(f64x2.add(s0, s1));
  for (; n > 0; n--) {
    total += <f64>load<f32>(x) * <f64>load<f32>(y);
    x += 4;
    y += 4;
  }
  return total;
}
export function sumSquaresTo(x: usize, n: i32, y: usize): void {
  store<f32>(y, <f32>dot(x, x, n));
}

function lanes(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}
function finish(s0: v128, s1: v128, x: usize, n: i32): f64 {
  let total = lanes(f64x2.add(s0, s1));
  for (; n > 0; n--) {
    total += <f64>load<f32>(x);
    x += 4;
  }
  return total;
}

/** c ← a + b */
export function add(a: usize, b: usize, c: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(c, f32x4.add(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    c += 16;
  }
  for (; n > 0; n--) {
    store<f32>(c, load<f32>(a) + load<f32>(b));
    a += 4;
    b += 4;
    c += 4;
  }
}

/** y ← y + a·x */
export function axpy(a: f32, x: usize, y: usize, n: i32): void {
  const factor = f32x4.splat(a);
  for (; n >= 4; n -= 4) {
    v128.store(y, f32x4.add(v128.load(y), f32x4.mul(factor, v128.load(x))));
    x += 16;
    y += 16;
  }
  for (; n > 0; n--) {
    store<f32>(y, load<f32>(y) + a * load<f32>(x));
    x += 4;
    y += 4;
  }
}

/** c ← w·a + (1 − w)·b, w the float at `weight`. */
export function mix(a: usize, b: usize, weight: usize, c: usize, n: i32): void {
  const left = v128.load32_splat(weight);
  const right = f32x4.sub(f32x4.splat(1), left);
  for (; n >= 4; n -= 4) {
    v128.store(c, f32x4.add(f32x4.mul(left, v128.load(a)), f32x4.mul(right, v128.load(b))));
    a += 16;
    b += 16;
    c += 16;
  }
  const w = load<f32>(weight);
  for (; n > 0; n--) {
    store<f32>(c, w * load<f32>(a) + (1 - w) * load<f32>(b));
    a += 4;
    b += 4;
    c += 4;
  }
}

/** y ← w·x, or (1 − w)·x if `rest`, w the float at `weight`. */
export function mixGrad(x: usize, weight: usize, rest: bool, y: usize, n: i32): void {
  const w: f32 = rest ? 1 - load<f32>(weight) : load<f32>(weight);
  const factor = f32x4.splat(w);
  for (; n >= 4; n -= 4) {
    v128.store(y, f32x4.mul(factor, v128.load(x)));
    x += 16;
    y += 16;
  }
  for (; n > 0; n--) {
    store<f32>(y, w * load<f32>(x));
    x += 4;
    y += 4;
  }
}

/** x ← a·x */
export function scale(a: f32, x: usize, n: i32): void {
  const factor = f32x4.splat(a);
  for (; n >= 4; n -= 4) {
    v128.store(x, f32x4.mul(factor, v128.load(x)));
    x += 16;
  }
  for (; n > 0; n--) {
    store<f32>(x, a * load<f32>(x));
    x += 4;
  }
}

export function copy(from: usize, to: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}
export function fill(at: usize, bytes: usize): void {
  memory.fill(at, 0, bytes);
}

/** out[i] (+)= Σ_b x[b, i], b upwards. */
export function sumRows(x: usize, out: usize, rows: i32, n: i32, accumulate: bool): void {
  const bytes: usize = (<usize>n) << 2;
  if (accumulate) add(x, out, out, n);
  else memory.copy(out, x, bytes);
  for (let row = 1; row < rows; row++) {
    x += bytes;
    add(x, out, out, n);
  }
}
