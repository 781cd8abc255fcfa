/** Where the tensors of a graph lie in the memory of wasm. */
import { OPERATIONS, type Operation, type OperationName } from '../operations/catalogue.ts';
import type { InputsOf, NodeOf, OutputsOf } from '../operations/node.ts';
import type { Tensor } from '../tensor.ts';
import type { Kernels } from './kernels.ts';

/** Questions that a body may ask while a node is made into a call. */
export interface Placement {
  readonly kernels: Kernels;
  /** Address of a tensor in bytes. */
  address(tensor: Tensor): number;
  /** Whether a later node, or the host, reads the tensor. */
  isRead(tensor: Tensor): boolean;
  /** Address of int32 constants. */
  integers(values: readonly number[]): number;
  /** Address of the kernels' own scratch, which no call leaves anything in. */
  readonly scratch: number;
}

/**
 * The address of each of a node's tensors under its name; 0, the kernels' word for none, where there is no such tensor.
 */
export function addressesOf<Op extends OperationName>(
  node: NodeOf<Op>,
  place: Placement,
): Readonly<Record<keyof InputsOf<Op> | keyof OutputsOf<Op>, number>> {
  const tensors = { ...node.inputs, ...node.outputs } as Readonly<Record<string, Tensor | undefined>>;
  const { inputs, outputs }: Operation = OPERATIONS[node.op];
  const names = [...inputs, ...outputs].map((name) => name.replace('?', ''));
  const addressOf = (tensor: Tensor | undefined): number => (tensor ? place.address(tensor) : 0);
  return Object.fromEntries(names.map((name) => [name, addressOf(tensors[name])])) as Record<
    keyof InputsOf<Op> | keyof OutputsOf<Op>,
    number
  >;
}
