/**
 * Graphs of a model and its gradient in float64, written out as loops after operations/README.md: what the float32
 * engine is measured against where rounding is the question. Slow, and without optimizers and tangents: second
 * derivatives come from differences, whose error is 1e-9 here.
 */
import type { Graph } from '../graph.ts';
import type { InPlaceName, OperationName, TangentName } from '../operations/catalogue.ts';
import { accumulates, type AttributesOf, type InputsOf, type NodeOf, type OutputsOf } from '../operations/node.ts';
import type { Tensor } from '../tensor.ts';

type Values = Float64Array;
/** The operations that are computed here: all but tangents and optimizers. */
type Name = Exclude<OperationName, TangentName | InPlaceName>;
interface Operands<Op extends OperationName> {
  readonly inputs: InputsOf<Op, Values>;
  readonly outputs: OutputsOf<Op, Values>;
  readonly node: NodeOf<Op>;
}
type Body<Op extends OperationName> = (operands: Operands<Op>) => void;

const dimension = (tensor: Tensor, axis: number): number => tensor.shape[axis] ?? 1;
const times = (count: number, of: (i: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += of(i);
  return sum;
};

/** For every row and group: first column, width, place of the group's r. */
function forGroups(
  { inputs: { x }, attributes: { groups } }: NodeOf<'rms_norm' | 'rms_norm_grad' | 'rms_norm_scale_grad'>,
  each: (start: number, column: number, width: number, r: number) => void,
): void {
  const [rows, d] = [dimension(x, 0), dimension(x, 1)];
  for (let n = 0; n < rows; n++) {
    let column = 0;
    groups.forEach((width, g) => {
      each(n * d + column, column, width, n * groups.length + g);
      column += width;
    });
  }
}

const C = Math.sqrt(2 / Math.PI);
function activate(kind: string, x: number): [value: number, slope: number] {
  if (kind === 'relu') return [Math.max(x, 0), x > 0 ? 1 : 0];
  const th = Math.tanh(C * (x + 0.044715 * x ** 3));
  return [0.5 * x * (1 + th), 0.5 * (1 + th) + 0.5 * x * (1 - th * th) * C * (1 + 3 * 0.044715 * x * x)];
}

/** Where q, k and v of an example, head and row begin, in the packed tensors. @param together q, k and v lie in one */
function heads({ batch: B, heads: H, dkv, queryLength: S, keyLength: T }: AttributesOf<'attention_grad'>, together: boolean) {
  const inner = H * dkv;
  const [stepQ, stepKV, k0] = together ? [3 * inner, 3 * inner, inner] : [inner, 2 * inner, 0];
  return {
    dkv,
    T,
    S,
    q: (b: number, h: number, s: number) => (b * S + s) * stepQ + h * dkv,
    k: (b: number, h: number, t: number) => (b * T + t) * stepKV + k0 + h * dkv,
    v: (b: number, h: number, t: number) => (b * T + t) * stepKV + k0 + inner + h * dkv,
    out: (b: number, h: number, s: number) => (b * S + s) * inner + h * dkv,
    rows(each: (b: number, h: number, s: number, p: number) => void): void {
      for (let b = 0; b < B; b++) for (let h = 0; h < H; h++) for (let s = 0; s < S; s++) each(b, h, s, ((b * H + h) * S + s) * T);
    },
  };
}

const BODIES: { readonly [Op in Name]: Body<Op> } = {
  embed({ inputs: { table, ids }, outputs: { y }, node }) {
    const d = dimension(node.inputs.table, 1);
    ids.forEach((id, n) => y.set(table.subarray(id * d, (id + 1) * d), n * d));
  },
  embed_grad({ inputs: { dy, index }, outputs: { dtable }, node }) {
    const [V, d] = [dimension(node.outputs.dtable, 0), dimension(node.outputs.dtable, 1)];
    for (let v = 0; v < V; v++)
      for (let i = index[v]!; i < index[v + 1]!; i++)
        for (let c = 0; c < d; c++) dtable[v * d + c] = dtable[v * d + c]! + dy[index[V + 1 + i]! * d + c]!;
  },
  rms_norm({ inputs: { x, scale }, outputs: { y, r }, node }) {
    const { epsilon } = node.attributes;
    forGroups(node, (start, column, width, at) => {
      r[at] = 1 / Math.sqrt(times(width, (c) => x[start + c]! ** 2) / width + epsilon);
      for (let c = 0; c < width; c++) y[start + c] = x[start + c]! * r[at]! * scale[column + c]!;
    });
  },
  rms_norm_grad({ inputs: { x, scale, r, dy, add }, outputs: { dx }, node }) {
    forGroups(node, (start, column, width, at) => {
      const along = times(width, (c) => scale[column + c]! * dy[start + c]! * x[start + c]!) / width;
      for (let c = 0; c < width; c++)
        dx[start + c] = r[at]! * scale[column + c]! * dy[start + c]! - x[start + c]! * r[at]! ** 3 * along + (add?.[start + c] ?? 0);
    });
  },
  rms_norm_scale_grad({ inputs: { x, r, dy }, outputs: { dscale: ds }, node }) {
    forGroups(node, (start, column, width, at) => {
      for (let c = 0; c < width; c++) ds[column + c] = ds[column + c]! + dy[start + c]! * x[start + c]! * r[at]!;
    });
  },
  matmul({ inputs: { a, b, add }, outputs: { c }, node }) {
    const { transposeA, transposeB, alpha } = node.attributes;
    const [M, N, K] = [dimension(node.outputs.c, 0), dimension(node.outputs.c, 1), dimension(node.inputs.a, transposeA ? 0 : 1)];
    const [aM, aK, bK, bN] = [transposeA ? 1 : K, transposeA ? M : 1, transposeB ? 1 : N, transposeB ? K : 1];
    for (let m = 0; m < M; m++) {
      for (let n = 0; n < N; n++) {
        let sum = 0;
        for (let k = 0; k < K; k++) sum += a[m * aM + k * aK]! * b[k * bK + n * bN]!;
        c[m * N + n] = c[m * N + n]! + alpha * sum + (add?.[m * N + n] ?? 0);
      }
    }
  },
  feed_forward_activation({ inputs: { u }, outputs: { y }, node }) {
    const [{ kind, gated }, F] = [node.attributes, dimension(node.outputs.y, 1)];
    y.forEach((_, i) => {
      const at = gated ? i + Math.floor(i / F) * F : i;
      y[i] = activate(kind, u[at]!)[0] * (gated ? u[at + F]! : 1);
    });
  },
  feed_forward_activation_grad({ inputs: { u, dy }, outputs: { du }, node }) {
    const [{ kind, gated }, F] = [node.attributes, dimension(node.inputs.dy, 1)];
    dy.forEach((d, i) => {
      const at = gated ? i + Math.floor(i / F) * F : i;
      const [value, slope] = activate(kind, u[at]!);
      du[at] = d * slope * (gated ? u[at + F]! : 1);
      if (gated) du[at + F] = d * value;
    });
  },
  position_bias({ inputs: { table, bucket }, outputs: { bias }, node }) {
    const H = dimension(node.inputs.table, 1);
    for (let h = 0; h < H; h++) bucket.forEach((row, i) => (bias[h * bucket.length + i] = table[row * H + h]!));
  },
  position_bias_grad({ inputs: { dbias, bucket }, outputs: { dtable }, node }) {
    const H = dimension(node.outputs.dtable, 1);
    for (let h = 0; h < H; h++) bucket.forEach((row, i) => (dtable[row * H + h] = dtable[row * H + h]! + dbias[h * bucket.length + i]!));
  },
  attention({ inputs, outputs: { out, probs }, node }) {
    const { query, keyValue = query, bias, mask } = inputs;
    const { causal } = node.attributes;
    const { dkv, T, S, q, k, v, out: place, rows } = heads(node.attributes, inputs.keyValue === undefined);
    rows((b, h, s, p) => {
      const scores = Array.from({ length: T }, (_, t) =>
        (causal && t > s) || (mask && !(mask[b * T + t]! > 0))
          ? Number.NEGATIVE_INFINITY
          : times(dkv, (c) => query[q(b, h, s) + c]! * keyValue[k(b, h, t) + c]!) + (bias?.[(h * S + s) * T + t] ?? 0),
      );
      const top = Math.max(...scores);
      const weights = scores.map((score) => (score === Number.NEGATIVE_INFINITY ? 0 : Math.exp(score - top)));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      weights.forEach((weight, t) => (probs[p + t] = total === 0 ? 0 : weight / total));
      for (let c = 0; c < dkv; c++) out[place(b, h, s) + c] = times(T, (t) => probs[p + t]! * keyValue[v(b, h, t) + c]!);
    });
  },
  attention_grad({ inputs, outputs, node }) {
    const { query, keyValue = query, probs, dout } = inputs;
    const { dquery, dkeyValue = dquery, dscores } = outputs;
    const { dkv, T, q, k, v, out: place, rows } = heads(node.attributes, inputs.keyValue === undefined);
    rows((b, h, s, p) => {
      const dp = Array.from({ length: T }, (_, t) => times(dkv, (c) => dout[place(b, h, s) + c]! * keyValue[v(b, h, t) + c]!));
      const mean = times(T, (t) => probs[p + t]! * dp[t]!);
      for (let t = 0; t < T; t++) {
        const ds = (dscores[p + t] = probs[p + t]! * (dp[t]! - mean));
        const [atQ, atK, atV] = [q(b, h, s), k(b, h, t), v(b, h, t)];
        for (let c = 0; c < dkv; c++) {
          dquery[atQ + c] = dquery[atQ + c]! + ds * keyValue[atK + c]!;
          dkeyValue[atK + c] = dkeyValue[atK + c]! + ds * query[atQ + c]!;
          dkeyValue[atV + c] = dkeyValue[atV + c]! + probs[p + t]! * dout[place(b, h, s) + c]!;
        }
      }
    });
  },
  attention_bias_grad({ inputs: { dscores }, outputs: { dbias } }) {
    dscores.forEach((d, i) => (dbias[i % dbias.length] = dbias[i % dbias.length]! + d));
  },
  cross_entropy({ inputs: { logits, labels, weights }, outputs: { rowLoss, lse }, node }) {
    const V = dimension(node.inputs.logits, 1);
    labels.forEach((label, m) => {
      const row = logits.subarray(m * V, (m + 1) * V);
      const top = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
      lse[m] = top + Math.log(times(V, (i) => Math.exp(row[i]! - top)));
      rowLoss[m] = label < 0 ? 0 : weights[m]! * (lse[m]! - row[label]!);
    });
  },
  cross_entropy_grad({ inputs: { logits, lse, labels, weights }, outputs: { dlogits }, node }) {
    const V = dimension(node.inputs.logits, 1);
    labels.forEach((label, m) => {
      for (let i = 0; i < V; i++)
        dlogits[m * V + i] = label < 0 ? 0 : weights[m]! * (Math.exp(logits[m * V + i]! - lse[m]!) - (i === label ? 1 : 0));
    });
  },
  sum({ inputs: { x }, outputs: { y } }) {
    y[0] = x.reduce((sum, value) => sum + value, 0);
  },
  sum_squares({ inputs: { x }, outputs: { y } }) {
    y[0] = x.reduce((sum, value) => sum + value ** 2, 0);
  },
  add({ inputs: { a, b }, outputs: { c } }) {
    c.forEach((_, i) => (c[i] = a[i]! + b[i]!));
  },
  mix({ inputs: { a, b, weight }, outputs: { c } }) {
    c.forEach((_, i) => (c[i] = weight[0]! * a[i]! + (1 - weight[0]!) * b[i]!));
  },
  mix_grad({ inputs: { dc, weight }, outputs: { dpart }, node }) {
    const factor = node.attributes.rest ? 1 - weight[0]! : weight[0]!;
    dpart.forEach((_, i) => (dpart[i] = factor * dc[i]!));
  },
};

function runNode<Op extends OperationName>(node: NodeOf<Op>, valuesOf: (tensor: Tensor) => Values): void {
  const body = (BODIES as { readonly [Known in OperationName]?: Body<Known> })[node.op] as Body<Op> | undefined;
  if (!body) throw new Error(`float64: there is no body for ${node.op}`);
  const byName = (tensors: object): Record<string, Values> =>
    Object.fromEntries(Object.entries(tensors as Record<string, Tensor>).map(([name, tensor]) => [name, valuesOf(tensor)]));
  body({ inputs: byName(node.inputs) as InputsOf<Op, Values>, outputs: byName(node.outputs) as OutputsOf<Op, Values>, node });
}

/** A graph that reads the pool `parameters` and writes the pool `gradients`, both given as arrays. */
export class Float64Program {
  private readonly graph: Graph;
  private readonly own = new Map<number, Values>();

  constructor(graph: Graph) {
    this.graph = graph;
    for (const { id, size, storage } of graph.tensors)
      if (storage.kind !== 'pool') this.own.set(id, storage.kind === 'constant' ? Float64Array.from(storage.data) : new Float64Array(size));
  }

  setInput(name: string, data: ArrayLike<number>): void {
    this.own.get(this.graph.tensorNamed(name).id)!.set(data);
  }

  output(name: string): Float64Array {
    return this.own.get(this.graph.tensorNamed(name).id)!;
  }

  run(parameters: Float64Array, gradients: Float64Array): void {
    const valuesOf = (tensor: Tensor): Values => {
      const { storage, size } = tensor;
      if (storage.kind !== 'pool') return this.own.get(tensor.id)!;
      return (storage.role === 'parameters' ? parameters : gradients).subarray(storage.offset, storage.offset + size);
    };
    for (const node of this.graph.nodes) {
      if (!accumulates(node)) for (const tensor of node.writes) valuesOf(tensor).fill(0);
      runNode(node, valuesOf);
    }
  }
}
