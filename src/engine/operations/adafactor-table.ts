/** The table of `adafactor` (README.md): where each tensor of the pools lies, as a matrix. */
import type { Graph } from '../graph.ts';
import { sizeOf } from '../named-tensors.ts';
import type { Tensor } from '../tensor.ts';

/**
 * Numbers of a tensor, in the order in which they lie; the last two count the rows and columns of the tensors before
 * it.
 */
const FIELDS = ['offset', 'rows', 'columns', 'firstRow', 'firstColumn'] as const;
export type TableField = (typeof FIELDS)[number];
export type TableEntry = Readonly<Record<TableField, number>>;

export const TABLE_WIDTH = FIELDS.length;
export const placeOfField = (field: TableField): number => FIELDS.indexOf(field);

export function adafactorTable(graph: Graph): Tensor {
  const slices = [...graph.layout.slices.values()].toSorted((a, b) => a.offset - b.offset);
  let [firstRow, firstColumn] = [0, 0];
  const numbers = slices.flatMap(({ offset, shape }) => {
    const entry: TableEntry = { offset, rows: shape[0] ?? 1, columns: sizeOf(shape.slice(1)), firstRow, firstColumn };
    firstRow += entry.rows;
    firstColumn += entry.columns;
    return FIELDS.map((field) => entry[field]);
  });
  return graph.constant(Int32Array.from(numbers), [slices.length, TABLE_WIDTH]);
}

/** The entries of a table's numbers. */
export function tableEntries(numbers: ArrayLike<number>): TableEntry[] {
  return Array.from({ length: numbers.length / TABLE_WIDTH }, (_, t) => {
    const [offset = 0, rows = 0, columns = 0, firstRow = 0, firstColumn = 0] = Array.from(numbers).slice(
      t * TABLE_WIDTH,
      (t + 1) * TABLE_WIDTH,
    );
    return { offset, rows, columns, firstRow, firstColumn };
  });
}

/** The entries of the table that a node reads, which is fixed when the graph is made. */
export function entriesOf(table: Tensor): TableEntry[] {
  if (table.storage.kind !== 'constant') throw new Error('the table of adafactor must be a constant');
  return tableEntries(table.storage.data);
}
