/**
 * RMS norm (Zhang & Sennrich 2019, arXiv 1910.07467) over groups of columns: y = x·r·scale, r = 1/√(mean x² + eps).
 * Words 0–3 are rows, columns, groups, eps; the widths of the groups follow.
 */
import type { Node } from '../../graph.ts';
import { flag, numbers, real } from '../../operations/attributes.ts';
import { dimension, floatWord, inputOf, lanes, outputOf, read, vectorType, write, type ElementType, type Kernel } from '../task.ts';
import { rowsOf } from './rows.ts';

const MAX_GROUPS = 60;
export const FIRST_WIDTH = 4;

/** Element type and words: sizes in elements of that type. */
export function shapeOf(node: Node, rows: number, eps: number): { type: ElementType; words: number[] } {
  const groups = numbers(node.attributes, 'groups');
  if (groups.length > MAX_GROUPS) throw new Error(`webgpu: ${node.op} takes at most ${MAX_GROUPS} groups, not ${groups.length}`);
  const type = vectorType(...groups);
  const widths = groups.map((width) => width / lanes(type));
  const words = [rows, widths.reduce((a, b) => a + b, 0), groups.length, floatWord(eps), ...widths];
  while (words.length < FIRST_WIDTH + (groups.length > 4 ? MAX_GROUPS : 4)) words.push(0);
  return { type, words };
}
export const many = (words: readonly number[]): string => (words.length > FIRST_WIDTH + 4 ? '/many' : '');
export const product = (type: ElementType, a: string, b: string): string => (type === 'f32' ? `${a} * ${b}` : `dot(${a}, ${b})`);
/** Number of floats in a group, as f32. */
export const floats = (type: ElementType): string => (type === 'f32' ? 'f32(width)' : 'f32(width * 4u)');

export const rmsNorm: Kernel = (node, context) => {
  const [x, scale, y, r] = [inputOf(node, 0), inputOf(node, 1), outputOf(node, 0), outputOf(node, 1)];
  const { type, words } = shapeOf(node, dimension(x, 0), real(node.attributes, 'eps'));
  const rows = rowsOf(context);
  return [
    {
      op: 'rms_norm',
      key: `rms_norm/${type}${many(words)}${rows.key}`,
      operands: [read(x, type), read(scale, type), write(y, type), write(r)],
      words,
      workgroups: rows.workgroups(dimension(x, 0)),
      body: (names) => {
        const { tensor, word, float, wordAt } = names;
        return `${rows.head(word(0))}
let groups = ${word(2)};
var start = row * ${word(1)};
var column = 0u;
for (var g = 0u; g < groups; g++) {
  let width = ${wordAt(FIRST_WIDTH, 'g')};
  var sum = 0.0;
  for (var c = lane; c < width; c += ${rows.lanes}u) { let v = ${tensor(0)}[start + c]; sum += ${product(type, 'v', 'v')}; }
  ${rows.combine(names, 'sum', 'sum')}
  let inverse = 1.0 / sqrt(sum / ${floats(type)} + ${float(3)});
  if (exists) {
    if (lane == 0u) { ${tensor(3)}[row * groups + g] = inverse; }
    for (var c = lane; c < width; c += ${rows.lanes}u) { ${tensor(2)}[start + c] = ${tensor(0)}[start + c] * inverse * ${tensor(1)}[column + c]; }
  }
  start += width;
  column += width;
}`;
      },
    },
  ];
};

/** dx = r·(s·dy) − x·r³·(Σ_group s·dy·x)/width (+ add) */
export const rmsNormGrad: Kernel = (node, context) => {
  const [x, scale, r, dy, dx] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), inputOf(node, 3), outputOf(node, 0)];
  const addend = node.inputs[4];
  const { type, words } = shapeOf(node, dimension(x, 0), 0);
  const rows = rowsOf(context);
  return [
    {
      op: 'rms_norm_grad',
      key: `rms_norm_grad/${type}${many(words)}/${addend !== undefined}${rows.key}`,
      operands: [read(x, type), read(scale, type), read(r), read(dy, type), write(dx, type), ...(addend ? [read(addend, type)] : [])],
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
  for (var c = lane; c < width; c += ${rows.lanes}u) {
    let sd = ${tensor(1)}[column + c] * ${tensor(3)}[start + c];
    sum += ${product(type, 'sd', `${tensor(0)}[start + c]`)};
  }
  ${rows.combine(names, 'sum', 'sum')}
  let back = inverse * inverse * inverse * sum / ${floats(type)};
  if (exists) {
    for (var c = lane; c < width; c += ${rows.lanes}u) {
      let i = start + c;
      ${tensor(4)}[i] = inverse * (${tensor(1)}[column + c] * ${tensor(3)}[i]) - ${tensor(0)}[i] * back${addend ? ` + ${tensor(5)}[i]` : ''};
    }
  }
  start += width;
  column += width;
}`;
      },
    },
  ];
};

/** dscale[c] (+)= Σ_n dy·x·r: columns by invocation; on hardware 16 invocations share a column's rows. */
export const rmsNormScaleGrad: Kernel = (node, context) => {
  const [x, r, dy, dscale] = [inputOf(node, 0), inputOf(node, 1), inputOf(node, 2), outputOf(node, 0)];
  const accumulate = flag(node.attributes, 'accumulate');
  const { words } = shapeOf(node, dimension(x, 0), 0);
  const type = context.hardware ? 'f32' : vectorType(...numbers(node.attributes, 'groups'));
  const factor = type === 'f32' ? lanes(vectorType(...numbers(node.attributes, 'groups'))) : 1;
  const sizes = words.map((value, index) => (index === 1 || index >= FIRST_WIDTH ? value * factor : value));
  const columns = sizes[1] as number;
  const split = context.hardware ? 16 : 1;
  const perGroup = context.workgroupSize / split;
  return [
    {
      op: 'rms_norm_scale_grad',
      key: `rms_norm_scale_grad/${type}${many(words)}/${accumulate}/${split}`,
      operands: [read(x, type), read(r), read(dy, type), write(dscale, type)],
      words: sizes,
      workgroups: Math.ceil(columns / perGroup),
      body: (names) => {
        const { tensor, word, wordAt } = names;
        const store = `${tensor(3)}[column] = ${accumulate ? `${tensor(3)}[column] + ` : ''}`;
        const part = split > 1 ? names.shared('scale_part', `array<${type}, ${context.workgroupSize}>`) : '';
        return `let columns = ${word(1)};
let groups = ${word(2)};
let wanted = wid * ${perGroup}u + lid % ${perGroup}u;
let column = min(wanted, columns - 1u);
var g = 0u;
var end = ${wordAt(FIRST_WIDTH, '0u')};
while (column >= end) { g++; end += ${wordAt(FIRST_WIDTH, 'g')}; }
var sum = ${type}();
for (var n = lid / ${perGroup}u; n < ${word(0)}; n += ${split}u) {
  let i = n * columns + column;
  sum += ${tensor(2)}[i] * ${tensor(0)}[i] * ${tensor(1)}[n * groups + g];
}
${
  split === 1
    ? `if (wanted < columns) { ${store}sum; }`
    : `${part}[lid] = sum;
workgroupBarrier();
if (lid < ${perGroup}u && wanted < columns) {
  var total = ${type}();
  for (var j = 0u; j < ${split}u; j++) { total += ${part}[lid + j * ${perGroup}u]; }
  ${store}total;
}`
}`;
      },
    },
  ];
};
