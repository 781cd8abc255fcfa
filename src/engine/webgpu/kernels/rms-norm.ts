/**
 * RMS norm (Zhang & Sennrich 2019, arXiv 1910.07467) over groups of columns: y = x·r·scale, r = 1/√(mean x² + epsilon),
 * and its gradients.
 */
import {
  dimension,
  lanes,
  read,
  task,
  vectorType,
  write,
  type ElementType,
  type FloatWord,
  type Kernel,
  type WordList,
} from '../compile/task.ts';
import { rowsOf } from './rows.ts';

/** Lists of up to `FEW_GROUPS` widths and of up to `MAX_GROUPS` are shaders of their own. */
const FEW_GROUPS = 4;
const MAX_GROUPS = 60;

/** Sizes in elements of the type. */
type NormWords = {
  readonly rows: number;
  /** Of a whole row. */
  readonly width: number;
  readonly groups: number;
  readonly epsilon: FloatWord;
  readonly widths: WordList;
};
interface NormShape {
  readonly type: ElementType;
  readonly words: NormWords;
  /** Part of the shader's key. */
  readonly many: string;
}

/** @param elementType of the large operands; by default as the groups' widths allow */
export function normShape(rows: number, groups: readonly number[], epsilon: number, elementType?: ElementType): NormShape {
  if (groups.length > MAX_GROUPS) throw new Error(`webgpu: an RMS norm takes at most ${MAX_GROUPS} groups, not ${groups.length}`);
  const type = elementType ?? vectorType(...groups);
  const widths = groups.map((width) => width / lanes(type));
  const many = groups.length > FEW_GROUPS;
  const list = Array.from({ length: many ? MAX_GROUPS : FEW_GROUPS }, (_, g) => widths[g] ?? 0);
  const width = widths.reduce((a, b) => a + b, 0);
  return {
    type,
    words: { rows, width, groups: groups.length, epsilon: { float: epsilon }, widths: { list } },
    many: many ? '/many' : '',
  };
}
export const product = (type: ElementType, a: string, b: string): string => (type === 'f32' ? `${a} * ${b}` : `dot(${a}, ${b})`);
/** Number of floats in a group, as f32. */
export const floats = (type: ElementType): string => (type === 'f32' ? 'f32(width)' : 'f32(width * 4u)');

export const rmsNorm: Kernel<'rms_norm'> = ({ inputs: { x, scale }, outputs: { y, r }, attributes }, context) => {
  const { type, words, many } = normShape(dimension(x, 0), attributes.groups, attributes.epsilon);
  const rows = rowsOf(context);
  return [
    task({
      op: 'rms_norm',
      key: `rms_norm/${type}${many}${rows.key}`,
      operands: { x: read(x, type), scale: read(scale, type), y: write(y, type), r: write(r) },
      words,
      workgroups: rows.workgroups(words.rows),
      body: (t, w, shared) => `${rows.head(w.rows)}
let groups = ${w.groups};
var start = row * ${w.width};
var column = 0u;
for (var g = 0u; g < groups; g++) {
  let width = ${w.widths('g')};
  var sum = 0.0;
  for (var c = lane; c < width; c += ${rows.lanes}u) { let v = ${t.x}[start + c]; sum += ${product(type, 'v', 'v')}; }
  ${rows.combine(shared, 'sum', 'sum')}
  let inverse = 1.0 / sqrt(sum / ${floats(type)} + ${w.epsilon});
  if (exists) {
    if (lane == 0u) { ${t.r}[row * groups + g] = inverse; }
    for (var c = lane; c < width; c += ${rows.lanes}u) { ${t.y}[start + c] = ${t.x}[start + c] * inverse * ${t.scale}[column + c]; }
  }
  start += width;
  column += width;
}`,
    }),
  ];
};

/** dx = r·(s·dy) − x·r³·(Σ_group s·dy·x)/width (+ add) */
export const rmsNormGrad: Kernel<'rms_norm_grad'> = ({ inputs: { x, scale, r, dy, add }, outputs: { dx }, attributes }, context) => {
  const { type, words, many } = normShape(dimension(x, 0), attributes.groups, 0);
  const rows = rowsOf(context);
  return [
    task({
      op: 'rms_norm_grad',
      key: `rms_norm_grad/${type}${many}/${add !== undefined}${rows.key}`,
      operands: {
        x: read(x, type),
        scale: read(scale, type),
        r: read(r),
        dy: read(dy, type),
        dx: write(dx, type),
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
  var sum = 0.0;
  for (var c = lane; c < width; c += ${rows.lanes}u) {
    let sd = ${t.scale}[column + c] * ${t.dy}[start + c];
    sum += ${product(type, 'sd', `${t.x}[start + c]`)};
  }
  ${rows.combine(shared, 'sum', 'sum')}
  let back = inverse * inverse * inverse * sum / ${floats(type)};
  if (exists) {
    for (var c = lane; c < width; c += ${rows.lanes}u) {
      let i = start + c;
      ${t.dx}[i] = inverse * (${t.scale}[column + c] * ${t.dy}[i]) - ${t.x}[i] * back${t.add ? ` + ${t.add}[i]` : ''};
    }
  }
  start += width;
  column += width;
}`,
    }),
  ];
};

/** dscale[c] (+)= Σ_n dy·x·r: columns by invocation; on hardware a workgroup shares a column's rows. */
export const rmsNormScaleGrad: Kernel<'rms_norm_scale_grad'> = ({ inputs: { x, r, dy }, outputs: { dscale }, attributes }, context) => {
  const { groups, accumulate } = attributes;
  const { type, words, many } = normShape(dimension(x, 0), groups, 0);
  const split = context.hardware ? context.workgroupSize : 1;
  const perGroup = context.workgroupSize / split;
  return [
    task({
      op: 'rms_norm_scale_grad',
      key: `rms_norm_scale_grad/${type}${many}/${accumulate}/${split}`,
      operands: { x: read(x, type), r: read(r), dy: read(dy, type), dscale: write(dscale, type) },
      words,
      workgroups: Math.ceil(words.width / perGroup),
      body: (t, w, shared) => {
        const store = `${t.dscale}[column] = ${accumulate ? `${t.dscale}[column] + ` : ''}`;
        const part = split > 1 ? shared('scale_part', `array<${type}, ${context.workgroupSize}>`) : '';
        return `let columns = ${w.width};
let groups = ${w.groups};
let wanted = wid * ${perGroup}u + lid % ${perGroup}u;
let column = min(wanted, columns - 1u);
var g = 0u;
var end = ${w.widths('0u')};
while (column >= end) { g++; end += ${w.widths('g')}; }
var sum = ${type}();
for (var n = lid / ${perGroup}u; n < ${w.rows}; n += ${split}u) {
  let i = n * columns + column;
  sum += ${t.dy}[i] * ${t.x}[i] * ${t.r}[n * groups + g];
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
    }),
  ];
};
