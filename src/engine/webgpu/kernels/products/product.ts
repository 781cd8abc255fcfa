/** A matrix product with its sizes, as every form of the matmul kernel takes it. */
import type { Tensor } from '../../../tensor.ts';

/** Names of a product's tensors in WGSL. */
export interface ProductNames {
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly add?: string | undefined;
}

/** c = alpha·op(a)·op(b) (+ add) (+ c): [m, n] from [m, k] and [k, n] after transposing. */
export interface Product {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly c: Tensor;
  readonly add: Tensor | undefined;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly accumulate: boolean;
  readonly alpha: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}
