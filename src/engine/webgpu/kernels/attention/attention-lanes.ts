/**
 * Attention and its gradient for hardware: 16 lanes share a query (or a key). Over the keys each takes every sixteenth;
 * over the head's width as many lanes as there are channels, and what lanes are left share the sum, in a fixed order.
 */
import type { NodeOf } from '../../../operations/node.ts';
import { read, task, write, type ElementType, type KernelContext, type Shared, type Task, type WordNames } from '../../compile/task.ts';
import { attentionShape, product, type AttentionWords } from './attention-shape.ts';
import { rowsOf, type Rows } from '../rows.ts';

/** Below this a score is a masked one. */
const MASKED = '-1.0e37';

type LaneWords = AttentionWords & { readonly rowCount: number; readonly channelLanes: number };

/** A power of two: the lanes over the head's width; the others share a sum. */
function channelLanes(channels: number, lanes: number): number {
  let count = 1;
  while (count < lanes && count < channels) count *= 2;
  return count;
}

function laneWords(words: AttentionWords, rows: Rows, of: 'queries' | 'keys'): LaneWords {
  return { ...words, rowCount: words.batch * words.heads * words[of], channelLanes: channelLanes(words.channels, rows.lanes) };
}

/** Declares sizes, `b`, `h`, and the query `s` or key `t` of this row of lanes. */
const head = (rows: Rows, w: WordNames<LaneWords>, of: 's' | 't'): string => `${rows.head(w.rowCount)}
let H = ${w.heads};
let C = ${w.channels};
let S = ${w.queries};
let T = ${w.keys};
let queryStride = ${w.queryStride};
let keyStride = ${w.keyStride};
let keyStart = ${w.keyStart};
let valueStart = ${w.valueStart};
let bh = row / ${of === 's' ? 'S' : 'T'};
let ${of} = row % ${of === 's' ? 'S' : 'T'};
let b = bh / H;
let h = bh % H;
let channelLanes = ${w.channelLanes};
let groups = ${rows.lanes}u / channelLanes;
let group = lane / channelLanes;`;

/**
 * Over the channels: `sums` variables, each added up over a loop that a group of lanes takes a stride of, and then over
 * the groups.
 */
function overChannels(
  shared: Shared,
  context: KernelContext,
  type: ElementType,
  { sums, count, body, store }: { sums: readonly string[]; count: string; body: string; store: string },
): string {
  const parts = sums.map((name) => ({ name, part: shared(`${name}_part`, `array<${type}, ${context.workgroupSize}>`) }));
  return `for (var c0 = 0u; c0 < C; c0 += channelLanes) {
  let wantedChannel = c0 + lane % channelLanes;
  let c = min(wantedChannel, C - 1u);
  ${sums.map((name) => `var ${name} = ${type}();`).join('\n')}
  for (var j = group; j < ${count}; j += groups) { ${body} }
  ${parts.map(({ name, part }) => `${part}[lid] = ${name};`).join('\n')}
  workgroupBarrier();
  if (exists && group == 0u && wantedChannel < C) {
    for (var g = 1u; g < groups; g++) { ${parts.map(({ name, part }) => `${name} += ${part}[lid + g * channelLanes];`).join(' ')} }
    ${store}
  }
  workgroupBarrier();
}`;
}

export function lanesAttention({ inputs, outputs: { out, probs }, attributes }: NodeOf<'attention'>, context: KernelContext): Task[] {
  const { query, keyValue, bias, mask } = inputs;
  const { causal } = attributes;
  const { type, words, packed } = attentionShape(attributes, keyValue, context);
  const rows = rowsOf(context);
  const all = laneWords(words, rows, 'queries');
  return [
    task({
      op: 'attention',
      key: `attention/lanes/${type}/${packed}/${causal}/${bias !== undefined}/${mask !== undefined}`,
      operands: {
        query: read(query, type),
        keyValue: read(keyValue ?? query, type),
        out: write(out, type),
        probs: write(probs),
        bias: bias && read(bias),
        mask: mask && read(mask, 'i32'),
      },
      words: all,
      workgroups: rows.workgroups(all.rowCount),
      body: (t, w, shared) => `${head(rows, w, 's')}
let last = ${causal ? 'min(T, s + 1u)' : 'T'};
let q = (b * S + s) * queryStride + h * C;
let p = row * T;
var top = -3.0e38;
if (exists) {
  for (var t = lane; t < last; t += ${rows.lanes}u) {
    let k = (b * T + t) * keyStride + keyStart + h * C;
    var score = 0.0;
    for (var c = 0u; c < C; c++) { score += ${product(type, `${t.query}[q + c]`, `${t.keyValue}[k + c]`)}; }
    ${t.bias ? `score += ${t.bias}[(h * S + s) * T + t];` : ''}
    ${t.mask ? `if (${t.mask}[b * T + t] == 0) { score = -3.0e38; }` : ''}
    ${t.probs}[p + t] = score;
    top = max(top, score);
  }
}
${rows.combine(shared, 'top', 'max')}
var sum = 0.0;
if (exists) {
  for (var t = lane; t < last; t += ${rows.lanes}u) {
    let score = ${t.probs}[p + t];
    let e = select(exp(score - top), 0.0, score < ${MASKED});
    ${t.probs}[p + t] = e;
    sum += e;
  }
}
${rows.combine(shared, 'sum', 'sum')}
let scale = select(0.0, 1.0 / sum, sum > 0.0);
if (exists) {
  for (var t = lane; t < last; t += ${rows.lanes}u) { ${t.probs}[p + t] = ${t.probs}[p + t] * scale; }
  ${causal ? `for (var t = last + lane; t < T; t += ${rows.lanes}u) { ${t.probs}[p + t] = 0.0; }` : ''}
}
storageBarrier();
workgroupBarrier();
${overChannels(shared, context, type, {
  sums: ['o'],
  count: 'last',
  body: `o += ${t.probs}[p + j] * ${t.keyValue}[(b * T + j) * keyStride + valueStart + h * C + c];`,
  store: `${t.out}[(b * S + s) * H * C + h * C + c] = o;`,
})}`,
    }),
  ];
}

export function lanesAttentionGrad({ inputs, outputs, attributes }: NodeOf<'attention_grad'>, context: KernelContext): Task[] {
  const { query, keyValue = query, probs, dout } = inputs;
  const { dquery, dkeyValue = dquery, dscores } = outputs;
  const { type, words, packed } = attentionShape(attributes, inputs.keyValue, context);
  const rows = rowsOf(context);
  const [byQuery, byKey] = [laneWords(words, rows, 'queries'), laneWords(words, rows, 'keys')];
  return [
    task({
      op: 'attention_grad (queries)',
      key: `attention_grad/queries/lanes/${type}/${packed}`,
      operands: {
        keyValue: read(keyValue, type),
        probs: read(probs),
        dout: read(dout, type),
        dquery: write(dquery, type),
        dscores: write(dscores),
      },
      words: byQuery,
      workgroups: rows.workgroups(byQuery.rowCount),
      body: (t, w, shared) => `${head(rows, w, 's')}
let d = (b * S + s) * H * C + h * C;
let p = row * T;
var mean = 0.0;
if (exists) {
  for (var t = lane; t < T; t += ${rows.lanes}u) {
    let v = (b * T + t) * keyStride + valueStart + h * C;
    var change = 0.0;
    for (var c = 0u; c < C; c++) { change += ${product(type, `${t.dout}[d + c]`, `${t.keyValue}[v + c]`)}; }
    ${t.dscores}[p + t] = change;
    mean += ${t.probs}[p + t] * change;
  }
}
${rows.combine(shared, 'mean', 'sum')}
if (exists) {
  for (var t = lane; t < T; t += ${rows.lanes}u) { ${t.dscores}[p + t] = ${t.probs}[p + t] * (${t.dscores}[p + t] - mean); }
}
storageBarrier();
workgroupBarrier();
${overChannels(shared, context, type, {
  sums: ['o'],
  count: 'T',
  body: `o += ${t.dscores}[p + j] * ${t.keyValue}[(b * T + j) * keyStride + keyStart + h * C + c];`,
  store: `${t.dquery}[(b * S + s) * queryStride + h * C + c] = o;`,
})}`,
    }),
    task({
      op: 'attention_grad (keys)',
      key: `attention_grad/keys/lanes/${type}/${packed}`,
      operands: {
        query: read(query, type),
        probs: read(probs),
        dout: read(dout, type),
        dscores: read(dscores),
        dkeyValue: write(dkeyValue, type),
      },
      words: byKey,
      workgroups: rows.workgroups(byKey.rowCount),
      body: (t, w, shared) => `${head(rows, w, 't')}
${overChannels(shared, context, type, {
  sums: ['dk', 'dv'],
  count: 'S',
  body: `let p = (bh * S + j) * T + t;
dk += ${t.dscores}[p] * ${t.query}[(b * S + j) * queryStride + h * C + c];
dv += ${t.probs}[p] * ${t.dout}[((b * S + j) * H + h) * C + c];`,
  store: `let o = (b * T + t) * keyStride + h * C + c;
${t.dkeyValue}[o + keyStart] = dk;
${t.dkeyValue}[o + valueStart] = dv;`,
})}`,
    }),
  ];
}
