/**
 * How the outputs of RMS norm and of its gradient change with their inputs; the letter t stands for the change of what
 * it precedes.
 */
import { dimension, read, task, write, type Kernel } from '../compile/task.ts';
import { floats, normShape, product } from './rms-norm.ts';
import { rowsOf } from './rows.ts';

/** ty = (tx·r + x·tr)·scale + x·r·tscale, tr = −r³·(Σ x·tx)/width */
export const rmsNormTangent: Kernel<'rms_norm_tangent'> = (
  { inputs: { x, scale, r, tx, tscale }, outputs: { ty, tr }, attributes },
  context,
) => {
  const { type, words, many } = normShape(dimension(x, 0), attributes.groups, 0);
  const rows = rowsOf(context);
  return [
    task({
      op: 'rms_norm_tangent',
      key: `rms_norm_tangent/${type}${many}${rows.key}`,
      operands: {
        x: read(x, type),
        scale: read(scale, type),
        r: read(r),
        tx: read(tx, type),
        tscale: read(tscale, type),
        ty: write(ty, type),
        tr: write(tr),
      },
      words,
      workgroups: rows.workgroups(words.rows),
      body: (t, w, shared) => `${rows.head(w.rows)}
let groups = ${w.groups};
var start = row * ${w.width};
var column = 0u;
for (var g = 0u; g < groups; g++) {
  let width = ${w.widths('g')};
  let inverse = ${t.r}[row * groups + g];
  var sum = 0.0;
  for (var c = lane; c < width; c += ${rows.lanes}u) { sum += ${product(type, `${t.x}[start + c]`, `${t.tx}[start + c]`)}; }
  ${rows.combine(shared, 'sum', 'sum')}
  let change = -inverse * inverse * inverse * sum / ${floats(type)};
  if (exists) {
    if (lane == 0u) { ${t.tr}[row * groups + g] = change; }
    for (var c = lane; c < width; c += ${rows.lanes}u) {
      let value = ${t.x}[start + c];
      ${t.ty}[start + c] = (${t.tx}[start + c] * inverse + value * change) * ${t.scale}[column + c] + value * inverse * ${t.tscale}[column + c];
    }
  }
  start += width;
  column += width;
}`,
    }),
  ];
};

/**
 * With p = scale·dy, e = Σ x·tx, q = Σ p·x, tq = Σ (scale·tdy·x + p·tx) and tr = −r³·e/width:
 * tdx = r·scale·tdy + tr·p − (r³·q·tx + (3·r²·tr·q + r³·tq)·x)/width (+ add)
 */
export const rmsNormGradTangent: Kernel<'rms_norm_grad_tangent'> = (
  { inputs: { x, scale, r, dy, tx, tdy, add }, outputs: { tdx }, attributes },
  context,
) => {
  const { type, words, many } = normShape(dimension(x, 0), attributes.groups, 0);
  const rows = rowsOf(context);
  return [
    task({
      op: 'rms_norm_grad_tangent',
      key: `rms_norm_grad_tangent/${type}${many}/${add !== undefined}${rows.key}`,
      operands: {
        x: read(x, type),
        scale: read(scale, type),
        r: read(r),
        dy: read(dy, type),
        tx: read(tx, type),
        tdy: read(tdy, type),
        tdx: write(tdx, type),
        add: add && read(add, type),
      },
      words,
      workgroups: rows.workgroups(words.rows),
      body: (t, w, shared) => `${rows.head(w.rows)}
let groups = ${w.groups};
var start = row * ${w.width};
var column = 0u;
for (var g = 0u; g < groups; g++) {
  let width = ${w.widths('g')};
  let inverse = ${t.r}[row * groups + g];
  var e = 0.0;
  var q = 0.0;
  var tq = 0.0;
  for (var c = lane; c < width; c += ${rows.lanes}u) {
    let i = start + c;
    let value = ${t.x}[i];
    let moved = ${t.tx}[i];
    let p = ${t.scale}[column + c] * ${t.dy}[i];
    let tp = ${t.scale}[column + c] * ${t.tdy}[i];
    e += ${product(type, 'value', 'moved')};
    q += ${product(type, 'p', 'value')};
    tq += ${product(type, 'tp', 'value')} + ${product(type, 'p', 'moved')};
  }
  ${rows.combine(shared, 'e', 'sum')}
  ${rows.combine(shared, 'q', 'sum')}
  ${rows.combine(shared, 'tq', 'sum')}
  let cube = inverse * inverse * inverse / ${floats(type)};
  let change = -cube * e;
  let along = cube * q;
  let back = cube * tq + 3.0 * inverse * inverse * change * q / ${floats(type)};
  if (exists) {
    for (var c = lane; c < width; c += ${rows.lanes}u) {
      let i = start + c;
      let forward = inverse * ${t.tdy}[i] + change * ${t.dy}[i];
      ${t.tdx}[i] = ${t.scale}[column + c] * forward - (along * ${t.tx}[i] + back * ${t.x}[i])${t.add ? ` + ${t.add}[i]` : ''};
    }
  }
  start += width;
  column += width;
}`,
    }),
  ];
};
