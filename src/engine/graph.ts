/**
 * A computation over buffers that never move, as a list of operations in order. A model, its gradient and the
 * optimizer's step are written into one graph once; a device compiles the graph into a program that is replayed
 * at every step without any decision left to take (one submit on WebGPU, a list of calls on wasm).
 */
import type { Layout } from './layout.ts';
import { sizeOf } from './named-tensors.ts';
import type { OperationName } from './operations/catalogue.ts';
import { printGraph } from './operations/print.ts';
import { makeNode, type GivenAttributes, type InputsOf, type NoAttributes, type Node, type OutputsOf } from './operations/node.ts';
import type { DataType, PoolRole, Storage, Tensor } from './tensor.ts';

export class Graph {
  readonly nodes: Node[] = [];
  /**
   * Number of nodes that depend on the parameters and the batch only: `Program.rerun` begins behind them, with what
   * they left.
   */
  seam: number | undefined;
  readonly tensors: Tensor[] = [];
  readonly layout: Layout;
  private readonly poolTensors = new Map<string, Tensor>();
  private readonly named = new Map<string, Tensor>();

  constructor(layout: Layout) {
    this.layout = layout;
  }

  private add(shape: readonly number[], dtype: DataType, storage: Storage): Tensor {
    const tensor: Tensor = { id: this.tensors.length, shape, size: sizeOf(shape), dtype, storage };
    this.tensors.push(tensor);
    return tensor;
  }

  scratch(shape: readonly number[]): Tensor {
    return this.add(shape, 'float32', { kind: 'scratch' });
  }

  output(name: string, shape: readonly number[]): Tensor {
    const tensor = this.add(shape, 'float32', { kind: 'output', name });
    if (this.named.has(name)) throw new Error(`graph: two inputs or outputs are named ${name}`);
    this.named.set(name, tensor);
    return tensor;
  }

  input(name: string, shape: readonly number[], dtype: DataType): Tensor {
    const known = this.named.get(name);
    if (known) return known;
    const tensor = this.add(shape, dtype, { kind: 'input', name });
    this.named.set(name, tensor);
    return tensor;
  }

  constant(data: Int32Array | Float32Array, shape: readonly number[]): Tensor {
    return this.add(shape, data instanceof Int32Array ? 'int32' : 'float32', { kind: 'constant', data });
  }

  /** A parameter (or pack of parameters, see layout.ts) as it lies in a pool. */
  pooled(role: PoolRole, name: string): Tensor {
    const key = `${role}/${name}`;
    const known = this.poolTensors.get(key);
    if (known) return known;
    const slice = this.layout.slices.get(name) ?? this.layout.packs.get(name);
    if (!slice) throw new Error(`graph: no parameter is named ${name}`);
    const tensor = this.add(slice.shape, 'float32', { kind: 'pool', role, offset: slice.offset });
    this.poolTensors.set(key, tensor);
    return tensor;
  }

  /** The slice of another pool that lies where a named tensor of a pool lies in its own. */
  counterpart(tensor: Tensor, role: PoolRole): Tensor {
    for (const [key, known] of this.poolTensors) if (known === tensor) return this.pooled(role, key.slice(key.indexOf('/') + 1));
    throw new Error('graph: this tensor is not in a pool');
  }

  /** Parameters that some node refers to. */
  parametersInUse(): ReadonlySet<Tensor> {
    const found = new Set<Tensor>();
    for (const node of this.nodes)
      for (const input of node.reads) if (input.storage.kind === 'pool' && input.storage.role === 'parameters') found.add(input);
    return found;
  }

  /** A whole pool as one vector. */
  wholePool(role: PoolRole): Tensor {
    const known = this.poolTensors.get(role);
    if (known) return known;
    const tensor = this.add([this.layout.size], 'float32', { kind: 'pool', role, offset: 0 });
    this.poolTensors.set(role, tensor);
    return tensor;
  }

  /** Appends an operation; its tensors and attributes by the names in operations/catalogue.ts. */
  push<Op extends OperationName>(
    op: Op,
    inputs: InputsOf<Op>,
    outputs: OutputsOf<Op>,
    // Attributes may be left out where every one has a default.
    ...[attributes]: NoAttributes extends GivenAttributes<Op> ? [attributes?: GivenAttributes<Op>] : [attributes: GivenAttributes<Op>]
  ): void {
    this.nodes.push(makeNode(op, inputs, outputs, attributes));
  }

  tensorNamed(name: string): Tensor {
    const tensor = this.named.get(name);
    if (!tensor) throw new Error(`graph: nothing is named ${name}; there are ${[...this.named.keys()].join(', ')}`);
    return tensor;
  }

  /** All inputs that the host writes before a run. */
  get inputs(): readonly Tensor[] {
    return this.tensors.filter((tensor) => tensor.storage.kind === 'input');
  }

  get outputs(): readonly Tensor[] {
    return this.tensors.filter((tensor) => tensor.storage.kind === 'output');
  }

  /** One line an operation (operations/print.ts). */
  toString(): string {
    return printGraph(this);
  }
}

/** The first node of a rerun. */
export function seamOf(graph: Graph): number {
  if (graph.seam === undefined) throw new Error('this program can only be run whole: its graph has no seam');
  return graph.seam;
}
