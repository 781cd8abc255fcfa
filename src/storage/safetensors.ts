/**
 * The safetensors file format: 8 bytes of header length (little-endian), a JSON header with dtype, shape and
 * byte offsets of every tensor, then the raw values without gaps. Only float32 is read and written.
 */
import { type HostTensor, type NamedTensors, sizeOf } from '../engine/named-tensors.ts';

/** The format's own limit for a header. */
const HEADER_LIMIT = 100_000_000;

export interface TensorFile {
  readonly tensors: NamedTensors;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function readHeader(bytes: Uint8Array): { readonly header: Readonly<Record<string, unknown>>; readonly dataStart: number } {
  if (bytes.length < 8) throw new Error(`safetensors: the file has ${bytes.length} bytes; it starts with 8 bytes of header length`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(HEADER_LIMIT, bytes.length - 8)))
    throw new Error(`safetensors: the header is said to have ${length} bytes; the file has ${bytes.length}`);
  const dataStart = 8 + Number(length);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart)));
  } catch (error) {
    throw new Error(`safetensors: the header is not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
  if (!isObject(header)) throw new Error('safetensors: the header is not a JSON object');
  return { header, dataStart };
}

function readEntry(name: string, value: unknown): Entry {
  if (!isObject(value)) throw new Error(`safetensors: ${name} is described by ${JSON.stringify(value)}; it must be an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (dtype !== 'F32') throw new Error(`safetensors: ${name} has dtype ${JSON.stringify(dtype)}; only F32 can be read`);
  if (!Array.isArray(shape) || !shape.every(isWhole))
    throw new Error(`safetensors: ${name} has shape ${JSON.stringify(shape)}; it must be a list of whole numbers`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !isWhole(offsets[0]) || !isWhole(offsets[1]))
    throw new Error(`safetensors: ${name} has data_offsets ${JSON.stringify(offsets)}; it must be [start, end]`);
  const entry: Entry = { name, shape, start: offsets[0], end: offsets[1] };
  if (entry.end - entry.start !== 4 * sizeOf(shape))
    throw new Error(
      `safetensors: ${name} of shape [${shape.join(', ')}] has ${entry.end - entry.start} bytes; it must have ${4 * sizeOf(shape)}`,
    );
  return entry;
}

/** Reads a file; the tensors are copies. Names what does not fit. */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const { header, dataStart } = readHeader(bytes);
  const metadata: Record<string, string> = {};
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name !== '__metadata__') {
      entries.push(readEntry(name, value));
      continue;
    }
    if (!isObject(value)) throw new Error(`safetensors: __metadata__ is ${JSON.stringify(value)}; it must be an object of texts`);
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string') throw new Error(`safetensors: __metadata__.${key} is ${JSON.stringify(text)}; it must be a text`);
      metadata[key] = text;
    }
  }
  let previous: Entry | undefined;
  for (const entry of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const expected = previous?.end ?? 0;
    if (entry.start < expected)
      throw new Error(`safetensors: ${entry.name} and ${previous?.name ?? 'the header'} overlap at byte ${entry.start}`);
    if (entry.start > expected)
      throw new Error(`safetensors: bytes ${expected} to ${entry.start} before ${entry.name} belong to no tensor`);
    previous = entry;
  }
  const held = bytes.length - dataStart;
  if ((previous?.end ?? 0) !== held) throw new Error(`safetensors: the tensors take ${previous?.end ?? 0} bytes; the file holds ${held}`);
  const tensors = new Map<string, HostTensor>();
  for (const { name, shape, start, end } of entries)
    tensors.set(name, { shape, data: floats(bytes.subarray(dataStart + start, dataStart + end)) });
  return { tensors, metadata };
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function floats(bytes: Uint8Array): Float32Array {
  // A copy is aligned wherever the tensor lay in the file. (Not `slice`: Node's Buffer shares its memory there.)
  const copy = new Uint8Array(bytes);
  if (LITTLE_ENDIAN) return new Float32Array(copy.buffer, 0, copy.length / 4);
  const view = new DataView(copy.buffer);
  return Float32Array.from({ length: copy.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** Writes tensors in the order of the map. `format: pt` is what Hugging Face's loader asks for. */
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
