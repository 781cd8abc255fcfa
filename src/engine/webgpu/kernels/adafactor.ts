/**
 * Adafactor (Shazeer & Stern 2018, arXiv 1804.04235) over whole pools in six stages, whatever the number of tensors:
 * row means, column means, their mean by tensor, squares of the update by row, the step size by tensor, the step.
 * Stages that go by row find their tensor in the table (operations/README.md).
 */
import type { Node, Tensor } from '../../graph.ts';
import { TABLE_WIDTH } from '../../operations/adafactor-table.ts';
import { flag } from '../../operations/attributes.ts';
import { dimension, groupsFor, inputOf, outputOf, read, write, type Kernel, type KernelContext, type Names, type Task } from '../task.ts';
import { rowsOf } from './rows.ts';

interface Operands {
  readonly theta: Tensor;
  readonly gradient: Tensor;
  readonly rowMeans: Tensor;
  readonly columnMeans: Tensor;
  readonly groups: Tensor | undefined;
  readonly values: Tensor;
  readonly table: Tensor;
}

function operandsOf(node: Node): Operands {
  const grouped = flag(node.attributes, 'grouped');
  return {
    theta: outputOf(node, 0),
    gradient: inputOf(node, 1),
    rowMeans: outputOf(node, 1),
    columnMeans: outputOf(node, 2),
    groups: grouped ? inputOf(node, 4) : undefined,
    values: inputOf(node, grouped ? 5 : 4),
    table: inputOf(node, grouped ? 6 : 5),
  };
}

/** Rows and columns of all tensors together. */
function totals(table: Tensor): { tensors: number; rows: number; columns: number } {
  if (table.storage.kind !== 'constant') throw new Error('webgpu: the table of adafactor must be a constant');
  const tensors = dimension(table, 0);
  const last = table.storage.data.subarray((tensors - 1) * TABLE_WIDTH);
  return { tensors, rows: (last[3] ?? 0) + (last[1] ?? 0), columns: (last[4] ?? 0) + (last[2] ?? 0) };
}

/** Declares `t`, the tensor that `item` (a global row, or column) belongs to, and its place: `offset`, `rows`, `columns`, `first`. */
const findTensor = (table: string, tensors: string, item: string, by: 'row' | 'column'): string => {
  const field = by === 'row' ? 3 : 4;
  return `var t = 0u;
while (t + 1u < ${tensors} && ${item} >= u32(${table}[(t + 1u) * ${TABLE_WIDTH}u + ${field}u])) { t++; }
${placeOfTensor(table)}
let first = u32(${table}[t * ${TABLE_WIDTH}u + ${field}u]);`;
};
const placeOfTensor = (table: string): string => `let offset = u32(${table}[t * ${TABLE_WIDTH}u]);
let rows = u32(${table}[t * ${TABLE_WIDTH}u + 1u]);
let columns = u32(${table}[t * ${TABLE_WIDTH}u + 2u]);`;

/** Declares `beta`; the group is that of the tensor's first element. */
const beta = ({ tensor }: Names, values: number, groups: number | null): string =>
  `let beta = ${tensor(values)}[4u + 2u * ${groups === null ? '0u' : `u32(${tensor(groups)}[offset])`}];`;

/** r ← β2 r + (1 − β2) mean_j(g² + ε1), one row at a time. */
function rowStage({ gradient, rowMeans, groups, values, table }: Operands, context: KernelContext): Task {
  const { tensors, rows } = totals(table);
  const work = rowsOf(context);
  return {
    op: 'adafactor (rows)',
    key: `adafactor/rows/${groups !== undefined}${work.key}`,
    operands: [read(table, 'i32'), read(gradient), write(rowMeans), read(values), ...(groups ? [read(groups)] : [])],
    words: [rows, tensors],
    workgroups: work.workgroups(rows),
    body: (names) => {
      const { tensor, word } = names;
      return `${work.head(word(0))}
${findTensor(tensor(0), word(1), 'row', 'row')}
${beta(names, 3, groups ? 4 : null)}
let start = offset + (row - first) * columns;
var sum = 0.0;
for (var c = lane; c < columns; c += ${work.lanes}u) { let g = ${tensor(1)}[start + c]; sum += g * g + ${tensor(3)}[2]; }
${work.combine(names, 'sum', 'sum')}
if (exists && lane == 0u) { ${tensor(2)}[start] = beta * ${tensor(2)}[start] + (1.0 - beta) * (sum / f32(columns)); }`;
    },
  };
}

/** c ← β2 c + (1 − β2) mean_i(g² + ε1), one column an invocation. */
function columnStage({ gradient, columnMeans, groups, values, table }: Operands, context: KernelContext): Task {
  const { tensors, columns } = totals(table);
  return {
    op: 'adafactor (columns)',
    key: `adafactor/columns/${groups !== undefined}`,
    operands: [read(table, 'i32'), read(gradient), write(columnMeans), read(values), ...(groups ? [read(groups)] : [])],
    words: [columns, tensors],
    workgroups: groupsFor(columns, context),
    body: (names) => {
      const { tensor, word } = names;
      return `if (gid >= ${word(0)}) { return; }
${findTensor(tensor(0), word(1), 'gid', 'column')}
${beta(names, 3, groups ? 4 : null)}
let at = offset + gid - first;
var sum = 0.0;
for (var i = 0u; i < rows; i++) { let g = ${tensor(1)}[at + i * columns]; sum += g * g + ${tensor(3)}[2]; }
${tensor(2)}[at] = beta * ${tensor(2)}[at] + (1.0 - beta) * (sum / f32(rows));`;
    },
  };
}

/** Mean of the row means, by tensor. */
function meanStage({ rowMeans, table }: Operands, means: Tensor, context: KernelContext): Task {
  const { tensors } = totals(table);
  const work = rowsOf(context);
  return {
    op: 'adafactor (means)',
    key: `adafactor/means${work.key}`,
    operands: [read(table, 'i32'), read(rowMeans), write(means)],
    words: [tensors],
    workgroups: work.workgroups(tensors),
    body: (names) => {
      const { tensor, word } = names;
      return `${work.head(word(0))}
let t = row;
${placeOfTensor(tensor(0))}
var sum = 0.0;
for (var i = lane; i < rows; i += ${work.lanes}u) { sum += ${tensor(1)}[offset + i * columns]; }
${work.combine(names, 'sum', 'sum')}
if (exists && lane == 0u) { ${tensor(2)}[row] = sum / f32(rows); }`;
    },
  };
}

/** Σ u² and Σ θ² of every row. */
function squareStage(
  { theta, gradient, rowMeans, columnMeans, table }: Operands,
  means: Tensor,
  squares: Tensor,
  context: KernelContext,
): Task {
  const { tensors, rows } = totals(table);
  const work = rowsOf(context);
  return {
    op: 'adafactor (squares)',
    key: `adafactor/squares${work.key}`,
    operands: [read(table, 'i32'), read(gradient), read(rowMeans), read(columnMeans), read(means), read(theta), write(squares)],
    words: [rows, tensors],
    workgroups: work.workgroups(rows),
    body: (names) => {
      const { tensor, word } = names;
      return `${work.head(word(0))}
${findTensor(tensor(0), word(1), 'row', 'row')}
let start = offset + (row - first) * columns;
let factor = sqrt(${tensor(4)}[t] / ${tensor(2)}[start]);
var updates = 0.0;
var weights = 0.0;
for (var c = lane; c < columns; c += ${work.lanes}u) {
  let u = ${tensor(1)}[start + c] * factor * inverseSqrt(${tensor(3)}[offset + c]);
  let p = ${tensor(5)}[start + c];
  updates += u * u;
  weights += p * p;
}
${work.combine(names, 'updates', 'sum')}
${work.combine(names, 'weights', 'sum')}
if (exists && lane == 0u) {
  ${tensor(6)}[2u * row] = updates;
  ${tensor(6)}[2u * row + 1u] = weights;
}`;
    },
  };
}

/** lr·(scaled: max(ε2, RMS θ)) / max(1, RMS u / threshold), by tensor. */
function sizeStage({ values, table }: Operands, squares: Tensor, sizes: Tensor, scaled: boolean, context: KernelContext): Task {
  const { tensors } = totals(table);
  const work = rowsOf(context);
  return {
    op: 'adafactor (sizes)',
    key: `adafactor/sizes/${scaled}${work.key}`,
    operands: [read(table, 'i32'), read(values), read(squares), write(sizes)],
    words: [tensors],
    workgroups: work.workgroups(tensors),
    body: (names) => {
      const { tensor, word } = names;
      return `${work.head(word(0))}
let t = row;
${placeOfTensor(tensor(0))}
let first = u32(${tensor(0)}[t * ${TABLE_WIDTH}u + 3u]);
var updates = 0.0;
var weights = 0.0;
for (var i = lane; i < rows; i += ${work.lanes}u) {
  updates += ${tensor(2)}[2u * (first + i)];
  weights += ${tensor(2)}[2u * (first + i) + 1u];
}
${work.combine(names, 'updates', 'sum')}
${work.combine(names, 'weights', 'sum')}
let count = f32(rows) * f32(columns);
var size = ${tensor(1)}[0] / max(1.0, sqrt(updates / count) / ${tensor(1)}[1]);
${scaled ? `size *= max(${tensor(1)}[3], sqrt(weights / count));` : ''}
if (exists && lane == 0u) { ${tensor(3)}[row] = size; }`;
    },
  };
}

/** θ −= size·u */
function stepStage(
  { theta, gradient, rowMeans, columnMeans, table }: Operands,
  means: Tensor,
  sizes: Tensor,
  context: KernelContext,
): Task {
  const { tensors, rows } = totals(table);
  const work = rowsOf(context);
  return {
    op: 'adafactor (step)',
    key: `adafactor/step${work.key}`,
    operands: [read(table, 'i32'), read(gradient), read(rowMeans), read(columnMeans), read(means), read(sizes), write(theta)],
    words: [rows, tensors],
    workgroups: work.workgroups(rows),
    body: ({ tensor, word }) => `${work.head(word(0))}
${findTensor(tensor(0), word(1), 'row', 'row')}
let start = offset + (row - first) * columns;
let factor = ${tensor(5)}[t] * sqrt(${tensor(4)}[t] / ${tensor(2)}[start]);
if (exists) {
  for (var c = lane; c < columns; c += ${work.lanes}u) {
    ${tensor(6)}[start + c] = ${tensor(6)}[start + c] - factor * ${tensor(1)}[start + c] * inverseSqrt(${tensor(3)}[offset + c]);
  }
}`,
  };
}

export const adafactor: Kernel = (node, context) => {
  const operands = operandsOf(node);
  const { tensors, rows } = totals(operands.table);
  const [means, squares, sizes] = [context.scratch([tensors]), context.scratch([2 * rows]), context.scratch([tensors])];
  return [
    rowStage(operands, context),
    columnStage(operands, context),
    meanStage(operands, means, context),
    squareStage(operands, means, squares, context),
    sizeStage(operands, squares, sizes, flag(node.attributes, 'scaled'), context),
    stepStage(operands, means, sizes, context),
  ];
};
