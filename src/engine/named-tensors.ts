/**
 * Named tensors in host memory: the form in which parameters are initialised, fused, saved and compared.
 * Names and layout are those of Hugging Face's checkpoints: matrices are `[out, in]`, row-major.
 */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
export type NamedTensors = ReadonlyMap<string, HostTensor>;

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}
