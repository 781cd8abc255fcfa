/** Sizes that attention and its gradient share, and how their invocations are dealt out. */
import type { AttributesOf } from '../../../operations/node.ts';
import type { Tensor } from '../../../tensor.ts';
import { lanes, range, vectorType, type ElementType, type KernelContext, type WordNames } from '../../compile/task.ts';

/** Keys (or queries) of a score tile. */
export const ROWS = 4;

/** Sizes; channels, strides and starts in elements of the shape's type. */
export type AttentionWords = {
  readonly batch: number;
  readonly heads: number;
  readonly channels: number;
  readonly queries: number;
  readonly keys: number;
  readonly queryStride: number;
  readonly keyStride: number;
  readonly keyStart: number;
  readonly valueStart: number;
};

export interface AttentionShape {
  /** Element type of q, k, v and their gradients; channels C are counted in it. */
  readonly type: ElementType;
  /** `qkv`: q, k, v in one tensor; `kv`: k and v in one of their own. Part of the shader's key. */
  readonly packed: 'qkv' | 'kv';
  /** Rows an invocation takes. */
  readonly rows: number;
  readonly words: AttentionWords;
  /** Invocations, when each takes `rows` queries or keys of one head. */
  readonly blocks: (of: 'query' | 'key') => number;
  /**
   * Declares S, T, H, C, strides and starts, and `b`, `h`, `bh`, `first` of this invocation; returns where there is
   * none.
   */
  readonly head: (w: WordNames<AttentionWords>, of: 'query' | 'key') => string;
}

/** @param keyValue undefined where q, k and v lie in one tensor */
export function attentionShape(
  { batch, heads, dkv, queryLength: queries, keyLength: keys }: AttributesOf<'attention_grad'>,
  keyValue: Tensor | undefined,
  context: KernelContext,
): AttentionShape {
  const type = vectorType(dkv);
  const channels = dkv / lanes(type);
  const inner = heads * channels;
  const strides = keyValue
    ? { queryStride: inner, keyStride: 2 * inner, keyStart: 0, valueStart: inner }
    : { queryStride: 3 * inner, keyStride: 3 * inner, keyStart: inner, valueStart: 2 * inner };
  // One row an invocation keeps more of a GPU busy; four share their loads on a CPU.
  const rows = context.hardware ? 1 : ROWS;
  return {
    type,
    packed: keyValue ? 'kv' : 'qkv',
    rows,
    words: { batch, heads, channels, queries, keys, ...strides },
    blocks: (of) => batch * heads * Math.ceil((of === 'query' ? queries : keys) / rows),
    head: (w, of) => `let H = ${w.heads};
let C = ${w.channels};
let S = ${w.queries};
let T = ${w.keys};
let queryStride = ${w.queryStride};
let keyStride = ${w.keyStride};
let keyStart = ${w.keyStart};
let valueStart = ${w.valueStart};
let perHead = (${of === 'query' ? 'S' : 'T'} + ${rows - 1}u) / ${rows}u;
let bh = gid / perHead;
if (bh >= ${w.batch} * H) { return; }
let b = bh / H;
let h = bh % H;
let first = (gid % perHead) * ${rows}u;`,
  };
}

/** x·y of one channel. */
export const product = (type: ElementType, x: string, y: string): string => (type === 'f32' ? `${x} * ${y}` : `dot(${x}, ${y})`);
/** Four expressions, comma-separated. */
export const sum4 = (of: (j: number) => string): string => range(4).map(of).join(', ');
