/** Softmax cross-entropy from integer labels; a label below 0 is not counted. */
import { exp4, firstLanes, loadLanes, log64, maxLanes, splat, storeLanes, sumLanes } from './math';

/** rowLoss = weight·(lse − logit[label]); lse = ln Σ e^logit. */
export function crossEntropy(logits: usize, labels: usize, weights: usize, rowLoss: usize, lse: usize, M: i32, V: i32): void {
  const whole = V & ~3;
  const tail = V - whole;
  for (let row = 0; row < M; row++) {
    let top = splat(f32.NEGATIVE_INFINITY);
    for (let i = 0; i < whole; i += 4) top = f32x4.pmax(top, v128.load(logits + ((<usize>i) << 2)));
    if (tail) top = f32x4.pmax(top, v128.bitselect(loadLanes(logits + ((<usize>whole) << 2), tail), top, firstLanes(tail)));
    const peak = maxLanes(top);
    const shift = splat(peak);
    // Sums of at most a few thousand terms ≤ 1: four float lanes, twice.
    let s0 = splat(0),
      s1 = splat(0);
    let i = 0;
    for (; i + 8 <= whole; i += 8) {
      const at = logits + ((<usize>i) << 2);
      s0 = f32x4.add(s0, exp4(f32x4.sub(v128.load(at), shift)));
      s1 = f32x4.add(s1, exp4(f32x4.sub(v128.load(at, 16), shift)));
    }
    for (; i < V; i += 4) {
      const lanes = min(V - i, 4);
      s0 = f32x4.add(s0, v128.and(exp4(f32x4.sub(loadLanes(logits + ((<usize>i) << 2), lanes), shift)), firstLanes(lanes)));
    }
    const logSum = log64(<f64>sumLanes(f32x4.add(s0, s1)));
    store<f32>(lse, <f32>(<f64>peak + logSum));
    const label = load<i32>(labels);
    let loss: f64 = 0;
    if (label >= 0) loss = <f64>load<f32>(weights) * (<f64>peak - <f64>load<f32>(logits + ((<usize>label) << 2)) + logSum);
    store<f32>(rowLoss, <f32>loss);
    logits += (<usize>V) << 2;
    labels += 4;
    weights += 4;
    rowLoss += 4;
    lse += 4;
  }
}

/** dlogits = weight·(softmax − onehot), 0 in rows that are not counted. */
export function crossEntropyGrad(logits: usize, lse: usize, labels: usize, weights: usize, dlogits: usize, M: i32, V: i32): void {
  const whole: usize = (V & ~3) << 2;
  const tail = V & 3;
  for (let row = 0; row < M; row++) {
    const label = load<i32>(labels);
    if (label < 0) {
      memory.fill(dlogits, 0, (<usize>V) << 2);
    } else {
      const weight = load<f32>(weights);
      const w = splat(weight);
      const shift = v128.load32_splat(lse);
      for (let at: usize = 0; at < whole; at += 16) {
        v128.store(dlogits + at, f32x4.mul(w, exp4(f32x4.sub(v128.load(logits + at), shift))));
      }
      if (tail) storeLanes(dlogits + whole, f32x4.mul(w, exp4(f32x4.sub(loadLanes(logits + whole, tail), shift))), tail);
      const at = dlogits + ((<usize>label) << 2);
      store<f32>(at, load<f32>(at) - weight);
    }
    logits += (<usize>V) << 2;
    dlogits += (<usize>V) << 2;
    labels += 4;
    weights += 4;
    lse += 4;
  }
}

/** out = weight·(p·t − p·Σ p·t), p the softmax of a row of logits, t = tlogits; 0 in rows that are not counted. */
export function crossEntropyGradTangent(
  logits: usize, lse: usize, labels: usize, weights: usize, tlogits: usize, out: usize, M: i32, V: i32,
): void {
  const width: usize = (<usize>V) << 2;
  for (let row = 0; row < M; row++) {
    if (load<i32>(labels) < 0) memory.fill(out, 0, width);
    else {
      const shift = v128.load32_splat(lse);
      let sum = splat(0);
      for (let i = 0; i < V; i += 4) {
        const at: usize = (<usize>i) << 2;
        const lanes = min(V - i, 4);
        const p = exp4(f32x4.sub(loadLanes(logits + at, lanes), shift));
        storeLanes(out + at, p, lanes);
        sum = f32x4.add(sum, f32x4.mul(p, loadLanes(tlogits + at, lanes)));
      }
      const mean = splat(sumLanes(sum));
      const w = v128.load32_splat(weights);
      for (let i = 0; i < V; i += 4) {
        const at: usize = (<usize>i) << 2;
        const lanes = min(V - i, 4);
        const t = f32x4.sub(loadLanes(tlogits + at, lanes), mean);
        storeLanes(out + at, f32x4.mul(w, f32x4.mul(loadLanes(out + at, lanes), t)), lanes);
      }
    }
    logits += width;
    tlogits += width;
    out += width;
    labels += 4;
    weights += 4;
    lse += 4;
  }
}
