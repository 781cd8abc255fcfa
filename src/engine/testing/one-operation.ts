/** Random graphs of one operation each, to compare two devices on it. */
import fc from 'fast-check';
import type { Device } from '../device.ts';
import { Graph } from '../graph.ts';
import { makeLayout } from '../layout.ts';
import type { InPlaceName, OperationName, TangentName } from '../operations/catalogue.ts';
import type { GivenAttributes, InputsOf, OutputsOf } from '../operations/node.ts';
import type { DataType, Tensor } from '../tensor.ts';

export interface Operand {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly data: Float32Array | Int32Array;
}
/** One node: its operands, the shapes it writes, its attributes. */
export interface CaseOf<Op extends OperationName> {
  readonly op: Op;
  readonly inputs: InputsOf<Op, Operand>;
  readonly outputs: OutputsOf<Op, readonly number[]>;
  readonly attributes: GivenAttributes<Op>;
}
export type Case = { [Op in OperationName]: CaseOf<Op> }[OperationName];

/** A small repeatable generator of normal-like numbers; not for the product. */
export class Numbers {
  private state: number;
  constructor(seed: number) {
    this.state = (seed | 0) + 0x9e3779b9;
  }
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  /** Roughly normal, standard deviation 1. */
  normal(): number {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * Math.sqrt(3);
  }
  floats(shape: readonly number[], scale = 1): Operand {
    const size = shape.reduce((a, b) => a * b, 1);
    return { shape, dtype: 'float32', data: Float32Array.from({ length: size }, () => this.normal() * scale) };
  }
  positive(shape: readonly number[]): Operand {
    const operand = this.floats(shape);
    return { ...operand, data: operand.data.map((x) => Math.abs(x)) as Float32Array };
  }
  /** Whole numbers in [from, to). */
  integers(shape: readonly number[], from: number, to: number): Operand {
    const size = shape.reduce((a, b) => a * b, 1);
    return { shape, dtype: 'int32', data: Int32Array.from({ length: size }, () => from + Math.floor(this.unit() * (to - from))) };
  }
  flag(): boolean {
    return this.unit() < 0.5;
  }
}

const NO_LAYOUT = makeLayout(new Map());

const entriesOf = <T>(named: object): [string, T][] =>
  Object.entries(named as Readonly<Record<string, T | undefined>>).filter((entry): entry is [string, T] => entry[1] !== undefined);
const mapped = <T, U>(named: object, f: (value: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(entriesOf<T>(named).map(([name, value]) => [name, f(value, name)]));

/** A graph of one node with its inputs and outputs under their own names. */
function graphOf<Op extends OperationName>({ op, inputs, outputs, attributes }: CaseOf<Op>): Graph {
  const graph = new Graph(NO_LAYOUT);
  const read = mapped(inputs, (operand: Operand, name): Tensor => graph.input(name, operand.shape, operand.dtype));
  const written = mapped(outputs, (shape: readonly number[], name): Tensor => graph.output(name, shape));
  const push: (...node: [op: Op, read: InputsOf<Op>, written: OutputsOf<Op>, attributes: GivenAttributes<Op>]) => void =
    graph.push.bind(graph);
  push(op, read as InputsOf<Op>, written as OutputsOf<Op>, attributes);
  return graph;
}

/** Runs the case on a device, `runs` times (accumulating operations build up), and returns its outputs by name. */
export async function evaluate<Op extends OperationName>(device: Device, one: CaseOf<Op>, runs = 1): Promise<Map<string, Float32Array>> {
  const program = await device.compile(graphOf(one), {});
  try {
    for (const [name, { data }] of entriesOf<Operand>(one.inputs)) program.setInput(name, data);
    for (let i = 0; i < runs; i++) program.run();
    const results = entriesOf(one.outputs).map(async ([name]) => [name, await program.read(name)] as const);
    return new Map(await Promise.all(results));
  } finally {
    program.dispose();
  }
}

const size = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: from, max: to });
const seed = fc.integer({ min: 0, max: 1e9 });
const activationKind = fc.constantFrom('relu' as const, 'gelu_new' as const, 'gelu' as const, 'silu' as const);

/** Widths that sum to d. */
function split(d: number, parts: number, random: Numbers): number[] {
  const widths: number[] = [];
  let left = d;
  for (let i = parts; i > 1 && left > i; i--) {
    const width = 1 + Math.floor(random.unit() * (left - i));
    widths.push(width);
    left -= width;
  }
  return [...widths, left];
}

/** CSR index of ids: starts[0..V], then positions by id. */
export function indexOf(ids: Int32Array, vocabulary: number): Int32Array {
  const positions = [...ids.keys()].sort((a, b) => (ids[a] as number) - (ids[b] as number) || a - b);
  const index = new Int32Array(vocabulary + 1 + ids.length);
  for (const id of ids) for (let v = id + 1; v <= vocabulary; v++) index[v] = (index[v] as number) + 1;
  index.set(positions, vocabulary + 1);
  return index;
}

function attentionCase(random: Numbers, sizes: readonly [number, number, number, number, number], cross: boolean): CaseOf<'attention'> {
  const [batch, heads, dkv, S, keys] = sizes;
  const T = cross ? keys : S;
  const inner = heads * dkv;
  const scale = 1 / Math.sqrt(Math.sqrt(dkv));
  const factors = cross
    ? { query: random.floats([batch * S, inner], scale), keyValue: random.floats([batch * T, 2 * inner], scale) }
    : { query: random.floats([batch * S, 3 * inner], scale) };
  const [hasBias, hasMask, causal] = [random.flag(), random.flag(), !cross && random.flag()];
  return {
    op: 'attention',
    inputs: {
      ...factors,
      ...(hasBias ? { bias: random.floats([heads, S, T]) } : {}),
      ...(hasMask ? { mask: random.integers([batch * T], 0, 2) } : {}),
    },
    outputs: { out: [batch * S, inner], probs: [batch, heads, S, T] },
    attributes: { batch, heads, dkv, queryLength: S, keyLength: T, causal },
  };
}
const attentionSizes = fc.tuple(size(1, 3), size(1, 3), size(1, 18), size(1, 19), size(1, 19));

/** Rows of probabilities, some exactly 0, some rows all 0. */
function probabilities(random: Numbers, shape: readonly number[]): Operand {
  const T = shape.at(-1) as number;
  const weights = random.positive(shape);
  const data = Float32Array.from(weights.data, (w) => (random.unit() < 0.3 ? 0 : w + 0.05));
  for (let row = 0; row < data.length; row += T) {
    const total = data.subarray(row, row + T).reduce((a, b) => a + b, 0);
    if (total > 0) for (let t = row; t < row + T; t++) data[t] = (data[t] as number) / total;
  }
  return { shape, dtype: 'float32', data };
}

/** Random cases of every operation that does not write in place, by name. */
export const CASES: { readonly [Op in Exclude<OperationName, TangentName | InPlaceName>]: fc.Arbitrary<CaseOf<Op>> } = {
  embed: fc.tuple(seed, size(1, 20), size(1, 30), size(1, 30)).map(([s, V, d, N]) => {
    const random = new Numbers(s);
    return {
      op: 'embed',
      inputs: { table: random.floats([V, d]), ids: random.integers([N], 0, V) },
      outputs: { y: [N, d] },
      attributes: {},
    };
  }),
  embed_grad: fc.tuple(seed, size(1, 20), size(1, 30), size(1, 30), fc.boolean()).map(([s, V, d, N, accumulate]) => {
    const random = new Numbers(s);
    const ids = random.integers([N], 0, V).data as Int32Array;
    return {
      op: 'embed_grad',
      inputs: { dy: random.floats([N, d]), index: { shape: [V + 1 + N], dtype: 'int32', data: indexOf(ids, V) } },
      outputs: { dtable: [V, d] },
      attributes: { accumulate },
    };
  }),
  rms_norm: fc.tuple(seed, size(1, 20), size(1, 70), size(1, 3)).map(([s, N, d, parts]) => {
    const random = new Numbers(s);
    const groups = split(d, parts, random);
    return {
      op: 'rms_norm',
      inputs: { x: random.floats([N, d], 3), scale: random.floats([d]) },
      outputs: { y: [N, d], r: [N, groups.length] },
      attributes: { epsilon: 1e-6, groups },
    };
  }),
  rms_norm_grad: fc.tuple(seed, size(1, 20), size(1, 70), size(1, 3), fc.boolean()).map(([s, N, d, parts, hasAdd]) => {
    const random = new Numbers(s);
    const groups = split(d, parts, random);
    const x = random.floats([N, d], 2);
    const r = new Float32Array(N * groups.length);
    for (let n = 0; n < N; n++) {
      let start = 0;
      groups.forEach((width, g) => {
        let total = 0;
        for (let c = start; c < start + width; c++) total += (x.data[n * d + c] as number) ** 2;
        r[n * groups.length + g] = 1 / Math.sqrt(total / width + 0.01);
        start += width;
      });
    }
    const inverse: Operand = { shape: [N, groups.length], dtype: 'float32', data: r };
    return {
      op: 'rms_norm_grad',
      inputs: {
        x,
        scale: random.floats([d]),
        r: inverse,
        dy: random.floats([N, d]),
        ...(hasAdd ? { add: random.floats([N, d]) } : {}),
      },
      outputs: { dx: [N, d] },
      attributes: { groups },
    };
  }),
  rms_norm_scale_grad: fc.tuple(seed, size(1, 40), size(1, 70), size(1, 3), fc.boolean()).map(([s, N, d, parts, accumulate]) => {
    const random = new Numbers(s);
    const groups = split(d, parts, random);
    return {
      op: 'rms_norm_scale_grad',
      inputs: { x: random.floats([N, d]), r: random.positive([N, groups.length]), dy: random.floats([N, d]) },
      outputs: { dscale: [d] },
      attributes: { groups, accumulate },
    };
  }),
  matmul: fc.tuple(seed, size(1, 40), size(1, 40), size(1, 40), fc.integer({ min: 0, max: 15 })).map(([s, M, N, K, bits]) => {
    const random = new Numbers(s);
    const [transposeA, transposeB, hasAdd, accumulate] = [1, 2, 4, 8].map((bit) => (bits & bit) > 0) as [
      boolean,
      boolean,
      boolean,
      boolean,
    ];
    const inputs = {
      a: random.floats(transposeA ? [K, M] : [M, K]),
      b: random.floats(transposeB ? [N, K] : [K, N]),
      ...(hasAdd ? { add: random.floats([M, N]) } : {}),
    };
    return {
      op: 'matmul',
      inputs,
      outputs: { c: [M, N] },
      attributes: { transposeA, transposeB, alpha: random.flag() ? 1 : 0.37, accumulate },
    };
  }),
  feed_forward_activation: fc.tuple(seed, size(1, 12), size(1, 30), activationKind, fc.boolean()).map(([s, N, F, kind, gated]) => {
    const random = new Numbers(s);
    return {
      op: 'feed_forward_activation',
      inputs: { u: random.floats([N, gated ? 2 * F : F], 3) },
      outputs: { y: [N, F] },
      attributes: { kind, gated },
    };
  }),
  feed_forward_activation_grad: fc.tuple(seed, size(1, 12), size(1, 30), activationKind, fc.boolean()).map(([s, N, F, kind, gated]) => {
    const random = new Numbers(s);
    const shape = [N, gated ? 2 * F : F];
    return {
      op: 'feed_forward_activation_grad',
      inputs: { u: random.floats(shape, 3), dy: random.floats([N, F]) },
      outputs: { du: shape },
      attributes: { kind, gated },
    };
  }),
  position_bias: fc.tuple(seed, size(1, 9), size(1, 5), size(1, 9), size(1, 9)).map(([s, buckets, H, S, T]) => {
    const random = new Numbers(s);
    return {
      op: 'position_bias',
      inputs: { table: random.floats([buckets, H]), bucket: random.integers([S * T], 0, buckets) },
      outputs: { bias: [H, S, T] },
      attributes: {},
    };
  }),
  position_bias_grad: fc
    .tuple(seed, size(1, 9), size(1, 5), size(1, 9), size(1, 9), fc.boolean())
    .map(([s, buckets, H, S, T, accumulate]) => {
      const random = new Numbers(s);
      return {
        op: 'position_bias_grad',
        inputs: { dbias: random.floats([H, S, T]), bucket: random.integers([S * T], 0, buckets) },
        outputs: { dtable: [buckets, H] },
        attributes: { accumulate },
      };
    }),
  attention: fc.tuple(seed, attentionSizes, fc.boolean()).map(([s, sizes, cross]) => attentionCase(new Numbers(s), sizes, cross)),
  attention_grad: fc.tuple(seed, attentionSizes, fc.boolean()).map(([s, sizes, cross]) => {
    const random = new Numbers(s);
    const forward = attentionCase(random, sizes, cross);
    const { query, keyValue } = forward.inputs;
    const { out, probs } = forward.outputs;
    const { causal: _, ...attributes } = forward.attributes;
    return {
      op: 'attention_grad',
      inputs: { query, keyValue, probs: probabilities(random, probs), dout: random.floats(out) },
      outputs: { dquery: query.shape, dkeyValue: keyValue?.shape, dscores: probs },
      attributes,
    };
  }),
  attention_bias_grad: fc
    .tuple(seed, size(1, 4), size(1, 3), size(1, 9), size(1, 9), fc.boolean())
    .map(([s, batch, H, S, T, accumulate]) => {
      const random = new Numbers(s);
      return {
        op: 'attention_bias_grad',
        inputs: { dscores: random.floats([batch, H, S, T]) },
        outputs: { dbias: [H, S, T] },
        attributes: { batch, accumulate },
      };
    }),
  cross_entropy: fc.tuple(seed, size(1, 12), size(1, 60)).map(([s, M, V]) => {
    const random = new Numbers(s);
    return {
      op: 'cross_entropy',
      inputs: { logits: random.floats([M, V], 4), labels: random.integers([M], -1, V), weights: random.positive([M]) },
      outputs: { rowLoss: [M], lse: [M] },
      attributes: {},
    };
  }),
  cross_entropy_grad: fc.tuple(seed, size(1, 12), size(1, 60)).map(([s, M, V]) => {
    const random = new Numbers(s);
    const logits = random.floats([M, V], 4);
    const { data } = logits as { data: Float32Array };
    const lse = Float32Array.from({ length: M }, (_, m) =>
      Math.log(data.subarray(m * V, (m + 1) * V).reduce((a: number, x: number) => a + Math.exp(x), 0)),
    );
    return {
      op: 'cross_entropy_grad',
      inputs: {
        logits,
        lse: { shape: [M], dtype: 'float32', data: lse },
        labels: random.integers([M], -1, V),
        weights: random.positive([M]),
      },
      outputs: { dlogits: [M, V] },
      attributes: {},
    };
  }),
  sum: fc
    .tuple(seed, size(1, 300))
    .map(([s, n]) => ({ op: 'sum', inputs: { x: new Numbers(s).positive([n]) }, outputs: { y: [1] }, attributes: {} })),
  sum_squares: fc
    .tuple(seed, size(1, 300))
    .map(([s, n]) => ({ op: 'sum_squares', inputs: { x: new Numbers(s).floats([n]) }, outputs: { y: [1] }, attributes: {} })),
  mix: fc.tuple(seed, size(1, 70), fc.constantFrom(0, 0.3, 1)).map(([s, n, w]) => {
    const random = new Numbers(s);
    return {
      op: 'mix',
      inputs: { a: random.floats([n]), b: random.floats([n]), weight: { shape: [1], dtype: 'float32', data: Float32Array.of(w) } },
      outputs: { c: [n] },
      attributes: {},
    };
  }),
  mix_grad: fc.tuple(seed, size(1, 70), fc.constantFrom(0, 0.3, 1), fc.boolean()).map(([s, n, w, rest]) => ({
    op: 'mix_grad',
    inputs: { dc: new Numbers(s).floats([n]), weight: { shape: [1], dtype: 'float32', data: Float32Array.of(w) } },
    outputs: { dpart: [n] },
    attributes: { rest },
  })),
  add: fc.tuple(seed, size(1, 70)).map(([s, n]) => {
    const random = new Numbers(s);
    return { op: 'add', inputs: { a: random.floats([n]), b: random.floats([n]) }, outputs: { c: [n] }, attributes: {} };
  }),
};
