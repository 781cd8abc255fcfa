import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../../engine/named-tensors.ts';
import { readSafetensors } from './read-safetensors.ts';
import { writeSafetensors } from './safetensors.ts';

const GOLDEN = new URL('../../../fixtures/golden/', import.meta.url);
const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(path, GOLDEN)));

/** A file from its header (any JSON value) and its data. */
function file(header: unknown, data: readonly number[] = []): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}
const entry = (start: number, end: number, shape: readonly number[] = [(end - start) / 4], dtype = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: [start, end],
});

describe('safetensors', () => {
  it('reads what Hugging Face wrote, and writes the same tensors back', () => {
    const bytes = bytesOf('fusion-v11-two/source-0/model.safetensors');
    const { tensors, metadata } = readSafetensors(bytes);
    expect(metadata).toEqual({ format: 'pt' });
    expect(tensors.get('shared.weight')?.shape).toEqual([48, 16]);
    const again = readSafetensors(writeSafetensors(tensors, metadata));
    expect(again).toMatchObject({ tensors, metadata });
    expect(new Set(again.dtypes.values())).toEqual(new Set(['F32']));
    // Same order, same layout: only the order of the header's keys may differ.
    expect(writeSafetensors(tensors).length).toBe(bytes.length);
  });

  it('lays values out as float32, little-endian, 8-aligned', () => {
    const tensors = new Map<string, HostTensor>([
      ['a', { shape: [2, 1], data: Float32Array.of(1, -2) }],
      ['scalar', { shape: [], data: Float32Array.of(0.5) }],
      ['none', { shape: [0, 3], data: new Float32Array() }],
    ]);
    const bytes = writeSafetensors(tensors);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { format: 'pt' },
      a: { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] },
      scalar: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
      none: { dtype: 'F32', shape: [0, 3], data_offsets: [12, 12] },
    });
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 128, 63, 0, 0, 0, 192, 0, 0, 0, 63]);
    expect(readSafetensors(bytes).tensors).toEqual(tensors);
  });

  it('reads a tensor that lies unaligned, and from the middle of a buffer', () => {
    const bytes = file(`${JSON.stringify({ a: entry(0, 4) })} `, [0, 0, 128, 63]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readSafetensors(shifted.subarray(3)).tensors.get('a')?.data).toEqual(Float32Array.of(1));
  });

  it.each([
    ['a short file', new Uint8Array(3), 'the file has 3 bytes'],
    ['a header longer than the file', Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0, 1), 'said to have 4294967295 bytes'],
    ['a header that is not JSON', file('nonsense'), 'not JSON'],
    ['a header that is a list', file([]), 'not a JSON object'],
    ['another dtype', file({ w: entry(0, 4, [1], 'I32') }, [0, 0, 0, 0]), 'w has dtype "I32"; F32, F16, BF16, F64 can be read'],
    ['half precision of another length', file({ w: entry(0, 4, [1], 'F16') }, [0, 0, 0, 0]), 'w of shape [1] has 4 bytes; it must have 2'],
    [
      'a shape with a point',
      file('{"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}', [0, 0, 0, 0]),
      'shape holds a number with a point',
    ],
    ['a field twice', file('{"w":{"dtype":"F32","shape":[2],"shape":[1],"data_offsets":[0,4]}}', [0, 0, 0, 0]), 'shape is there twice'],
    ['a byte order mark', file(`\uFEFF${JSON.stringify({ w: entry(0, 4) })}`, [0, 0, 0, 0]), 'not JSON'],
    ['a negative shape', file({ w: entry(0, 4, [-1]) }, [0, 0, 0, 0]), 'w has shape [-1]'],
    ['a shape that does not fit its bytes', file({ w: entry(0, 4, [2]) }, [0, 0, 0, 0]), 'w of shape [2] has 4 bytes; it must have 8'],
    ['overlapping tensors', file({ a: entry(0, 8), b: entry(4, 12) }, Array(12).fill(0)), 'b and a overlap at byte 4'],
    ['a gap', file({ a: entry(0, 4), b: entry(8, 12) }, Array(12).fill(0)), 'bytes 4 to 8 before b belong to no tensor'],
    ['data cut short', file({ a: entry(0, 8) }, [0, 0, 0, 0]), 'the tensors take 8 bytes; the file holds 4'],
    ['data left over', file({ a: entry(0, 4) }, Array(8).fill(0)), 'the tensors take 4 bytes; the file holds 8'],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }), '__metadata__.a is 1'],
    ['an entry that is no object', file({ w: 3 }), 'w is described by 3'],
  ])('refuses %s by name', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
  });

  it('reads metadata that is null as none (10.23)', () => {
    const { tensors, metadata } = readSafetensors(file({ __metadata__: null, a: entry(0, 4) }, [0, 0, 128, 63]));
    expect(metadata).toEqual({});
    expect(tensors.get('a')?.data).toEqual(Float32Array.of(1));
  });

  // Values and bytes as safetensors 0.8 and PyTorch have them.
  it.each([
    [
      'F16',
      [0, 62, 128, 192, 255, 123, 255, 3, 1, 0, 102, 46, 0, 128, 0, 124, 0, 126],
      [1.5, -2.25, 65504, 6.097555160522461e-5, 5.960464477539063e-8, 0.0999755859375, -0, Infinity, NaN],
    ],
    [
      'BF16',
      [192, 63, 16, 192, 127, 127, 1, 0, 205, 61, 0, 128, 128, 127, 192, 127],
      [1.5, -2.25, 3.3895313892515355e38, 9.183549615799121e-41, 0.10009765625, -0, Infinity, NaN],
    ],
    ['F64', [0, 0, 0, 0, 0, 0, 248, 63, 154, 153, 153, 153, 153, 153, 185, 63], [1.5, Math.fround(0.1)]],
  ])('reads %s exactly (10.23)', (dtype, data, values) => {
    const { tensors, dtypes } = readSafetensors(file({ a: entry(0, data.length, [values.length], dtype) }, data));
    expect([...(tensors.get('a')?.data ?? [])]).toEqual(values);
    expect(dtypes.get('a')).toBe(dtype);
  });

  it('refuses to write values that do not fit their shape', () => {
    expect(() => writeSafetensors(new Map([['w', { shape: [3], data: new Float32Array(2) }]]))).toThrow(
      'w of shape [3] has 2 values; it must have 3',
    );
  });
});
