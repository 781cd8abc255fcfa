/** Random graphs of one operation each, to compare two devices on it. */
import fc from 'fast-check';
import type { Device } from '../device.ts';
import { Graph, type Attributes, type DataType, type PoolRole } from '../graph.ts';
import { makeLayout } from '../layout.ts';

export interface Operand {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly data: Float32Array | Int32Array;
}
/** One node: its operands, the shapes it writes, its attributes. */
export interface Case {
  readonly op: string;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly (readonly number[])[];
  readonly attributes: Attributes;
}

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

/**
 * Runs the case on a device, `runs` times (accumulating operations build up), and returns its outputs. Outputs
 * that the operation also reads (`inPlace`: output i is input inPlace[i]) are set before every run.
 */
export async function evaluate(device: Device, one: Case, runs = 1): Promise<Float32Array[]> {
  const graph = new Graph(NO_LAYOUT);
  const inputs = one.inputs.map((operand, i) => graph.input(`in${i}`, operand.shape, operand.dtype));
  const outputs = one.outputs.map((shape, i) => graph.output(`out${i}`, shape));
  graph.push(one.op, inputs, outputs, one.attributes);
  const program = await device.compile(graph, {});
  try {
    one.inputs.forEach((operand, i) => program.setInput(`in${i}`, operand.data));
    for (let i = 0; i < runs; i++) program.run();
    return await Promise.all(outputs.map((_, i) => program.read(`out${i}`)));
  } finally {
    program.dispose();
  }
}

/** Largest difference over the largest magnitude of the expected values (at least `floor`). */
export function relativeError(actual: Float32Array, expected: Float32Array, floor = 0.1): number {
  let [difference, magnitude] = [0, floor];
  expected.forEach((value, i) => {
    const d = Math.abs((actual[i] as number) - value);
    difference = Number.isNaN(d) ? Number.POSITIVE_INFINITY : Math.max(difference, d);
    magnitude = Math.max(magnitude, Math.abs(value));
  });
  return difference / magnitude;
}

const size = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: from, max: to });
const seed = fc.integer({ min: 0, max: 1e9 });
const activationKind = fc.constantFrom('relu', 'gelu_new', 'gelu', 'silu');

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

function attentionCase(random: Numbers, sizes: readonly [number, number, number, number, number], cross: boolean): Case {
  const [batch, heads, dkv, S, keys] = sizes;
  const T = cross ? keys : S;
  const inner = heads * dkv;
  const scale = 1 / Math.sqrt(Math.sqrt(dkv));
  const factors = cross
    ? [random.floats([batch * S, inner], scale), random.floats([batch * T, 2 * inner], scale)]
    : [random.floats([batch * S, 3 * inner], scale)];
  const [hasBias, hasMask, causal] = [random.flag(), random.flag(), !cross && random.flag()];
  return {
    op: 'attention',
    inputs: [...factors, ...(hasBias ? [random.floats([heads, S, T])] : []), ...(hasMask ? [random.integers([batch * T], 0, 2)] : [])],
    outputs: [
      [batch * S, inner],
      [batch, heads, S, T],
    ],
    attributes: { packed: cross ? 'kv' : 'qkv', batch, heads, dkv, queryLength: S, keyLength: T, causal, hasBias, hasMask },
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

const values = (random: Numbers): Operand => {
  const data = Float32Array.from({ length: 16 }, (_, i) => (i < 4 ? 0 : 0.05 + 0.9 * random.unit()));
  data.set([0.05 * random.unit(), 0.9, 0.99, 1e-6]);
  return { shape: [16], dtype: 'float32', data };
};

/** Random cases of every operation that does not write in place, by name. */
export const CASES: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  embed: fc.tuple(seed, size(1, 20), size(1, 30), size(1, 30)).map(([s, V, d, N]) => {
    const random = new Numbers(s);
    return { op: 'embed', inputs: [random.floats([V, d]), random.integers([N], 0, V)], outputs: [[N, d]], attributes: {} };
  }),
  embed_grad: fc.tuple(seed, size(1, 20), size(1, 30), size(1, 30), fc.boolean()).map(([s, V, d, N, accumulate]) => {
    const random = new Numbers(s);
    const ids = random.integers([N], 0, V).data as Int32Array;
    return {
      op: 'embed_grad',
      inputs: [random.floats([N, d]), { shape: [V + 1 + N], dtype: 'int32', data: indexOf(ids, V) }],
      outputs: [[V, d]],
      attributes: { accumulate },
    };
  }),
  rms_norm: fc.tuple(seed, size(1, 20), size(1, 70), size(1, 3)).map(([s, N, d, parts]) => {
    const random = new Numbers(s);
    const groups = split(d, parts, random);
    return {
      op: 'rms_norm',
      inputs: [random.floats([N, d], 3), random.floats([d])],
      outputs: [
        [N, d],
        [N, groups.length],
      ],
      attributes: { eps: 1e-6, groups },
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
      inputs: [x, random.floats([d]), inverse, random.floats([N, d]), ...(hasAdd ? [random.floats([N, d])] : [])],
      outputs: [[N, d]],
      attributes: { groups },
    };
  }),
  rms_norm_scale_grad: fc.tuple(seed, size(1, 40), size(1, 70), size(1, 3), fc.boolean()).map(([s, N, d, parts, accumulate]) => {
    const random = new Numbers(s);
    const groups = split(d, parts, random);
    return {
      op: 'rms_norm_scale_grad',
      inputs: [random.floats([N, d]), random.positive([N, groups.length]), random.floats([N, d])],
      outputs: [[d]],
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
    const inputs = [
      random.floats(transposeA ? [K, M] : [M, K]),
      random.floats(transposeB ? [N, K] : [K, N]),
      ...(hasAdd ? [random.floats([M, N])] : []),
    ];
    return { op: 'matmul', inputs, outputs: [[M, N]], attributes: { transposeA, transposeB, alpha: random.flag() ? 1 : 0.37, accumulate } };
  }),
  feed_forward_activation: fc.tuple(seed, size(1, 12), size(1, 30), activationKind, fc.boolean()).map(([s, N, F, kind, gated]) => {
    const random = new Numbers(s);
    return {
      op: 'feed_forward_activation',
      inputs: [random.floats([N, gated ? 2 * F : F], 3)],
      outputs: [[N, F]],
      attributes: { kind, gated },
    };
  }),
  feed_forward_activation_grad: fc.tuple(seed, size(1, 12), size(1, 30), activationKind, fc.boolean()).map(([s, N, F, kind, gated]) => {
    const random = new Numbers(s);
    const shape = [N, gated ? 2 * F : F];
    return {
      op: 'feed_forward_activation_grad',
      inputs: [random.floats(shape, 3), random.floats([N, F])],
      outputs: [shape],
      attributes: { kind, gated },
    };
  }),
  position_bias: fc.tuple(seed, size(1, 9), size(1, 5), size(1, 9), size(1, 9)).map(([s, buckets, H, S, T]) => {
    const random = new Numbers(s);
    return {
      op: 'position_bias',
      inputs: [random.floats([buckets, H]), random.integers([S * T], 0, buckets)],
      outputs: [[H, S, T]],
      attributes: {},
    };
  }),
  position_bias_grad: fc
    .tuple(seed, size(1, 9), size(1, 5), size(1, 9), size(1, 9), fc.boolean())
    .map(([s, buckets, H, S, T, accumulate]) => {
      const random = new Numbers(s);
      return {
        op: 'position_bias_grad',
        inputs: [random.floats([H, S, T]), random.integers([S * T], 0, buckets)],
        outputs: [[buckets, H]],
        attributes: { accumulate },
      };
    }),
  attention: fc.tuple(seed, attentionSizes, fc.boolean()).map(([s, sizes, cross]) => attentionCase(new Numbers(s), sizes, cross)),
  attention_grad: fc.tuple(seed, attentionSizes, fc.boolean()).map(([s, sizes, cross]) => {
    const random = new Numbers(s);
    const forward = attentionCase(random, sizes, cross);
    const factors = forward.inputs.slice(0, cross ? 2 : 1);
    const [out, probs] = forward.outputs as [readonly number[], readonly number[]];
    const { packed, batch, heads, dkv, queryLength, keyLength } = forward.attributes as Record<string, number>;
    return {
      op: 'attention_grad',
      inputs: [...factors, probabilities(random, probs), random.floats(out)],
      outputs: [...factors.map((factor) => factor.shape), probs],
      attributes: {
        packed: packed as number,
        batch: batch as number,
        heads: heads as number,
        dkv: dkv as number,
        queryLength: queryLength as number,
        keyLength: keyLength as number,
      },
    };
  }),
  attention_bias_grad: fc
    .tuple(seed, size(1, 4), size(1, 3), size(1, 9), size(1, 9), fc.boolean())
    .map(([s, batch, H, S, T, accumulate]) => {
      const random = new Numbers(s);
      return {
        op: 'attention_bias_grad',
        inputs: [random.floats([batch, H, S, T])],
        outputs: [[H, S, T]],
        attributes: { batch, accumulate },
      };
    }),
  cross_entropy: fc.tuple(seed, size(1, 12), size(1, 60)).map(([s, M, V]) => {
    const random = new Numbers(s);
    return {
      op: 'cross_entropy',
      inputs: [random.floats([M, V], 4), random.integers([M], -1, V), random.positive([M])],
      outputs: [[M], [M]],
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
    const inputs: Operand[] = [logits, { shape: [M], dtype: 'float32', data: lse }, random.integers([M], -1, V), random.positive([M])];
    return { op: 'cross_entropy_grad', inputs, outputs: [[M, V]], attributes: {} };
  }),
  sum: fc
    .tuple(seed, size(1, 300))
    .map(([s, n]) => ({ op: 'sum', inputs: [new Numbers(s).positive([n])], outputs: [[1]], attributes: {} })),
  sum_squares: fc
    .tuple(seed, size(1, 300))
    .map(([s, n]) => ({ op: 'sum_squares', inputs: [new Numbers(s).floats([n])], outputs: [[1]], attributes: {} })),
  mix: fc.tuple(seed, size(1, 70), fc.constantFrom(0, 0.3, 1)).map(([s, n, w]) => {
    const random = new Numbers(s);
    return {
      op: 'mix',
      inputs: [random.floats([n]), random.floats([n]), { shape: [1], dtype: 'float32', data: Float32Array.of(w) }],
      outputs: [[n]],
      attributes: {},
    };
  }),
  mix_grad: fc.tuple(seed, size(1, 70), fc.constantFrom(0, 0.3, 1), fc.boolean()).map(([s, n, w, rest]) => ({
    op: 'mix_grad',
    inputs: [new Numbers(s).floats([n]), { shape: [1], dtype: 'float32', data: Float32Array.of(w) }],
    outputs: [[n]],
    attributes: { rest },
  })),
  add: fc.tuple(seed, size(1, 70)).map(([s, n]) => {
    const random = new Numbers(s);
    return { op: 'add', inputs: [random.floats([n]), random.floats([n])], outputs: [[n]], attributes: {} };
  }),
};

/** Optimizers write whole pools in place: roles in the order of their inputs, and their `values`. */
export const OPTIMIZER_CASES = [
  { op: 'sgd', roles: ['parameters', 'gradients'], grouped: false },
  { op: 'momentum', roles: ['parameters', 'gradients', 'moment1'], grouped: false },
  { op: 'adam', roles: ['parameters', 'gradients', 'moment1', 'moment2'], grouped: false },
  { op: 'adam', roles: ['parameters', 'gradients', 'moment1', 'moment2', 'groups'], grouped: true },
  { op: 'adam', roles: ['parameters', 'gradients', 'moment1', 'moment2', 'groups'], grouped: true, decay: 0.1 },
] as const satisfies readonly { op: string; roles: readonly PoolRole[]; grouped: boolean; decay?: number }[];

/** Three steps of an optimizer on random pools of n elements; returns every pool's values. */
export async function runOptimizer(
  device: Device,
  one: (typeof OPTIMIZER_CASES)[number],
  n: number,
  randomSeed: number,
): Promise<Float32Array[]> {
  const layout = makeLayout(new Map([['w', [n]]]));
  const random = new Numbers(randomSeed);
  const pools = one.roles.map((role) => {
    const pool = device.createPool(layout);
    const data = new Float32Array(layout.size);
    const operand = role === 'groups' ? random.integers([n], 0, 6) : role === 'moment2' ? random.positive([n]) : random.floats([n]);
    data.set(operand.data);
    device.write(pool, data);
    return pool;
  });
  const graph = new Graph(layout);
  const tensors = one.roles.map((role) => graph.wholePool(role));
  const written = tensors.filter((_, i) => one.roles[i] !== 'gradients' && one.roles[i] !== 'groups');
  graph.push(one.op, [...tensors, graph.input('values', [16], 'float32')], written, {
    grouped: one.grouped,
    ...('decay' in one ? { decay: one.decay } : {}),
  });
  const program = await device.compile(graph, Object.fromEntries(one.roles.map((role, i) => [role, pools[i]])));
  for (let step = 0; step < 3; step++) {
    program.setInput('values', values(random).data);
    program.run();
  }
  const results = await Promise.all(pools.map((pool) => device.read(pool)));
  program.dispose();
  for (const pool of pools) device.disposePool(pool);
  return results.map((result) => result.subarray(0, n));
}
