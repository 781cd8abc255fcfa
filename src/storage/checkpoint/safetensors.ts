/**
 * The safetensors file format: 8 bytes of header length (little-endian), a JSON header with dtype, shape and byte
 * offsets of every tensor, then the raw values without gaps. Float32 is written; read-safetensors.ts reads, apart from
 * this, so that it is fetched only when a file is opened.
 */
import { type NamedTensors, sizeOf } from '../../engine/named-tensors.ts';

export const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Writes tensors in the order of the map, as float32. `format: pt` is what Hugging Face's loader asks for. */
export function writeSafetensors(
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === '__metadata__') throw new Error('safetensors: a tensor can not be called __metadata__');
    if (data.length !== sizeOf(shape))
      throw new Error(`safetensors: ${name} of shape [${shape.join(', ')}] has ${data.length} values; it must have ${sizeOf(shape)}`);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + 4 * data.length] };
    offset += 4 * data.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Values start at a multiple of 8 bytes, so that a reader may map them.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8 + json.length, 8 + headerLength);
  bytes.set(json, 8);
  let at = 8 + headerLength;
  for (const { data } of tensors.values()) {
    if (LITTLE_ENDIAN) bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    else data.forEach((value, i) => view.setFloat32(at + 4 * i, value, true));
    at += data.byteLength;
  }
  return bytes;
}
