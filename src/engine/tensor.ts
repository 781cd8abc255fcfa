/** A tensor of a graph: its shape, and where its numbers lie. */

/** Pools that a graph can refer to; each shares the model's layout. */
export type PoolRole =
  | 'parameters'
  | 'gradients'
  | 'slot1'
  | 'slot2'
  | 'groups'
  /** A direction v of change of the parameters. */
  | 'direction'
  /** The change of the gradients along it: H·v. */
  | 'product';
export type DataType = 'float32' | 'int32';

export type Storage =
  /** A range of a pool, in elements. */
  | { readonly kind: 'pool'; readonly role: PoolRole; readonly offset: number }
  /** Written from the host before a run. */
  | { readonly kind: 'input'; readonly name: string }
  /** Fixed at compile time. */
  | { readonly kind: 'constant'; readonly data: Int32Array | Float32Array }
  /** Lives from the node that writes it to the last that reads it; shares memory with others. */
  | { readonly kind: 'scratch' }
  /** Kept after the run, readable by name. */
  | { readonly kind: 'output'; readonly name: string };

export interface Tensor {
  readonly id: number;
  readonly shape: readonly number[];
  readonly size: number;
  readonly dtype: DataType;
  readonly storage: Storage;
}
