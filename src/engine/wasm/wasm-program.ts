/**
 * A graph compiled for wasm: one block of memory with scratch, constants, inputs and outputs at fixed places, and
 * a list of calls with every address in them. A run allocates nothing and decides nothing.
 */
import type { Pool, Program } from '../device.ts';
import { seamOf, type Graph } from '../graph.ts';
import { planMemory } from '../memory-plan.ts';
import type { OperationName } from '../operations/catalogue.ts';
import type { NodeOf } from '../operations/node.ts';
import type { PoolRole, Tensor } from '../tensor.ts';
import { PLAIN_BODIES, scratchBytes, type Body } from './bodies.ts';
import type { Kernels } from './kernels.ts';
import type { Block, SharedMemory } from './memory.ts';
import type { Placement } from './placement.ts';
import { TANGENT_BODIES } from './tangent-bodies.ts';

const BODIES: { readonly [Op in OperationName]: Body<Op> } = { ...PLAIN_BODIES, ...TANGENT_BODIES };

function callOf<Op extends OperationName>(node: NodeOf<Op>, place: Placement): () => void {
  const body: Body<Op> = BODIES[node.op];
  return body(node, place);
}

export interface PlacedPool extends Pool {
  readonly address: number;
}
export type PlacedPools = Readonly<Partial<Record<PoolRole, PlacedPool>>>;

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

export class WasmProgram implements Program {
  readonly calls: number;
  private readonly graph: Graph;
  private readonly memory: SharedMemory;
  private readonly pools: readonly PlacedPool[];
  private readonly blocks: Block[] = [];
  private readonly places = new Map<number, number>();
  private readonly steps: readonly (() => void)[];
  private disposed = false;

  private readonly onDispose: () => void;

  constructor(graph: Graph, pools: PlacedPools, kernels: Kernels, memory: SharedMemory, onDispose: () => void) {
    this.onDispose = onDispose;
    this.graph = graph;
    this.memory = memory;
    this.pools = Object.values(pools);
    try {
      const scratch = this.place(pools, kernels);
      this.steps = this.compile(kernels, scratch);
    } catch (error) {
      this.free();
      throw error;
    }
    this.calls = this.steps.length;
  }

  /** Gives every tensor its address; returns that of the kernels' scratch. */
  private place(pools: PlacedPools, kernels: Kernels): number {
    const plan = planMemory(this.graph);
    let end = aligned(plan.size * 4);
    const offsets = new Map<number, number>();
    for (const { id, size, storage } of this.graph.tensors) {
      if (storage.kind === 'pool') {
        const pool = pools[storage.role];
        if (!pool) throw new Error(`wasm: the graph needs a pool of ${storage.role}; the pools given are ${Object.keys(pools).join(', ')}`);
        this.places.set(id, pool.address + storage.offset * 4);
      } else if (storage.kind === 'scratch') {
        const offset = plan.offsets.get(id);
        if (offset !== undefined) offsets.set(id, offset * 4);
      } else {
        offsets.set(id, end);
        end += aligned(size * 4);
      }
    }
    const own = Math.max(0, ...this.graph.nodes.map((node) => scratchBytes(node, kernels)));
    const block = this.memory.allocate(end + own);
    this.blocks.push(block);
    for (const [id, offset] of offsets) this.places.set(id, block.address + offset);
    for (const { id, storage } of this.graph.tensors) {
      if (storage.kind !== 'constant') continue;
      const index = (this.places.get(id) as number) >>> 2;
      if (storage.data instanceof Int32Array) this.memory.integers().set(storage.data, index);
      else this.memory.floats().set(storage.data, index);
    }
    return block.address + end;
  }

  private addressOf = (tensor: Tensor): number => {
    const address = this.places.get(tensor.id);
    if (address === undefined) throw new Error(`wasm: tensor ${tensor.id} of shape [${tensor.shape.join(', ')}] is written by no node`);
    return address;
  };

  private compile(kernels: Kernels, scratch: number): readonly (() => void)[] {
    const read = new Set<number>();
    for (const node of this.graph.nodes) for (const tensor of node.reads) read.add(tensor.id);
    for (const tensor of this.graph.outputs) read.add(tensor.id);
    const lists = new Map<string, number>();
    const integers = (values: readonly number[]): number => {
      const key = values.join(',');
      const known = lists.get(key);
      if (known !== undefined) return known;
      const block = this.memory.allocate(values.length * 4);
      this.blocks.push(block);
      this.memory.integers().set(values, block.address >>> 2);
      lists.set(key, block.address);
      return block.address;
    };
    const place: Placement = { kernels, address: this.addressOf, isRead: (tensor: Tensor) => read.has(tensor.id), integers, scratch };
    return this.graph.nodes.map((node) => callOf(node, place));
  }

  private alive(): void {
    if (this.disposed) throw new Error('wasm: the program has been disposed of');
  }

  setInput(name: string, data: Int32Array | Float32Array): void {
    this.alive();
    const tensor = this.graph.tensorNamed(name);
    if (tensor.storage.kind !== 'input') throw new Error(`wasm: ${name} is no input of the graph`);
    if (data.length !== tensor.size) throw new Error(`wasm: input ${name} has ${data.length} values; the graph wants ${tensor.size}`);
    const index = this.addressOf(tensor) >>> 2;
    if (tensor.dtype === 'int32') this.memory.integers().set(data, index);
    else this.memory.floats().set(data, index);
  }

  run(): void {
    this.call(0);
  }

  rerun(): void {
    this.call(seamOf(this.graph));
  }

  private call(first: number): void {
    this.alive();
    // A freed pool's memory may be someone else's by now.
    for (const pool of this.pools) if (pool.disposed) throw new Error('wasm: a pool of the program has been disposed of');
    for (let i = first; i < this.steps.length; i++) this.steps[i]?.();
  }

  read(output: string): Promise<Float32Array> {
    this.alive();
    const tensor = this.graph.tensorNamed(output);
    const index = this.addressOf(tensor) >>> 2;
    return Promise.resolve(this.memory.floats().slice(index, index + tensor.size));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.free();
    this.onDispose();
  }

  private free(): void {
    for (const block of this.blocks.splice(0)) this.memory.free(block);
  }
}
