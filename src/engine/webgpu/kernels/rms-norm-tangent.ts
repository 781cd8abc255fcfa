/** How the outputs of RMS norm and of its gradient change with their inputs; the letter t stands for the change of what it precedes. */
import { dimension, inputOf, outputOf, read, write, type Kernel } from '../task.ts';
import { FIRST_WIDTH, floats, many, product, shapeOf } from './rms-norm.ts';
import { rowsOf } from './rows.ts';

/** ty = (tx·r + x·tr)·scale + x·r·tscale, tr = −r³·(Σ x·tx)/width */
export const rmsNormTangent: Kernel = (node, context) => {
  const [x, scale, r, tx, tscale] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), inputOf(node, 3), inputOf(node, 4)];
  const [ty, tr] = [outputOf(node, 0), outputOf(node, 1)];
  const { type, words } = shapeOf(node, dimension(x, 0), 0);
  const rows = rowsOf(context);
  return [
    {
      op: 'rms_norm_tangent',
      key: `rms_norm_tangent/${type}${many(words)}${rows.key}`,
      operands: [read(x, type), read(scale, type), read(r), read(tx, type), read(tscale, type), write(ty, type), write(tr)],
      words,
      workgroups: rows.workgroups(dimension(x, 0)),
      body: (names) => {
        const { tensor, word, wordAt } = names;
        return `${rows.head(word(0))}
let groups = ${word(2)};
var start = row * ${word(1)};
var column = 0u;
for (var g = 0u; g < groups; g++) {
  let width = ${wordAt(FIRST_WIDTH, 'g')};
  let inverse = ${tensor(2)}[row * groups + g];
  var sum = 0.0;
  for (var c = lane; c < width; c += ${rows.lanes}u) { sum += ${product(type, `${tensor(0)}[start + c]`, `${tensor(3)}[start + c]`)}; }
  ${rows.combine(names, 'sum', 'sum')}
  let change = -inverse * inverse * inverse * sum / ${floats(type)};
  if (exists) {
    if (lane == 0u) { ${tensor(6)}[row * groups + g] = change; }
    for (var c = lane; c < width; c += ${rows.lanes}u) {
      let value = ${tensor(0)}[start + c];
      ${tensor(5)}[start + c] = (${tensor(3)}[start + c] * inverse + value * change) * ${tensor(1)}[column + c] + value * inverse * ${tensor(4)}[column + c];
    }
  }
  start += width;
  column += width;
}`;
      },
    },
  ];
};

/**
 * With p = scale·dy, e = Σ x·tx, q = Σ p·x, tq = Σ (scale·tdy·x + p·tx) and tr = −r³·e/width:
 * tdx = r·scale·tdy + tr·p − (r³·q·tx + (3·r²·tr·q + r³·tq)·x)/width (+ add)
 */
export const rmsNormGradTangent: Kernel = (node, context) => {
  const [x, scale, r, dy] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), inputOf(node, 3)];
  const [tx, tdy, tdx] = [inputOf(node, 4), inputOf(node, 5), outputOf(node, 0)];
  const addend = node.inputs[6];
  const { type, words } = shapeOf(node, dimension(x, 0), 0);
  const rows = rowsOf(context);
  return [
    {
      op: 'rms_norm_grad_tangent',
      key: `rms_norm_grad_tangent/${type}${many(words)}/${addend !== undefined}${rows.key}`,
      operands: [
        ...[read(x, type), read(scale, type), read(r), read(dy, type), read(tx, type), read(tdy, type), write(tdx, type)],
        ...(addend ? [read(addend, type)] : []),
      ],
      words,
      workgroups: rows.workgroups(dimension(x, 0)),
      body: (names) => {
        const { tensor, word, wordAt } = names;
        return `${rows.head(word(0))}
let groups = ${word(2)};
var start = row * ${word(1)};
var column = 0u;
for (var g = 0u; g < groups; g++) {
  let width = ${wordAt(FIRST_WIDTH, 'g')};
  let inverse = ${tensor(2)}[row * groups + g];
  var e = 0.0;
  var q = 0.0;
  var tq = 0.0;
  for (var c = lane; c < width; c += ${rows.lanes}u) {
    let i = start + c;
    let value = ${tensor(0)}[i];
    let moved = ${tensor(4)}[i];
    let p = ${tensor(1)}[column + c] * ${tensor(3)}[i];
    let tp = ${tensor(1)}[column + c] * ${tensor(5)}[i];
    e += ${product(type, 'value', 'moved')};
    q += ${product(type, 'p', 'value')};
    tq += ${product(type, 'tp', 'value')} + ${product(type, 'p', 'moved')};
  }
  ${rows.combine(names, 'e', 'sum')}
  ${rows.combine(names, 'q', 'sum')}
  ${rows.combine(names, 'tq', 'sum')}
  let cube = inverse * inverse * inverse / ${floats(type)};
  let change = -cube * e;
  let along = cube * q;
  let back = cube * tq + 3.0 * inverse * inverse * change * q / ${floats(type)};
  if (exists) {
    for (var c = lane; c < width; c += ${rows.lanes}u) {
      let i = start + c;
      let forward = inverse * ${tensor(5)}[i] + change * ${tensor(3)}[i];
      ${tensor(6)}[i] = ${tensor(1)}[column + c] * forward - (along * ${tensor(4)}[i] + back * ${tensor(0)}[i])${addend ? ` + ${tensor(7)}[i]` : ''};
    }
  }
  start += width;
  column += width;
}`;
      },
    },
  ];
};
