/**
 * Puts the scratch tensors of a graph into one arena: a tensor's place is free again after the last node that reads it.
 * What is written before a graph's seam and read behind it stays for good, so that the nodes behind the seam can run
 * again and again. First fit over a sorted free list; offsets are multiples of 256 bytes.
 */
import type { Tensor } from './tensor.ts';

const ALIGNMENT = 64;

export interface MemoryPlan {
  /** Elements of the arena. */
  readonly size: number;
  /** Tensor id → offset in elements. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** The memory that a step of a program touches; a node of a graph is one, and so is a dispatch. */
export interface Access {
  /** Name of the operation, for errors. */
  readonly op: string;
  readonly reads: readonly Tensor[];
  readonly writes: readonly Tensor[];
}

/** @param graph its steps in order, and how many stand before the seam */
export function planMemory(graph: { readonly nodes: readonly Access[]; readonly seam: number | undefined }): MemoryPlan {
  const last = new Map<number, number>();
  graph.nodes.forEach((node, index) => {
    for (const tensor of [...node.reads, ...node.writes]) if (tensor.storage.kind === 'scratch') last.set(tensor.id, index);
  });
  const { seam = 0 } = graph;
  for (const node of graph.nodes.slice(0, seam))
    for (const { id } of node.writes) if ((last.get(id) ?? 0) >= seam) last.set(id, graph.nodes.length);
  const offsets = new Map<number, number>();
  let free: { start: number; end: number }[] = [];
  let size = 0;
  const release = (start: number, end: number): void => {
    free.push({ start, end });
    free.sort((a, b) => a.start - b.start);
    const merged: typeof free = [];
    for (const range of free) {
      const previous = merged.at(-1);
      if (previous && previous.end === range.start) previous.end = range.end;
      else merged.push({ ...range });
    }
    free = merged;
  };
  const claim = (length: number): number => {
    const fit = free.find((range) => range.end - range.start >= length);
    if (fit) {
      const start = fit.start;
      fit.start += length;
      if (fit.start === fit.end) free = free.filter((range) => range !== fit);
      return start;
    }
    const tail = free.at(-1);
    if (tail && tail.end === size) {
      free = free.slice(0, -1);
      size = tail.start + length;
      return tail.start;
    }
    const start = size;
    size += length;
    return start;
  };
  const lengthOf = (elements: number): number => Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
  graph.nodes.forEach((node, index) => {
    for (const tensor of node.writes) {
      if (tensor.storage.kind === 'scratch' && !offsets.has(tensor.id)) offsets.set(tensor.id, claim(lengthOf(tensor.size)));
    }
    const seen = new Set<number>();
    for (const tensor of [...node.reads, ...node.writes]) {
      if (tensor.storage.kind !== 'scratch' || seen.has(tensor.id) || last.get(tensor.id) !== index) continue;
      seen.add(tensor.id);
      const offset = offsets.get(tensor.id);
      if (offset === undefined) throw new Error(`graph: node ${index} (${node.op}) reads a tensor that nothing wrote`);
      release(offset, offset + lengthOf(tensor.size));
    }
  });
  return { size, offsets };
}
