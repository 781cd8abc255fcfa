/**
 * Adafactor (Shazeer & Stern 2018, arXiv 1804.04235) over whole pools in six stages, whatever the number of tensors:
 * row means, column means, their mean by tensor, squares of the update by row, the step size by tensor, the step.
 * Stages that go by row find their tensor in the table (operations/README.md).
 */
import { entriesOf, placeOfField, TABLE_WIDTH, type TableField } from '../../operations/adafactor-table.ts';
import type { InputsOf } from '../../operations/node.ts';
import { GROUP_STRIDE, placeOfGroupValue, placeOfValue, type StepValue } from '../../operations/step-values.ts';
import type { Tensor } from '../../tensor.ts';
import { groupsFor, read, task, write, type Kernel, type KernelContext, type Task } from '../compile/task.ts';
import { rowsOf } from './rows.ts';

type Tensors = InputsOf<'adafactor'>;

/** All tensors' rows and columns together. */
function totals(table: Tensor): { tensors: number; rows: number; columns: number } {
  const entries = entriesOf(table);
  const last = entries.at(-1);
  return {
    tensors: entries.length,
    rows: last ? last.firstRow + last.rows : 0,
    columns: last ? last.firstColumn + last.columns : 0,
  };
}

/** WGSL of a field of the tensor that the expression `t` numbers. */
function field(table: string, name: TableField, t = 't'): string {
  const place = placeOfField(name);
  return `u32(${table}[${t} * ${TABLE_WIDTH}u${place === 0 ? '' : ` + ${place}u`}])`;
}
/** Declares `offset`, `rows` and `columns` of tensor `t`. */
const placeOfTensor = (table: string): string => `let offset = ${field(table, 'offset')};
let rows = ${field(table, 'rows')};
let columns = ${field(table, 'columns')};`;

/**
 * Declares `t`, the tensor that `item` (a global row, or column) belongs to, its place, and `first`, the number of its
 * first such item.
 */
const findTensor = (table: string, tensors: string, item: string, first: 'firstRow' | 'firstColumn'): string => `var t = 0u;
while (t + 1u < ${tensors} && ${item} >= ${field(table, first, '(t + 1u)')}) { t++; }
${placeOfTensor(table)}
let first = ${field(table, first)};`;

/** WGSL of a number of the step. */
const stepValue = (values: string, name: StepValue<'adafactor'>): string => `${values}[${placeOfValue('adafactor', name)}]`;
/** Declares `beta`; the group is that of the tensor's first element. */
const beta = (t: { readonly values: string; readonly groups?: string | undefined }): string =>
  `let beta = ${t.values}[${placeOfGroupValue('adafactor', 'beta2')}u + ${GROUP_STRIDE}u * ${t.groups ? `u32(${t.groups}[offset])` : '0u'}];`;

/** r ← β2 r + (1 − β2) mean_j(g² + ε1), one row at a time. */
function rowStage({ gradients, rowMeans, groups, values, table }: Tensors, context: KernelContext): Task {
  const { tensors, rows } = totals(table);
  const work = rowsOf(context);
  return task({
    op: 'adafactor (rows)',
    key: `adafactor/rows/${groups !== undefined}${work.key}`,
    operands: {
      table: read(table, 'i32'),
      g: read(gradients),
      rowMeans: write(rowMeans),
      values: read(values),
      groups: groups && read(groups),
    },
    words: { rows, tensors },
    workgroups: work.workgroups(rows),
    body: (t, w, shared) => `${work.head(w.rows)}
${findTensor(t.table, w.tensors, 'row', 'firstRow')}
${beta(t)}
let start = offset + (row - first) * columns;
var sum = 0.0;
for (var c = lane; c < columns; c += ${work.lanes}u) { let g = ${t.g}[start + c]; sum += g * g + ${stepValue(t.values, 'epsilon1')}; }
${work.combine(shared, 'sum', 'sum')}
if (exists && lane == 0u) { ${t.rowMeans}[start] = beta * ${t.rowMeans}[start] + (1.0 - beta) * (sum / f32(columns)); }`,
  });
}

/** c ← β2 c + (1 − β2) mean_i(g² + ε1), one column an invocation. */
function columnStage({ gradients, columnMeans, groups, values, table }: Tensors, context: KernelContext): Task {
  const { tensors, columns } = totals(table);
  return task({
    op: 'adafactor (columns)',
    key: `adafactor/columns/${groups !== undefined}`,
    operands: {
      table: read(table, 'i32'),
      g: read(gradients),
      columnMeans: write(columnMeans),
      values: read(values),
      groups: groups && read(groups),
    },
    words: { columns, tensors },
    workgroups: groupsFor(columns, context),
    body: (t, w) => `if (gid >= ${w.columns}) { return; }
${findTensor(t.table, w.tensors, 'gid', 'firstColumn')}
${beta(t)}
let at = offset + gid - first;
var sum = 0.0;
for (var i = 0u; i < rows; i++) { let g = ${t.g}[at + i * columns]; sum += g * g + ${stepValue(t.values, 'epsilon1')}; }
${t.columnMeans}[at] = beta * ${t.columnMeans}[at] + (1.0 - beta) * (sum / f32(rows));`,
  });
}

/** Mean of the row means, by tensor. */
function meanStage({ rowMeans, table }: Tensors, means: Tensor, context: KernelContext): Task {
  const { tensors } = totals(table);
  const work = rowsOf(context);
  return task({
    op: 'adafactor (means)',
    key: `adafactor/means${work.key}`,
    operands: { table: read(table, 'i32'), rowMeans: read(rowMeans), means: write(means) },
    words: { tensors },
    workgroups: work.workgroups(tensors),
    body: (t, w, shared) => `${work.head(w.tensors)}
let t = row;
${placeOfTensor(t.table)}
var sum = 0.0;
for (var i = lane; i < rows; i += ${work.lanes}u) { sum += ${t.rowMeans}[offset + i * columns]; }
${work.combine(shared, 'sum', 'sum')}
if (exists && lane == 0u) { ${t.means}[row] = sum / f32(rows); }`,
  });
}

/** Σ u² and Σ θ² of every row. */
function squareStage(tensorsOf: Tensors, means: Tensor, squares: Tensor, context: KernelContext): Task {
  const { parameters, gradients, rowMeans, columnMeans, table } = tensorsOf;
  const { tensors, rows } = totals(table);
  const work = rowsOf(context);
  return task({
    op: 'adafactor (squares)',
    key: `adafactor/squares${work.key}`,
    operands: {
      table: read(table, 'i32'),
      g: read(gradients),
      rowMeans: read(rowMeans),
      columnMeans: read(columnMeans),
      means: read(means),
      theta: read(parameters),
      squares: write(squares),
    },
    words: { rows, tensors },
    workgroups: work.workgroups(rows),
    body: (t, w, shared) => `${work.head(w.rows)}
${findTensor(t.table, w.tensors, 'row', 'firstRow')}
let start = offset + (row - first) * columns;
let factor = sqrt(${t.means}[t] / ${t.rowMeans}[start]);
var updates = 0.0;
var weights = 0.0;
for (var c = lane; c < columns; c += ${work.lanes}u) {
  let u = ${t.g}[start + c] * factor * inverseSqrt(${t.columnMeans}[offset + c]);
  let p = ${t.theta}[start + c];
  updates += u * u;
  weights += p * p;
}
${work.combine(shared, 'updates', 'sum')}
${work.combine(shared, 'weights', 'sum')}
if (exists && lane == 0u) {
  ${t.squares}[2u * row] = updates;
  ${t.squares}[2u * row + 1u] = weights;
}`,
  });
}

/** h·(scaled: max(ε2, RMS θ)) / max(1, RMS u / threshold), by tensor. */
function sizeStage({ values, table }: Tensors, squares: Tensor, sizes: Tensor, scaled: boolean, context: KernelContext): Task {
  const { tensors } = totals(table);
  const work = rowsOf(context);
  return task({
    op: 'adafactor (sizes)',
    key: `adafactor/sizes/${scaled}${work.key}`,
    operands: { table: read(table, 'i32'), values: read(values), squares: read(squares), sizes: write(sizes) },
    words: { tensors },
    workgroups: work.workgroups(tensors),
    body: (t, w, shared) => `${work.head(w.tensors)}
let t = row;
${placeOfTensor(t.table)}
let first = ${field(t.table, 'firstRow')};
var updates = 0.0;
var weights = 0.0;
for (var i = lane; i < rows; i += ${work.lanes}u) {
  updates += ${t.squares}[2u * (first + i)];
  weights += ${t.squares}[2u * (first + i) + 1u];
}
${work.combine(shared, 'updates', 'sum')}
${work.combine(shared, 'weights', 'sum')}
let count = f32(rows) * f32(columns);
var size = ${stepValue(t.values, 'stepSize')} / max(1.0, sqrt(updates / count) / ${stepValue(t.values, 'threshold')});
${scaled ? `size *= max(${stepValue(t.values, 'epsilon2')}, sqrt(weights / count));` : ''}
if (exists && lane == 0u) { ${t.sizes}[row] = size; }`,
  });
}

/** θ −= size·u */
function stepStage(tensorsOf: Tensors, means: Tensor, sizes: Tensor, context: KernelContext): Task {
  const { parameters, gradients, rowMeans, columnMeans, table } = tensorsOf;
  const { tensors, rows } = totals(table);
  const work = rowsOf(context);
  return task({
    op: 'adafactor (step)',
    key: `adafactor/step${work.key}`,
    operands: {
      table: read(table, 'i32'),
      g: read(gradients),
      rowMeans: read(rowMeans),
      columnMeans: read(columnMeans),
      means: read(means),
      sizes: read(sizes),
      theta: write(parameters),
    },
    words: { rows, tensors },
    workgroups: work.workgroups(rows),
    body: (t, w) => `${work.head(w.rows)}
${findTensor(t.table, w.tensors, 'row', 'firstRow')}
let start = offset + (row - first) * columns;
let factor = ${t.sizes}[t] * sqrt(${t.means}[t] / ${t.rowMeans}[start]);
if (exists) {
  for (var c = lane; c < columns; c += ${work.lanes}u) {
    ${t.theta}[start + c] = ${t.theta}[start + c] - factor * ${t.g}[start + c] * inverseSqrt(${t.columnMeans}[offset + c]);
  }
}`,
  });
}

export const adafactor: Kernel<'adafactor'> = ({ inputs, attributes: { scaled } }, context) => {
  const { tensors, rows } = totals(inputs.table);
  const [means, squares, sizes] = [context.scratch([tensors]), context.scratch([2 * rows]), context.scratch([tensors])];
  return [
    rowStage(inputs, context),
    columnStage(inputs, context),
    meanStage(inputs, means, context),
    squareStage(inputs, means, squares, context),
    sizeStage(inputs, squares, sizes, scaled, context),
    stepStage(inputs, means, sizes, context),
  ];
};
