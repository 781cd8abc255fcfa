/**
 * The reference device: interprets a graph with plain tfjs operations on whatever backend is set. Slow; it is
 * what the other devices are compared with. Values live in host memory between operations.
 */
import * as tf from '@tensorflow/tfjs';
import type { Device, Pool, Program } from '../device.ts';
import type { DeviceLoss } from '../faults.ts';
import { seamOf, type Graph } from '../graph.ts';
import type { Layout } from '../layout.ts';
import type { OperationName } from '../operations/catalogue.ts';
import { accumulates, type InputsOf, type Node, type NodeOf } from '../operations/node.ts';
import type { DataType, PoolRole, Tensor } from '../tensor.ts';
import { PLAIN_BODIES } from './bodies.ts';
import type { Body } from './body.ts';
import { TANGENT_BODIES } from './tangents.ts';

type Values = Float32Array | Int32Array;

const BODIES: { readonly [Op in OperationName]: Body<Op> } = { ...PLAIN_BODIES, ...TANGENT_BODIES };

class HostPool implements Pool {
  readonly layout: Layout;
  values: Float32Array;
  disposed = false;
  constructor(layout: Layout) {
    this.layout = layout;
    this.values = new Float32Array(layout.size);
  }
}

function hostPool(pool: Pool): HostPool {
  if (!(pool instanceof HostPool)) throw new Error('reference: the pool belongs to another device');
  if (pool.disposed) throw new Error('reference: the pool has been disposed of');
  return pool;
}
const zeros = (dtype: DataType, size: number): Values => (dtype === 'int32' ? new Int32Array(size) : new Float32Array(size));

/** Runs one node on host memory. */
function interpret<Op extends OperationName>(node: NodeOf<Op> & Node, valuesOf: (tensor: Tensor) => Values): void {
  const body: Body<Op> = BODIES[node.op];
  tf.tidy(() => {
    const toTensor = (tensor: Tensor): tf.Tensor => tf.tensor(valuesOf(tensor).slice(), [...tensor.shape], tensor.dtype);
    const inputs = Object.fromEntries(
      Object.entries<Tensor>(node.inputs as Record<string, Tensor>).map(([name, tensor]) => [name, toTensor(tensor)]),
    );
    const outputs = Object.entries<Tensor>(node.outputs as Record<string, Tensor>);
    const given = body(inputs as InputsOf<Op, tf.Tensor>, node) as Readonly<Record<string, tf.Tensor | undefined>>;
    // All are read before one is written: an update's outputs are its inputs.
    const results = outputs.map(([name]) => given[name]?.dataSync());
    outputs.forEach(([name, tensor], i) => {
      const result = results[i];
      const target = valuesOf(tensor);
      if (result?.length !== target.length)
        throw new Error(`reference: ${node.op} gave ${result?.length} values for ${name} of shape [${tensor.shape.join(', ')}]`);
      if (accumulates(node)) for (let k = 0; k < target.length; k++) target[k] = (target[k] as number) + (result[k] as number);
      else target.set(result);
    });
  });
}

class ReferenceProgram implements Program {
  readonly calls: number;
  private readonly graph: Graph;
  private readonly pools: Readonly<Partial<Record<PoolRole, Pool>>>;
  private readonly own = new Map<number, Values>();

  constructor(graph: Graph, pools: Readonly<Partial<Record<PoolRole, Pool>>>) {
    this.graph = graph;
    this.pools = pools;
    this.calls = graph.nodes.length;
    for (const { id, dtype, size, storage } of graph.tensors) {
      if (storage.kind !== 'pool') this.own.set(id, storage.kind === 'constant' ? storage.data.slice() : zeros(dtype, size));
    }
  }

  private valuesOf = (tensor: Tensor): Values => {
    const { storage } = tensor;
    if (storage.kind !== 'pool') return this.own.get(tensor.id) as Values;
    const pool = this.pools[storage.role];
    if (!pool) throw new Error(`reference: the graph needs a pool of ${storage.role}`);
    return hostPool(pool).values.subarray(storage.offset, storage.offset + tensor.size);
  };

  setInput(name: string, data: Int32Array | Float32Array): void {
    const tensor = this.graph.tensorNamed(name);
    const values = this.valuesOf(tensor);
    if (data.length !== values.length) throw new Error(`input ${name} has ${data.length} values; the graph wants ${values.length}`);
    values.set(data);
  }

  run(): void {
    for (const node of this.graph.nodes) interpret(node, this.valuesOf);
  }

  rerun(): void {
    for (const node of this.graph.nodes.slice(seamOf(this.graph))) interpret(node, this.valuesOf);
  }

  read(output: string): Promise<Float32Array> {
    return Promise.resolve(Float32Array.from(this.valuesOf(this.graph.tensorNamed(output))));
  }

  bytes(): number {
    let total = 0;
    for (const values of this.own.values()) total += values.byteLength;
    return total;
  }

  dispose(): void {
    this.own.clear();
  }
}

export class ReferenceDevice implements Device {
  readonly kind = 'reference';
  readonly waits = 0;
  readonly description = '';
  readonly lost = new Promise<DeviceLoss>(() => {});
  private readonly pools = new Set<HostPool>();
  private readonly programs = new Set<ReferenceProgram>();

  createPool(layout: Layout): Pool {
    const pool = new HostPool(layout);
    this.pools.add(pool);
    return pool;
  }

  disposePool(pool: Pool): void {
    const own = hostPool(pool);
    own.disposed = true;
    own.values = new Float32Array(0);
    this.pools.delete(own);
  }

  write(pool: Pool, data: Float32Array): void {
    hostPool(pool).values.set(data);
  }

  read(pool: Pool): Promise<Float32Array> {
    return Promise.resolve(hostPool(pool).values.slice());
  }

  copy(from: Pool, to: Pool): void {
    hostPool(to).values.set(hostPool(from).values);
  }

  axpy(a: number, x: Pool, y: Pool): void {
    const [from, to] = [hostPool(x).values, hostPool(y).values];
    for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + a * (from[i] as number);
  }

  scale(a: number, x: Pool): void {
    const { values } = hostPool(x);
    for (let i = 0; i < values.length; i++) values[i] = a * (values[i] as number);
  }

  dot(x: Pool, y: Pool): number {
    const [left, right] = [hostPool(x).values, hostPool(y).values];
    let sum = 0;
    for (let i = 0; i < left.length; i++) sum += (left[i] as number) * (right[i] as number);
    return sum;
  }

  compile(graph: Graph, pools: Readonly<Partial<Record<PoolRole, Pool>>>): Promise<Program> {
    const program = new ReferenceProgram(graph, pools);
    this.programs.add(program);
    const { dispose } = program;
    program.dispose = () => {
      dispose.call(program);
      this.programs.delete(program);
    };
    return Promise.resolve(program);
  }

  bytes(): number {
    let total = 0;
    for (const { values } of this.pools) total += values.byteLength;
    for (const program of this.programs) total += program.bytes();
    return total;
  }

  dispose(): void {
    for (const program of [...this.programs]) program.dispose();
    for (const pool of [...this.pools]) this.disposePool(pool);
  }
}
