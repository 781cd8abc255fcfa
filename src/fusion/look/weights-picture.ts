/**
 * A tensor as a small picture: mean |w| of a grid of at most 28 × 28 cells, none of which mixes two
 * provenance blocks, and the mean |w| of each block.
 */
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { extent, forEachIndex, type ProvenanceBlock, type Rectangle } from '../provenance.ts';

const LARGEST = 28;

interface PictureBlock extends Rectangle {
  /** Index of the source, or `new`. */
  readonly origin: number | 'new';
  readonly meanAbsolute: number;
}

export interface WeightsPicture {
  /** Cells along the rows and the columns of the tensor. */
  readonly height: number;
  readonly width: number;
  /** Mean |w| by cell, row-major. */
  readonly cells: Float32Array<ArrayBuffer>;
  /** Size of the tensor itself ([out, in]; a 1-D tensor has one column). */
  readonly rows: number;
  readonly columns: number;
  /**
   * Where cells begin and end, in rows and columns of the tensor: height + 1 and width + 1 numbers. Cells of a block
   * differ by at most one row or column in size.
   */
  readonly rowEdges: readonly number[];
  readonly columnEdges: readonly number[];
  readonly blocks: readonly PictureBlock[];
}

/** The picture of a tensor. Without blocks (a model that has not grown) it is one block of `origin`. */
export function weightsPicture(tensor: HostTensor, blocks: readonly ProvenanceBlock[] | null, origin = 0): WeightsPicture {
  const { rows, columns } = extent(tensor.shape);
  const whole: readonly (Rectangle & { readonly origin: number | 'new' })[] = blocks ?? [{ origin, row: 0, column: 0, rows, columns }];
  const rowEdges = edges(
    rows,
    whole.map((block) => block.row),
  );
  const columnEdges = edges(
    columns,
    whole.map((block) => block.column),
  );
  const height = rowEdges.length - 1;
  const width = columnEdges.length - 1;
  const cells = new Float32Array(height * width);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) cells[i * width + j] = meanAbsolute(tensor, between(rowEdges, columnEdges, i, j), columns);
  }
  const report = whole.map((block) => ({
    origin: block.origin,
    row: block.row,
    column: block.column,
    rows: block.rows,
    columns: block.columns,
    meanAbsolute: meanAbsolute(tensor, block, columns),
  }));
  return { height, width, cells, rows, columns, rowEdges, columnEdges, blocks: report };
}

/** A model's parameters after so many updates. */
export interface Look {
  readonly model: string;
  readonly step: number;
  readonly parameters: NamedTensors;
}

/**
 * A model as it was looked at last, and the time before that: the two between which its weights are seen to move. A
 * second look at the same step changes nothing; another model, or an earlier step, begins anew.
 */
export class Looks {
  private before: Look | null = null;
  private now: Look | null = null;

  add(look: Look): void {
    const { now } = this;
    if (now?.model === look.model && now.step === look.step) return;
    this.before = now?.model === look.model && now.step < look.step ? now : null;
    this.now = look;
  }

  /**
   * How far the weights of a tensor moved in a step, (w − w before) / steps, in the mean over the steps between the
   * looks; null before there are two.
   */
  change(name: string): { readonly steps: number; readonly tensor: HostTensor } | null {
    const [old, fresh] = [this.before?.parameters.get(name), this.now?.parameters.get(name)];
    if (!this.before || !this.now || !old || old.data.length !== fresh?.data.length) return null;
    const steps = this.now.step - this.before.step;
    return { steps, tensor: { shape: fresh.shape, data: fresh.data.map((value, i) => (value - (old.data[i] ?? 0)) / steps) } };
  }
}

function between(rowEdges: readonly number[], columnEdges: readonly number[], i: number, j: number): Rectangle {
  const row = rowEdges[i] ?? 0;
  const column = columnEdges[j] ?? 0;
  return { row, column, rows: (rowEdges[i + 1] ?? row) - row, columns: (columnEdges[j + 1] ?? column) - column };
}

function meanAbsolute(tensor: HostTensor, block: Rectangle, columns: number): number {
  let sum = 0;
  forEachIndex(block, columns, (index) => (sum += Math.abs(tensor.data[index] ?? 0)));
  return sum / (block.rows * block.columns);
}

/**
 * Cuts an axis into at most 28 cells that respect the starts of the blocks. Blocks get cells in proportion
 * to their length, exactly where a number of cells ≤ 28 allows it, so that borders lie where the eye expects
 * them. More than 28 block borders can't be respected: then the cells are even.
 */
export function edges(length: number, starts: readonly number[]): readonly number[] {
  const borders = [...new Set([0, ...starts, length])].toSorted((a, b) => a - b);
  const lengths = borders.slice(1).map((border, i) => border - (borders[i] ?? 0));
  if (lengths.length > LARGEST) return evenly(0, length, LARGEST);
  const unit = length / lengths.reduce(greatestCommonDivisor);
  const count = unit <= Math.min(LARGEST, length) ? Math.floor(Math.min(LARGEST, length) / unit) * unit : Math.min(LARGEST, length);
  const shares = apportion(lengths, count);
  return [0, ...borders.slice(0, -1).flatMap((border, i) => evenly(border, lengths[i] ?? 0, shares[i] ?? 1).slice(1))];
}

function evenly(start: number, length: number, cells: number): number[] {
  return Array.from({ length: cells + 1 }, (_, i) => start + Math.floor((i * length) / cells));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * `count` cells shared out in proportion to the lengths, at least one each, never more than units: one at a time to the
 * part that is furthest behind.
 */
function apportion(lengths: readonly number[], count: number): readonly number[] {
  const shares = lengths.map(() => 1);
  for (let given = lengths.length; given < count; given++) {
    const ratios = lengths.map((length, i) => ((shares[i] ?? 0) < length ? length / (shares[i] ?? 1) : 0));
    const furthest = ratios.indexOf(Math.max(...ratios));
    shares[furthest] = (shares[furthest] ?? 0) + 1;
  }
  return shares;
}
