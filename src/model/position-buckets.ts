/**
 * T5's relative position buckets (Raffel et al. 2020, arXiv 1910.10683, section 2.1): half of the buckets hold
 * exact distances, the other half grow logarithmically up to the maximal distance. As in Hugging Face's T5.
 */

/** Bucket of a distance `key − query`. */
export function positionBucket(distance: number, bidirectional: boolean, buckets: number, maxDistance: number): number {
  let base = 0;
  let count = buckets;
  let away: number;
  if (bidirectional) {
    count = Math.floor(buckets / 2);
    if (distance > 0) base = count;
    away = Math.abs(distance);
  } else {
    away = Math.max(0, -distance);
  }
  const exact = Math.floor(count / 2);
  if (away < exact) return base + away;
  // Float32 at every step, as the original computes it: at bucket borders float64 can fall on the other side.
  const f = Math.fround;
  const ratio = f(f(Math.log(f(away / exact))) / Math.log(maxDistance / exact));
  return base + Math.min(count - 1, exact + Math.floor(f(ratio * (count - exact))));
}

/** Buckets of all pairs, `[queries · keys]`, row-major. */
export function positionBuckets(queries: number, keys: number, bidirectional: boolean, buckets: number, maxDistance: number): Int32Array {
  const out = new Int32Array(queries * keys);
  for (let query = 0; query < queries; query++) {
    for (let key = 0; key < keys; key++) out[query * keys + key] = positionBucket(key - query, bidirectional, buckets, maxDistance);
  }
  return out;
}
