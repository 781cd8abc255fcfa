/** Between a pool's flat contents and named tensors. */
import type { Layout } from '../engine/layout.ts';
import type { HostTensor, NamedTensors } from '../engine/named-tensors.ts';

/** Flat contents of a pool, padding zero. Names the tensor that is missing or of another size. */
export function flatten(tensors: NamedTensors, layout: Layout): Float32Array {
  const flat = new Float32Array(layout.size);
  for (const slice of layout.slices.values()) {
    const tensor = tensors.get(slice.name);
    if (!tensor) throw new Error(`parameters: ${slice.name} is missing`);
    if (tensor.data.length !== slice.size)
      throw new Error(
        `parameters: ${slice.name} has ${tensor.data.length} values; its shape [${slice.shape.join(', ')}] needs ${slice.size}`,
      );
    flat.set(tensor.data, slice.offset);
  }
  return flat;
}

/** Named tensors of a pool's contents (copies). */
export function unflatten(flat: Float32Array, layout: Layout): Map<string, HostTensor> {
  const tensors = new Map<string, HostTensor>();
  for (const slice of layout.slices.values())
    tensors.set(slice.name, { shape: slice.shape, data: flat.slice(slice.offset, slice.offset + slice.size) });
  return tensors;
}
