/**
 * Where every number of a grown model comes from: for each tensor a list of rectangular blocks that cover
 * it without overlap, each inherited from a source or new. The weight picture, the optimizer's state and
 * the theory's new coordinates all read this one map, and the grown weights themselves are made from it.
 * Rows and columns are those of the checkpoint's layout ([out, in]); a 1-D tensor has one column.
 */
import { sizeOf, type HostTensor, type NamedTensors } from '../engine/named-tensors.ts';

export interface Rectangle {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** A place in a source: the block of the same size at (sourceRow, sourceColumn) of its tensor `sourceName`. */
export interface SourcePlace {
  /** Index of the source. */
  readonly origin: number;
  readonly sourceName: string;
  readonly sourceRow: number;
  readonly sourceColumn: number;
  /**
   * The gradient of this block is this factor times the gradient of the source's block, at the moment of growth. See
   * optimizer-state.ts.
   */
  readonly gradientFactor: number;
}

export interface InheritedBlock extends Rectangle, SourcePlace {
  /** weight = factor · source's weight */
  readonly factor: number;
}

interface NewBlock extends Rectangle {
  readonly origin: 'new';
  /** For copies of one model: the source's block whose gradient this block has at the moment of growth. */
  readonly twin: SourcePlace | null;
}

export type ProvenanceBlock = InheritedBlock | NewBlock;

/** Tensor name → its blocks, in row-major order of their upper left corners. */
export type Provenance = ReadonlyMap<string, readonly ProvenanceBlock[]>;

export function isInherited(block: ProvenanceBlock): block is InheritedBlock {
  return block.origin !== 'new';
}

/** Rows and columns of a tensor as provenance counts them. */
export function extent(shape: readonly number[]): { readonly rows: number; readonly columns: number } {
  return { rows: shape[0] ?? 1, columns: sizeOf(shape.slice(1)) };
}

/** The blocks of a tensor. Throws if the map doesn't know the name. */
export function blocksOf(provenance: Provenance, name: string): readonly ProvenanceBlock[] {
  const blocks = provenance.get(name);
  if (blocks === undefined) throw new Error(`the provenance knows no tensor ${name}`);
  return blocks;
}

/** Calls `visit` with the flat index of every element of a block, row by row; `columns` is the tensor's. */
export function forEachIndex(block: Rectangle, columns: number, visit: (index: number) => void): void {
  for (let i = 0; i < block.rows; i++) {
    const start = (block.row + i) * columns + block.column;
    for (let j = 0; j < block.columns; j++) visit(start + j);
  }
}

/**
 * Writes `factor ·` the source's block into the block of the target, computed in float64 and rounded once.
 * `from` is one value a weight: the weights themselves, or a moment of their gradients.
 */
export function copyBlock(block: Rectangle, place: SourcePlace, factor: number, from: HostTensor, to: HostTensor): void {
  const targetColumns = extent(to.shape).columns;
  const sourceColumns = extent(from.shape).columns;
  for (let i = 0; i < block.rows; i++) {
    const target = (block.row + i) * targetColumns + block.column;
    const source = (place.sourceRow + i) * sourceColumns + place.sourceColumn;
    for (let j = 0; j < block.columns; j++) to.data[target + j] = factor * (from.data[source + j] ?? Number.NaN);
  }
}

/** The tensor that a block is inherited from. Throws if the source lacks it. */
export function sourceTensor(sources: readonly NamedTensors[], place: SourcePlace): HostTensor {
  const tensor = sources[place.origin]?.get(place.sourceName);
  if (tensor === undefined) throw new Error(`source ${place.origin} has no tensor ${place.sourceName}`);
  return tensor;
}

/** The grown model's inherited weights; new blocks are zero. Shapes are those of the grown model. */
export function inherit(
  shapes: ReadonlyMap<string, readonly number[]>,
  provenance: Provenance,
  sources: readonly NamedTensors[],
): Map<string, HostTensor> {
  const grown = new Map<string, HostTensor>();
  for (const [name, shape] of shapes) {
    const target: HostTensor = { shape, data: new Float32Array(sizeOf(shape)) };
    for (const block of blocksOf(provenance, name)) {
      if (isInherited(block)) copyBlock(block, block, block.factor, sourceTensor(sources, block), target);
    }
    grown.set(name, target);
  }
  return grown;
}

/** One entry per element of the tensor, row-major: 1 where the weight is new, 0 where it is inherited. */
export function isNewMask(provenance: Provenance, name: string): Uint8Array {
  const blocks = blocksOf(provenance, name);
  const rows = Math.max(...blocks.map((block) => block.row + block.rows));
  const columns = Math.max(...blocks.map((block) => block.column + block.columns));
  const mask = new Uint8Array(rows * columns);
  for (const block of blocks) {
    if (!isInherited(block)) forEachIndex(block, columns, (index) => (mask[index] = 1));
  }
  return mask;
}

/** Number of new elements, of one tensor or of all. */
export function newCount(provenance: Provenance, name?: string): number {
  const lists = name === undefined ? [...provenance.values()] : [blocksOf(provenance, name)];
  return lists.flat().reduce((sum, block) => (isInherited(block) ? sum : sum + block.rows * block.columns), 0);
}

/** Part of the elements that is new (0…1), of one tensor or of all. */
export function newFraction(provenance: Provenance, name?: string): number {
  const lists = name === undefined ? [...provenance.values()] : [blocksOf(provenance, name)];
  const all = lists.flat().reduce((sum, block) => sum + block.rows * block.columns, 0);
  return all === 0 ? 0 : newCount(provenance, name) / all;
}
