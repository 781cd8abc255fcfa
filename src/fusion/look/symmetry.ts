/**
 * The symmetry trap of self-fusion: copies that start equal, with equal off-diagonals, stay equal under
 * full-batch training; the model then moves like the small one and gains no capacity. The meter is the
 * relative distance ‖θ − swap(θ)‖ / ‖θ‖, where swap exchanges the copies along every axis of width.
 */
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { axesOf, isWidth } from '../../model/axes.ts';
import { parameterShapes, type T5Config } from '../../model/config.ts';
import { extent } from '../provenance.ts';

/**
 * Relative distances between twin blocks, each 0 (twins) to √2 (unrelated) or 2 (opposite); 0 where all weights are 0.
 */
export interface TwinDistance {
  readonly total: number;
  /** Over the tensors with one axis of width (embedding, norms, position bias, head). */
  readonly concatenated: number;
  /** Over the diagonal blocks of the others. */
  readonly diagonal: number;
  /** Over their off-diagonal blocks: starts near √2 under noise and falls as their common part grows. */
  readonly offDiagonal: number;
}

/**
 * Twin distance of a model made of `k` copies. For k > 2 the square is averaged over the k − 1 cyclic
 * exchanges of the copies, which for k = 2 is the one exchange there is. Throws if an axis of width can't
 * be cut into k equal parts.
 */
export function twinDistance(parameters: NamedTensors, k: number): TwinDistance {
  const sums = { concatenated: { difference: 0, norm: 0 }, diagonal: { difference: 0, norm: 0 }, offDiagonal: { difference: 0, norm: 0 } };
  for (const [name, tensor] of parameters) {
    const [rowAxis, columnAxis] = axesOf(name);
    const { rows, columns } = extent(tensor.shape);
    const rowPart = rowAxis !== undefined && isWidth(rowAxis) ? partLength(name, rows, k) : null;
    const columnPart = columnAxis !== undefined && isWidth(columnAxis) ? partLength(name, columns, k) : null;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const both = rowPart !== null && columnPart !== null;
        const kind = !both ? 'concatenated' : Math.floor(i / rowPart) === Math.floor(j / columnPart) ? 'diagonal' : 'offDiagonal';
        const value = at(tensor, i, j, columns);
        for (let shift = 1; shift < k; shift++) {
          const twin = at(tensor, moved(i, rowPart, shift, rows), moved(j, columnPart, shift, columns), columns);
          sums[kind].difference += (value - twin) ** 2 / (k - 1);
        }
        sums[kind].norm += value ** 2;
      }
    }
  }
  const all = Object.values(sums);
  const total = {
    difference: all.reduce((sum, { difference }) => sum + difference, 0),
    norm: all.reduce((sum, { norm }) => sum + norm, 0),
  };
  return {
    total: relative(total),
    concatenated: relative(sums.concatenated),
    diagonal: relative(sums.diagonal),
    offDiagonal: relative(sums.offDiagonal),
  };
}

function relative({ difference, norm }: { readonly difference: number; readonly norm: number }): number {
  return norm === 0 ? 0 : Math.sqrt(difference / norm);
}

function partLength(name: string, length: number, k: number): number {
  if (!Number.isInteger(k) || k < 2 || length % k !== 0)
    throw new Error(`${name} has ${length} units along an axis; they can't be cut into ${k} equal copies.`);
  return length / k;
}

function moved(index: number, part: number | null, shift: number, length: number): number {
  return part === null ? index : (index + shift * part) % length;
}

function at(tensor: HostTensor, row: number, column: number, columns: number): number {
  return tensor.data[row * columns + column] ?? 0;
}

/**
 * Gradient descent on a self-fused model with zero off-diagonals equals gradient descent on the *small*
 * model with its step size multiplied by these factors, by tensor. A stored weight c·θ moves by
 * −h·∇L/(c·k) (optimizer-state.ts), so θ moves by −h·∇L/(c²·k): 1/k for c = 1, k for the untied head
 * (c = 1/k), 1 for a tied and scaled model's final decoder norm (c = k^-½), k for a tied and unscaled
 * one's (c = 1/k). In a block-diagonal layer each of the k blocks of a row moves by −h·∇L/k and reads equal
 * activations: together 1.
 */
export function equivalentStepFactors(small: T5Config, k: number): Map<string, number> {
  const outputFactor = small.scaled ? k ** -0.5 : 1 / k;
  const output = small.tied ? 'decoder.final_layer_norm.weight' : 'lm_head.weight';
  const factors = new Map<string, number>();
  for (const name of parameterShapes(small).keys()) {
    const blockDiagonal = axesOf(name).filter(isWidth).length === 2;
    factors.set(name, blockDiagonal ? 1 : name === output ? 1 / (outputFactor ** 2 * k) : 1 / k);
  }
  return factors;
}
