/** Rows by id, and their gradients as sums in a fixed order (no scatter). */
import { loadLanes, splat, storeLanes } from './math';

export function embed(table: usize, ids: usize, y: usize, N: i32, d: i32): void {
  const bytes: usize = d << 2;
  for (let n = 0; n < N; n++) {
    memory.copy(y, table + <usize>load<i32>(ids) * bytes, bytes);
    ids += 4;
    y += bytes;
  }
}

/** `index`: starts[0..V], then the positions sorted by id. */
export function embedGrad(dy: usize, index: usize, dtable: usize, V: i32, d: i32, accumulate: bool): void {
  const bytes: usize = d << 2;
  const positions = index + ((<usize>(V + 1)) << 2);
  for (let id = 0; id < V; id++) {
    const from = positions + ((<usize>load<i32>(index)) << 2);
    const to = positions + ((<usize>load<i32>(index, 4)) << 2);
    index += 4;
    if (from == to) {
      if (!accumulate) memory.fill(dtable, 0, bytes);
    } else {
      for (let c = 0; c < d; c += 4) {
        const lanes = min(d - c, 4);
        const at: usize = (<usize>c) << 2;
        let sum = splat(0);
        for (let p = from; p < to; p += 4) sum = f32x4.add(sum, loadLanes(dy + <usize>load<i32>(p) * bytes + at, lanes));
        if (accumulate) sum = f32x4.add(sum, loadLanes(dtable + at, lanes));
        storeLanes(dtable + at, sum, lanes);
      }
    }
    dtable += bytes;
  }
}

/** bias[h, i] = table[bucket[i], h] */
export function positionBias(table: usize, bucket: usize, bias: usize, H: i32, positions: i32): void {
  const step: usize = H << 2;
  for (let h = 0; h < H; h++) {
    for (let i = 0; i < positions; i++) {
      store<f32>(bias, load<f32>(table + <usize>load<i32>(bucket + ((<usize>i) << 2)) * step));
      bias += 4;
    }
    table += 4;
  }
}

/** dtable[bucket, h] (+)= Σ dbias[h, i] over the positions i of the bucket, upwards. */
export function positionBiasGrad(dbias: usize, bucket: usize, dtable: usize, buckets: i32, H: i32, positions: i32, accumulate: bool): void {
  const step: usize = H << 2;
  if (!accumulate) memory.fill(dtable, 0, <usize>buckets * step);
  for (let h = 0; h < H; h++) {
    for (let i = 0; i < positions; i++) {
      const at = dtable + <usize>load<i32>(bucket + ((<usize>i) << 2)) * step;
      store<f32>(at, load<f32>(at) + load<f32>(dbias));
      dbias += 4;
    }
    dtable += 4;
  }
}
