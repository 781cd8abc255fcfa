/** Sizes that attention and its gradient share, and how their invocations are dealt out. */
import type { Node } from '../../graph.ts';
import { wholeNumber, word as wordAttribute } from '../../operations/attributes.ts';
import { lanes, range, vectorType, type ElementType, type KernelContext, type Names } from '../task.ts';

/** Keys (or queries) of a score tile. */
export const ROWS = 4;

export interface AttentionShape {
  /** Element type of q, k, v and their gradients; channels C are counted in it. */
  readonly type: ElementType;
  /** 1: q, k, v in one tensor; 2: q, and k and v. */
  readonly factors: 1 | 2;
  readonly packed: string;
  /** Rows an invocation takes. */
  readonly rows: number;
  readonly words: readonly number[];
  /** Invocations, when each takes `rows` queries or keys of one head. */
  readonly blocks: (of: 'query' | 'key') => number;
  /** Declares S, T, H, C, strides and starts, and `b`, `h`, `bh`, `first` of this invocation; returns where there is none. */
  readonly head: (names: Names, of: 'query' | 'key') => string;
}

export function attentionShape(node: Node, context: KernelContext): AttentionShape {
  const [batch, heads, dkv] = [
    wholeNumber(node.attributes, 'batch'),
    wholeNumber(node.attributes, 'heads'),
    wholeNumber(node.attributes, 'dkv'),
  ];
  const [queries, keys] = [wholeNumber(node.attributes, 'queryLength'), wholeNumber(node.attributes, 'keyLength')];
  const packed = wordAttribute(node.attributes, 'packed');
  if (packed !== 'qkv' && packed !== 'kv') throw new Error(`webgpu: attention packed ${JSON.stringify(packed)}; qkv and kv are known`);
  const factors = packed === 'qkv' ? 1 : 2;
  const type = vectorType(dkv);
  const channels = dkv / lanes(type);
  const inner = heads * channels;
  // One row an invocation keeps more of a GPU busy; four share their loads on a CPU.
  const rows = context.hardware ? 1 : ROWS;
  const words = [
    batch,
    heads,
    channels,
    queries,
    keys,
    factors === 1 ? 3 * inner : inner,
    factors === 1 ? 3 * inner : 2 * inner,
    factors === 1 ? inner : 0,
    factors === 1 ? 2 * inner : inner,
  ];
  return {
    type,
    factors,
    packed,
    rows,
    words,
    blocks: (of) => batch * heads * Math.ceil((of === 'query' ? queries : keys) / rows),
    head: ({ word }, of) => `let H = ${word(1)};
let C = ${word(2)};
let S = ${word(3)};
let T = ${word(4)};
let queryStride = ${word(5)};
let keyStride = ${word(6)};
let keyStart = ${word(7)};
let valueStart = ${word(8)};
let perHead = (${of === 'query' ? 'S' : 'T'} + ${rows - 1}u) / ${rows}u;
let bh = gid / perHead;
if (bh >= ${word(0)} * H) { return; }
let b = bh / H;
let h = bh % H;
let first = (gid % perHead) * ${rows}u;`,
  };
}

/** x·y of one channel. */
export const product = (type: ElementType, x: string, y: string): string => (type === 'f32' ? `${x} * ${y}` : `dot(${x}, ${y})`);
/** Four expressions, comma-separated. */
export const sum4 = (of: (j: number) => string): string => range(4).map(of).join(', ');
