/**
 * Reads the safetensors format (safetensors.ts writes it), believing nothing of a file. Floats of 16, 32 and 64 bits
 * are read, as float32.
 */
import { type FileCode, ofFile } from '../../experiment/messages/of-file.ts';
import { type Parts, tellError } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import { type HostTensor, type NamedTensors, sizeOf } from '../../engine/named-tensors.ts';
import { LITTLE_ENDIAN } from './safetensors.ts';

/** The format's own limit for a header. */
const HEADER_LIMIT = 100_000_000;

export interface TensorFile {
  readonly tensors: NamedTensors;
  readonly metadata: Readonly<Record<string, string>>;
  /** The type in which each tensor was stored. */
  readonly dtypes: ReadonlyMap<string, Dtype>;
}

const BYTES = { F32: 4, F16: 2, BF16: 2, F64: 8 } as const;
type Dtype = keyof typeof BYTES;
const isDtype = (value: unknown): value is Dtype => typeof value === 'string' && Object.hasOwn(BYTES, value);

interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

const wrong = <C extends FileCode>(code: C, ...parts: Parts<C>): ToldError => new ToldError(ofFile('safetensors', code, ...parts));

/** Whether a value of JSON is an object. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function readHeader(bytes: Uint8Array): { readonly header: Readonly<Record<string, unknown>>; readonly dataStart: number } {
  if (bytes.length < 8) throw wrong('tensors-short', { bytes: bytes.length });
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(Math.min(HEADER_LIMIT, bytes.length - 8)))
    throw wrong('tensors-header-length', { length: String(length), bytes: bytes.length });
  const dataStart = 8 + Number(length);
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, dataStart));
    header = JSON.parse(text);
  } catch (error) {
    throw wrong('tensors-header-no-json', { why: tellError(error) });
  }
  if (!isObject(header)) throw wrong('tensors-header-no-object');
  checkForms(text);
  return { header, dataStart };
}

/**
 * Refuses faults that JSON.parse lets pass and the format does not: a whole number written as `4.0`, and a field that
 * is there twice.
 */
function checkForms(text: string): void {
  const [, field] = /"(shape|data_offsets)"\s*:\s*\[[^\]]*(?:[.eE]|-0\b)/.exec(text) ?? [];
  if (field !== undefined) throw wrong('tensors-not-whole', { field });
  const [, twice] =
    /\{[^{}]*"(dtype|shape|data_offsets)"\s*:[^{}]*"\1"\s*:/.exec(text) ?? /"(__metadata__)"\s*:[^]*"\1"\s*:/.exec(text) ?? [];
  if (twice !== undefined) throw wrong('tensors-field-twice', { field: twice });
}

function readEntry(name: string, value: unknown): Entry {
  if (!isObject(value)) throw wrong('tensor-no-object', { name, value: JSON.stringify(value) });
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) throw wrong('tensor-dtype', { name, dtype: JSON.stringify(dtype), right: Object.keys(BYTES) });
  if (!Array.isArray(shape) || !shape.every(isWhole)) throw wrong('tensor-shape', { name, shape: JSON.stringify(shape) });
  if (!Array.isArray(offsets) || offsets.length !== 2 || !isWhole(offsets[0]) || !isWhole(offsets[1]))
    throw wrong('tensor-offsets', { name, offsets: JSON.stringify(offsets) });
  const entry: Entry = { name, dtype, shape, start: offsets[0], end: offsets[1] };
  const bytes = BYTES[dtype] * sizeOf(shape);
  if (entry.end - entry.start !== bytes)
    throw wrong('tensor-bytes', { name, shape: `[${shape.join(', ')}]`, bytes: entry.end - entry.start, right: bytes });
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
    if (value === null) continue;
    if (!isObject(value)) throw wrong('tensors-metadata', { value: JSON.stringify(value) });
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string') throw wrong('tensors-metadata-text', { key, value: JSON.stringify(text) });
      metadata[key] = text;
    }
  }
  let previous: Entry | undefined;
  for (const entry of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const expected = previous?.end ?? 0;
    if (entry.start < expected) throw wrong('tensors-overlap', { name: entry.name, before: previous?.name ?? '', at: entry.start });
    if (entry.start > expected) throw wrong('tensors-gap', { name: entry.name, from: expected, to: entry.start });
    previous = entry;
  }
  const held = bytes.length - dataStart;
  if ((previous?.end ?? 0) !== held) throw wrong('tensors-total', { taken: previous?.end ?? 0, held });
  const tensors = new Map<string, HostTensor>();
  for (const { name, dtype, shape, start, end } of entries)
    tensors.set(name, { shape, data: floats(bytes.subarray(dataStart + start, dataStart + end), dtype) });
  return { tensors, metadata, dtypes: new Map(entries.map(({ name, dtype }) => [name, dtype])) };
}

function floats(bytes: Uint8Array, dtype: Dtype): Float32Array {
  // A copy is aligned wherever the tensor lay in the file. (Not `slice`: Node's Buffer shares its memory there.)
  const copy = new Uint8Array(bytes);
  const length = copy.length / BYTES[dtype];
  if (LITTLE_ENDIAN && dtype === 'F32') return new Float32Array(copy.buffer, 0, length);
  const view = new DataView(copy.buffer);
  switch (dtype) {
    case 'F32':
      return Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i, true));
    case 'F64':
      return Float32Array.from({ length }, (_, i) => view.getFloat64(8 * i, true));
    case 'F16':
      return Float32Array.from({ length }, (_, i) => halfValue(view.getUint16(2 * i, true)));
    case 'BF16':
      // The upper half of a float32.
      return new Float32Array(Uint32Array.from({ length }, (_, i) => view.getUint16(2 * i, true) << 16).buffer);
  }
}

/** The value of IEEE half-precision bits: sign, 5 bits of exponent, 10 of mantissa. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}
