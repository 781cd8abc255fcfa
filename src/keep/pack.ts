/**
 * A value as bytes, and back with the same bits: plain objects, lists, maps, numbers of every kind (NaN, −0, ∞) and
 * typed arrays. The bytes begin with a mark and the length of a JSON text that says how all is put together; the arrays
 * follow it, each at a multiple of eight. An array that occurs twice is written once, and is one array again when it is
 * read.
 */
import type { Told } from '../experiment/messages/say.ts';
import { tell } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';

const MARK = 'DFK1';
/** Mark and length of the text. */
const HEAD = 8;
/** A list of numbers from this length on is written as an array. */
const LONG = 16;

type Arrays = Float32Array | Float64Array | Uint8Array | Int32Array | Uint32Array;
const KINDS = { f32: Float32Array, f64: Float64Array, u8: Uint8Array, i32: Int32Array, u32: Uint32Array } as const;
type Kind = keyof typeof KINDS;

/** Keys that say that an object of the text stands for something else. */
const TAGS = { map: '$map', number: '$number', array: '$array', list: '$list' } as const;

const kindOf = (value: object): Kind | undefined => (Object.keys(KINDS) as Kind[]).find((kind) => value instanceof KINDS[kind]);

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

class Packer {
  readonly parts: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
  length = 0;
  private readonly places = new Map<object, readonly [kind: Kind, offset: number, length: number]>();

  private place(array: Arrays, kind: Kind): readonly [Kind, number, number] {
    const known = this.places.get(array);
    if (known) return known;
    const place = [kind, this.length, array.length] as const;
    this.places.set(array, place);
    this.parts.push({ offset: this.length, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
    this.length = aligned(this.length + array.byteLength);
    return place;
  }

  json(value: unknown, path: string): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : { [TAGS.number]: Object.is(value, -0) ? '-0' : String(value) };
      case 'object':
        return value === null ? null : this.object(value, path);
      default:
        throw new Error(`${path} is a ${typeof value}, which can’t be kept`);
    }
  }

  private object(value: object, path: string): unknown {
    const kind = kindOf(value);
    if (kind) return { [TAGS.array]: this.place(value as Arrays, kind) };
    if (Array.isArray(value)) {
      if (value.length >= LONG && value.every((each) => typeof each === 'number'))
        return { [TAGS.list]: this.place(Float64Array.from(value), 'f64') };
      return value.map((each, i) => this.json(each, `${path}[${i}]`));
    }
    if (value instanceof Map)
      return { [TAGS.map]: [...value].map(([key, each]) => [this.json(key, path), this.json(each, `${path}.${key}`)]) };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      throw new Error(`${path} is a ${value.constructor.name}, which can’t be kept`);
    const fields: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(value)) {
      if (key.startsWith('$')) throw new Error(`${path} has a key ${key}; no key may begin with $`);
      if (each !== undefined) fields[key] = this.json(each, `${path}.${key}`);
    }
    return fields;
  }
}

/** @throws where a part is neither plain data nor an array of numbers */
export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  const packer = new Packer();
  const text = new TextEncoder().encode(JSON.stringify(packer.json(value, 'value')));
  const begin = aligned(HEAD + text.length);
  const packed = new Uint8Array(begin + packer.length);
  packed.set(new TextEncoder().encode(MARK));
  new DataView(packed.buffer).setUint32(MARK.length, text.length, true);
  packed.set(text, HEAD);
  for (const { offset, bytes } of packer.parts) packed.set(bytes, begin + offset);
  return packed;
}

/** @throws in words, where these are no bytes of `pack` */
export function unpack(packed: Uint8Array): unknown {
  const broken = (why: Told): Error => new ToldError(tell('not-kept-bytes', { why }));
  if (packed.length < HEAD || new TextDecoder().decode(packed.subarray(0, MARK.length)) !== MARK)
    throw broken(tell('kept-without-mark', { mark: MARK }));
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(MARK.length, true);
  if (HEAD + length > packed.length) throw broken(tell('kept-text-too-long', { bytes: length, all: packed.length }));
  let text: unknown;
  try {
    text = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(packed.subarray(HEAD, HEAD + length)));
  } catch {
    throw broken(tell('kept-text-unreadable'));
  }
  const begin = aligned(HEAD + length);
  const known = new Map<string, Arrays>();
  const lists = new Map<Arrays, number[]>();
  // No two arrays of `pack` share a byte: what asks for more than there are would fill the memory from a small file.
  let room = packed.length - begin;
  const arrayAt = (place: unknown): Arrays => {
    const [kind, offset, count] = Array.isArray(place) ? (place as readonly unknown[]) : [];
    const Kept = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind as Kind] : undefined;
    if (!Kept || !isCount(offset) || !isCount(count)) throw broken(tell('kept-no-place', { place: JSON.stringify(place) }));
    if (begin + offset + count * Kept.BYTES_PER_ELEMENT > packed.length) throw broken(tell('kept-cut-off'));
    const key = `${kind as Kind} ${offset} ${count}`;
    const before = known.get(key);
    if (before) return before;
    room -= count * Kept.BYTES_PER_ELEMENT;
    if (room < 0) throw broken(tell('kept-overlapping'));
    const bytes = packed.slice(begin + offset, begin + offset + count * Kept.BYTES_PER_ELEMENT);
    const made = new Kept(bytes.buffer, 0, count);
    known.set(key, made);
    return made;
  };
  const listAt = (place: unknown): number[] => {
    const array = arrayAt(place);
    const list = lists.get(array) ?? Array.from(array);
    lists.set(array, list);
    return list;
  };
  const value = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(value);
    if (typeof json !== 'object' || json === null) return json;
    const fields = json as Readonly<Record<string, unknown>>;
    if (TAGS.array in fields) return arrayAt(fields[TAGS.array]);
    if (TAGS.list in fields) return listAt(fields[TAGS.list]);
    if (TAGS.number in fields) return Number(fields[TAGS.number]);
    if (TAGS.map in fields) return mapOf(fields[TAGS.map]);
    return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, value(each)]));
  };
  const mapOf = (entries: unknown): Map<unknown, unknown> => {
    if (!Array.isArray(entries) || !entries.every((entry) => Array.isArray(entry) && entry.length === 2)) throw broken(tell('kept-no-map'));
    return new Map(entries.map(([key, each]: unknown[]) => [value(key), value(each)]));
  };
  try {
    return value(text);
  } catch (error) {
    // Nested deeper than a call may be.
    throw error instanceof RangeError ? broken(tell('kept-text-unreadable')) : error;
  }
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
