/**
 * Adafactor (Shazeer & Stern 2018, arXiv 1804.04235) in place over pools, tensor by tensor: second moments are kept
 * as means over rows and over columns. `table` holds offset, rows, columns, first row, first column of each tensor;
 * the mean of row i lies in `rowMeans` at element (i, 0), that of column j in `columnMeans` at element (0, j).
 * `values`: [0] lr, [1] clipping threshold, [2] ε1, [3] ε2, [4 + 2g] = β2 of step-count group g.
 * `scratch`: a float64 a column.
 */
export function adafactor(
  theta: usize, g: usize, rowMeans: usize, columnMeans: usize, groups: usize, values: usize, table: usize, tensors: i32, scaled: bool, scratch: usize,
): void {
  const lr = <f64>load<f32>(values);
  const threshold = <f64>load<f32>(values, 4);
  const eps1 = <f64>load<f32>(values, 8);
  const eps2 = <f64>load<f32>(values, 12);
  for (let t = 0; t < tensors; t++) {
    const start: usize = <usize>load<i32>(table) << 2;
    const rows = load<i32>(table, 4);
    const columns = load<i32>(table, 8);
    table += 20;
    const group: usize = groups ? <usize>load<f32>(groups + start) << 3 : 0;
    const beta = <f64>load<f32>(values + 16 + group);
    const mean = moments(g + start, rowMeans + start, columnMeans + start, rows, columns, beta, eps1, scratch);
    step(theta + start, g + start, rowMeans + start, rows, columns, mean, lr, threshold, eps2, scaled, scratch);
  }
}

/** Updates both means; leaves column j's factor 1/√mean in `scratch`; returns the mean of the row means. */
function moments(g: usize, rowMeans: usize, columnMeans: usize, rows: i32, columns: i32, beta: f64, eps: f64, scratch: usize): f64 {
  const width: usize = <usize>columns << 2;
  memory.fill(scratch, 0, <usize>columns << 3);
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    let sum: f64 = 0;
    for (let j: usize = 0; j < <usize>columns; j++) {
      const d = <f64>load<f32>(g + (j << 2));
      const square = d * d + eps;
      sum += square;
      const at = scratch + (j << 3);
      store<f64>(at, load<f64>(at) + square);
    }
    const row = <f32>(beta * <f64>load<f32>(rowMeans) + (1 - beta) * sum / <f64>columns);
    store<f32>(rowMeans, row);
    total += <f64>row;
    g += width;
    rowMeans += width;
  }
  for (let j: usize = 0; j < <usize>columns; j++) {
    const at = scratch + (j << 3);
    const column = <f32>(beta * <f64>load<f32>(columnMeans + (j << 2)) + (1 - beta) * load<f64>(at) / <f64>rows);
    store<f32>(columnMeans + (j << 2), column);
    store<f64>(at, 1 / Math.sqrt(<f64>column));
  }
  return total / <f64>rows;
}

/** u = g / √(row · column / mean); θ −= lr · (scaled: max(ε2, RMS θ)) · u / max(1, RMS u / threshold). */
function step(
  theta: usize, g: usize, rowMeans: usize, rows: i32, columns: i32, mean: f64, lr: f64, threshold: f64, eps2: f64, scaled: bool, factors: usize,
): void {
  const width: usize = <usize>columns << 2;
  let updates: f64 = 0;
  let parameters: f64 = 0;
  for (let i: usize = 0; i < <usize>rows; i++) {
    const at = i * width;
    const row = Math.sqrt(mean / <f64>load<f32>(rowMeans + at));
    for (let j: usize = 0; j < <usize>columns; j++) {
      const u = <f64>load<f32>(g + at + (j << 2)) * row * load<f64>(factors + (j << 3));
      const p = <f64>load<f32>(theta + at + (j << 2));
      updates += u * u;
      parameters += p * p;
    }
  }
  const count = <f64>rows * <f64>columns;
  let size = lr / Math.max(1, Math.sqrt(updates / count) / threshold);
  if (scaled) size *= Math.max(eps2, Math.sqrt(parameters / count));
  for (let i: usize = 0; i < <usize>rows; i++) {
    const at = i * width;
    const row = size * Math.sqrt(mean / <f64>load<f32>(rowMeans + at));
    for (let j: usize = 0; j < <usize>columns; j++) {
      const place = theta + at + (j << 2);
      store<f32>(place, <f32>(<f64>load<f32>(place) - row * <f64>load<f32>(g + at + (j << 2)) * load<f64>(factors + (j << 3))));
    }
  }
}
