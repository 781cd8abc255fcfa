/**
 * Adafactor's state at a growth. It keeps of a matrix of second moments only the means r over its rows and c over its
 * columns, and takes r_i·c_j / mean(r) for the element. So the means of the grown matrix are those of the grown
 * elements: each source's estimate times its block's factor squared (optimizer-state.ts), averaged again.
 *
 * New blocks have no accumulators of their own. `transfer`: the means are taken over what is inherited, which at a
 * self-fusion is exact, as an off-diagonal block's gradient there equals its row's diagonal block's. `fill`: new blocks
 * count with their twin's second moments, or (different sources) with the mean of the layer's inherited blocks. In
 * both the tensor goes on with the step count of its sources, the smallest where they differ. A tensor of which
 * nothing is inherited starts at 0, and with β2 = 1 − 1^-0.8 = 0 its first step forgets what stands there.
 */
import { sizeOf, type HostTensor, type NamedTensors } from '../../engine/named-tensors.ts';
import { parameterShapes, type T5Config } from '../../model/config.ts';
import type { GrownMomentsPolicy, OptimizerState } from './optimizer-state.ts';
import { blocksOf, extent, isInherited, type Provenance, type ProvenanceBlock, type Rectangle, type SourcePlace } from '../provenance.ts';

/**
 * As `growSlots` (optimizer-state.ts), for means over rows in `slot1` (first column) and over columns in `slot2` (first
 * row).
 */
export function growFactoredSlots(
  policy: GrownMomentsPolicy,
  sources: readonly OptimizerState[],
  provenance: Provenance,
  target: T5Config,
): OptimizerState {
  const shapes = parameterShapes(target);
  const rows = new Map<string, HostTensor>();
  const columns = new Map<string, HostTensor>();
  const countOf = new Map<string, number>();
  for (const [name, shape] of shapes) {
    const blocks = policy === 'reset' ? [] : blocksOf(provenance, name);
    const grown = grownMeans(policy, shape, blocks, sources);
    rows.set(name, grown.rows);
    columns.set(name, grown.columns);
    countOf.set(name, Math.min(...blocks.filter(isInherited).map((block) => countAt(sources, block)), Number.POSITIVE_INFINITY));
  }
  const counts = [...new Set([...countOf.values()].map(finiteOrZero))];
  const groups = new Map(
    [...shapes].map(([name, shape]) => [
      name,
      { shape, data: new Float32Array(sizeOf(shape)).fill(counts.indexOf(finiteOrZero(countOf.get(name) ?? 0))) },
    ]),
  );
  return { config: target, slots: { slot1: rows, slot2: columns }, groups: counts.length > 1 ? groups : undefined, counts };
}

const finiteOrZero = (count: number): number => (Number.isFinite(count) ? count : 0);

/** Updates that the source's tensor has had; a tensor has one step count, that of its first element. */
function countAt(sources: readonly OptimizerState[], place: SourcePlace): number {
  const source = sources[place.origin];
  return source?.counts[source.groups?.get(place.sourceName)?.data[0] ?? 0] ?? 0;
}

function tensorOf(slot: NamedTensors | undefined, name: string): HostTensor {
  const tensor = slot?.get(name);
  if (tensor === undefined) throw new Error(`a source has no second moments of ${name}; all of them must have both means`);
  return tensor;
}

/** The estimates of a source's second moments at a block's place: element (i, j) of the block. */
function estimates(sources: readonly OptimizerState[], place: SourcePlace): (i: number, j: number) => number {
  const slots = sources[place.origin]?.slots;
  const rows = tensorOf(slots?.slot1, place.sourceName);
  const columns = tensorOf(slots?.slot2, place.sourceName).data;
  const { rows: count, columns: width } = extent(rows.shape);
  let mean = 0;
  for (let i = 0; i < count; i++) mean += (rows.data[i * width] ?? 0) / count;
  const scale = mean > 0 ? place.gradientFactor ** 2 / mean : 0;
  return (i, j) => scale * (rows.data[(place.sourceRow + i) * width] ?? 0) * (columns[place.sourceColumn + j] ?? 0);
}

/** Sums and numbers of what is known, by row and by column. */
class Means {
  private readonly sums: Float64Array;
  private readonly numbers: Float64Array;

  constructor(length: number) {
    this.sums = new Float64Array(length);
    this.numbers = new Float64Array(length);
  }

  add(index: number, value: number): void {
    this.sums[index] = (this.sums[index] ?? 0) + value;
    this.numbers[index] = (this.numbers[index] ?? 0) + 1;
  }

  /** The mean at an index; where nothing is known, that of all. */
  at(index: number): number {
    const number = this.numbers[index] ?? 0;
    if (number > 0) return (this.sums[index] ?? 0) / number;
    const all = this.numbers.reduce((a, b) => a + b, 0);
    return all > 0 ? this.sums.reduce((a, b) => a + b, 0) / all : 0;
  }
}

function grownMeans(
  policy: GrownMomentsPolicy,
  shape: readonly number[],
  blocks: readonly ProvenanceBlock[],
  sources: readonly OptimizerState[],
): { rows: HostTensor; columns: HostTensor } {
  const { rows: count, columns: width } = extent(shape);
  const [byRow, byColumn] = [new Means(count), new Means(width)];
  const visit = (block: Rectangle, value: (i: number, j: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < block.rows; i++) {
      for (let j = 0; j < block.columns; j++) {
        const v = value(i, j);
        byRow.add(block.row + i, v);
        byColumn.add(block.column + j, v);
        sum += v;
      }
    }
    return sum / (block.rows * block.columns);
  };
  const inherited = blocks.filter(isInherited);
  const mean = inherited.reduce((sum, block) => sum + visit(block, estimates(sources, block)) / inherited.length, 0);
  if (policy === 'fill' && inherited.length > 0) {
    for (const block of blocks) if (!isInherited(block)) visit(block, block.twin === null ? () => mean : estimates(sources, block.twin));
  }
  const rows = new Float32Array(sizeOf(shape));
  const columns = new Float32Array(sizeOf(shape));
  for (let i = 0; i < count; i++) rows[i * width] = byRow.at(i);
  for (let j = 0; j < width; j++) columns[j] = byColumn.at(j);
  return { rows: { shape, data: rows }, columns: { shape, data: columns } };
}
