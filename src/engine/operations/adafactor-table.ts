/** The table of `adafactor` (README.md): where each tensor of the pools lies, as a matrix. */
import type { Graph, Tensor } from '../graph.ts';
import { sizeOf } from '../named-tensors.ts';

/** Numbers a tensor: offset, rows, columns, first row, first column. */
export const TABLE_WIDTH = 5;

export function adafactorTable(graph: Graph): Tensor {
  const slices = [...graph.layout.slices.values()].toSorted((a, b) => a.offset - b.offset);
  let [firstRow, firstColumn] = [0, 0];
  const entries = slices.flatMap(({ offset, shape }) => {
    const [rows, columns] = [shape[0] ?? 1, sizeOf(shape.slice(1))];
    const entry = [offset, rows, columns, firstRow, firstColumn];
    firstRow += rows;
    firstColumn += columns;
    return entry;
  });
  return graph.constant(Int32Array.from(entries), [slices.length, TABLE_WIDTH]);
}
