/** Reference body of `adafactor` (Shazeer & Stern 2018, arXiv 1804.04235), in plain tfjs operations. */
import * as tf from '@tensorflow/tfjs';
import type { Attributes } from '../graph.ts';
import { flag } from '../operations/attributes.ts';

type Matrix = tf.Tensor2D;

/** One tensor's update; row means are [R, 1], column means [1, C]. */
function update(
  theta: Matrix,
  g: Matrix,
  rows: Matrix,
  columns: Matrix,
  beta2: number,
  values: Float32Array,
  scaled: boolean,
): [Matrix, Matrix, Matrix] {
  const [lr = 0, threshold = 1, eps1 = 0, eps2 = 0] = values;
  const squares = tf.add(tf.square(g), eps1);
  const newRows = tf.add(tf.mul(beta2, rows), tf.mul(1 - beta2, tf.mean(squares, 1, true))) as Matrix;
  const newColumns = tf.add(tf.mul(beta2, columns), tf.mul(1 - beta2, tf.mean(squares, 0, true))) as Matrix;
  const u = tf.mul(tf.mul(g, tf.rsqrt(tf.div(newRows, tf.mean(newRows)))), tf.rsqrt(newColumns));
  const rms = (x: tf.Tensor): number => Math.sqrt(tf.mean(tf.square(x)).dataSync()[0] ?? Number.NaN);
  const size = (lr * (scaled ? Math.max(eps2, rms(theta)) : 1)) / Math.max(1, rms(u) / threshold);
  return [tf.sub(theta, tf.mul(size, u)) as Matrix, newRows, newColumns];
}

/** Whole pools; the table has five numbers a tensor: offset, rows, columns, first row, first column. */
export function adafactor(inputs: readonly tf.Tensor[], attributes: Attributes): readonly tf.Tensor[] {
  const list = inputs.slice();
  const table = list.pop()?.dataSync() ?? [];
  const values = list.pop()?.dataSync() as Float32Array;
  const groups = flag(attributes, 'grouped') ? list.pop()?.dataSync() : undefined;
  const [theta, g, rows, columns] = list as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  const pieces: [tf.Tensor1D[], tf.Tensor1D[], tf.Tensor1D[]] = [[], [], []];
  /** What lies between the tensors stays as it is. */
  let done = 0;
  const keepUntil = (end: number): void => {
    if (end > done) [theta, rows, columns].forEach((pool, i) => pieces[i]?.push(tf.slice1d(pool, done, end - done)));
  };
  for (let t = 0; t < table.length; t += 5) {
    const [offset = 0, R = 0, C = 0] = [table[t], table[t + 1], table[t + 2]];
    keepUntil(offset);
    const matrix = (pool: tf.Tensor1D): Matrix => tf.reshape(tf.slice1d(pool, offset, R * C), [R, C]);
    const [own, rest] = [matrix(rows), matrix(columns)];
    const beta2 = values[4 + 2 * (groups?.[offset] ?? 0)] ?? Number.NaN;
    const [moved, rowMeans, columnMeans] = update(
      matrix(theta),
      matrix(g),
      tf.slice2d(own, [0, 0], [R, 1]),
      tf.slice2d(rest, [0, 0], [1, C]),
      beta2,
      values,
      flag(attributes, 'scaled'),
    );
    const flat = (x: tf.Tensor): tf.Tensor1D => tf.reshape(x, [R * C]);
    pieces[0].push(flat(moved));
    // Row means lie in the first column, column means in the first row; the rest of both is not used.
    pieces[1].push(flat(C > 1 ? tf.concat([rowMeans, tf.slice2d(own, [0, 1], [R, C - 1])], 1) : rowMeans));
    pieces[2].push(flat(R > 1 ? tf.concat([columnMeans, tf.slice2d(rest, [1, 0], [R - 1, C])], 0) : columnMeans));
    done = offset + R * C;
  }
  keepUntil(theta.size);
  return pieces.map((each) => (each.length === 1 ? (each[0] as tf.Tensor1D) : tf.concat(each)));
}
