/** Reference body of `adafactor` (Shazeer & Stern 2018, arXiv 1804.04235), in plain tfjs operations. */
import * as tf from '@tensorflow/tfjs';
import { tableEntries } from '../operations/adafactor-table.ts';
import { GROUP_STRIDE, placeOfGroupValue, placeOfValue, type StepValue } from '../operations/step-values.ts';
import type { Body } from './body.ts';

type Matrix = tf.Tensor2D;

/** The step's numbers that a tensor's update needs. */
type Values = Readonly<Record<StepValue<'adafactor'> | 'beta2', number>>;

/** One tensor's update; row means are [R, 1], column means [1, C]. */
function update(theta: Matrix, g: Matrix, rows: Matrix, columns: Matrix, values: Values, scaled: boolean): [Matrix, Matrix, Matrix] {
  const { stepSize, threshold, epsilon1, epsilon2, beta2 } = values;
  const squares = tf.add(tf.square(g), epsilon1);
  const newRows = tf.add(tf.mul(beta2, rows), tf.mul(1 - beta2, tf.mean(squares, 1, true))) as Matrix;
  const newColumns = tf.add(tf.mul(beta2, columns), tf.mul(1 - beta2, tf.mean(squares, 0, true))) as Matrix;
  const u = tf.mul(tf.mul(g, tf.rsqrt(tf.div(newRows, tf.mean(newRows)))), tf.rsqrt(newColumns));
  const rms = (x: tf.Tensor): number => Math.sqrt(tf.mean(tf.square(x)).dataSync()[0] ?? Number.NaN);
  const size = (stepSize * (scaled ? Math.max(epsilon2, rms(theta)) : 1)) / Math.max(1, rms(u) / threshold);
  return [tf.sub(theta, tf.mul(size, u)) as Matrix, newRows, newColumns];
}

/** Whole pools, tensor by tensor as the table has them. */
export const adafactor: Body<'adafactor'> = (inputs, { attributes }) => {
  const [values, groups] = [inputs.values.dataSync(), inputs.groups?.dataSync()];
  const at = (place: number): number => values[place] ?? Number.NaN;
  const pools = [inputs.parameters, inputs.rowMeans, inputs.columnMeans] as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  const [theta, rowMeans, columnMeans] = pools;
  const pieces: [tf.Tensor1D[], tf.Tensor1D[], tf.Tensor1D[]] = [[], [], []];
  /** Values between the tensors stay as they are. */
  let done = 0;
  const keepUntil = (end: number): void => {
    if (end > done) pools.forEach((pool, i) => pieces[i]?.push(tf.slice1d(pool, done, end - done)));
  };
  for (const { offset, rows: R, columns: C } of tableEntries(inputs.table.dataSync())) {
    keepUntil(offset);
    const matrix = (pool: tf.Tensor): Matrix => tf.reshape(tf.slice1d(pool as tf.Tensor1D, offset, R * C), [R, C]);
    const [own, rest] = [matrix(rowMeans), matrix(columnMeans)];
    const [moved, newRows, newColumns] = update(
      matrix(theta),
      matrix(inputs.gradients),
      tf.slice2d(own, [0, 0], [R, 1]),
      tf.slice2d(rest, [0, 0], [1, C]),
      {
        stepSize: at(placeOfValue('adafactor', 'stepSize')),
        threshold: at(placeOfValue('adafactor', 'threshold')),
        epsilon1: at(placeOfValue('adafactor', 'epsilon1')),
        epsilon2: at(placeOfValue('adafactor', 'epsilon2')),
        beta2: at(placeOfGroupValue('adafactor', 'beta2') + GROUP_STRIDE * (groups?.[offset] ?? 0)),
      },
      attributes.scaled,
    );
    const flat = (x: tf.Tensor): tf.Tensor1D => tf.reshape(x, [R * C]);
    pieces[0].push(flat(moved));
    // Row means lie in the first column, column means in the first row; the rest of both is not used.
    pieces[1].push(flat(C > 1 ? tf.concat([newRows, tf.slice2d(own, [0, 1], [R, C - 1])], 1) : newRows));
    pieces[2].push(flat(R > 1 ? tf.concat([newColumns, tf.slice2d(rest, [1, 0], [R - 1, C])], 0) : newColumns));
    done = offset + R * C;
  }
  keepUntil(theta.size);
  const joined = (list: readonly tf.Tensor1D[]): tf.Tensor => (list.length === 1 ? (list[0] as tf.Tensor1D) : tf.concat([...list]));
  return { parameters: joined(pieces[0]), rowMeans: joined(pieces[1]), columnMeans: joined(pieces[2]) };
};
