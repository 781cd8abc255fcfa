/** Files of runs that are broken: each is refused in a sentence, nothing is taken in, and no memory filled. */
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../data/random.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import { readKeptFile, writeKeptFile } from './file.ts';
import { pack } from './pack.ts';
import type { KeptEntry } from './reports.ts';
import type { KeptStore, Pieces } from './store.ts';
import { keptEntry } from './testing/entry.ts';

/** A store in memory. */
function memory(): KeptStore & { readonly runs: Map<string, { entry: KeptEntry; pieces: Pieces }> } {
  const runs = new Map<string, { entry: KeptEntry; pieces: Pieces }>();
  return {
    runs,
    entries: async () => [...runs.values()].map(({ entry }) => entry),
    pieces: async (id) => runs.get(id)?.pieces ?? new Map(),
    piece: async (id, name) => runs.get(id)?.pieces.get(name),
    write: async ({ entry, put }) => void runs.set(entry.id, { entry, pieces: put }),
    change: async () => undefined,
    clear: async () => undefined,
    own: async () => () => undefined,
    owned: async () => new Set(),
    room: async () => null,
  };
}

let whole: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  const store = memory();
  const weights = Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i));
  for (const id of ['one', 'two'])
    await store.write({
      entry: keptEntry(id, { final: { model: 'M', loss: 1 } }),
      put: new Map([['newest', pack({ weights, curve: Array.from({ length: 40 }, (_, i) => i) })]]),
      remove: [],
    });
  whole = await writeKeptFile(store);
});

/** What comes of taking in a file: nothing at all, or the sentence with which it was refused. */
async function refusal(bytes: Uint8Array): Promise<string | null> {
  const store = memory();
  try {
    await readKeptFile(store, bytes);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ToldError);
    expect(store.runs.size).toBe(0);
    return (error as Error).message;
  }
}

/** The packed form of a text that somebody wrote by hand, with so many bytes of arrays behind it. */
function forged(text: string, arrays = 0, length = new TextEncoder().encode(text).length): Uint8Array {
  const written = new TextEncoder().encode(text);
  const bytes = new Uint8Array(Math.ceil((8 + written.length) / 8) * 8 + arrays);
  bytes.set(new TextEncoder().encode('DFK1'));
  new DataView(bytes.buffer).setUint32(4, length, true);
  bytes.set(written, 8);
  return bytes;
}

describe('a file of runs', () => {
  it('that is whole is taken in, also one of before its sum was written', async () => {
    expect(await refusal(whole)).toBeNull();
    const runs = [{ entry: keptEntry('x'), pieces: new Map([['newest', Uint8Array.of(1)]]) }];
    expect(await refusal(pack({ schema: 'deep-fusion/runs/1', runs }))).toBeNull();
  });

  it('with a bit changed anywhere, cut off anywhere, or with bytes of another file in it is refused in a sentence: 900 of them', async () => {
    const random = stream(1, 'broken files');
    for (let i = 0; i < 900; i++) {
      const bytes = whole.slice();
      const at = random.integer(bytes.length);
      if (i % 3 === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(8));
      else if (i % 3 === 2)
        for (let j = at; j < Math.min(at + 64, bytes.length); j++) bytes[j] = ((bytes[j] ?? 0) + 1 + random.integer(255)) & 255;
      const said = await refusal(i % 3 === 1 ? bytes.subarray(0, at) : bytes);
      expect(said, `number ${i}, at byte ${at} of ${whole.length}`).toMatch(/^[a-z].{10,}/);
    }
  });

  it.each([
    ['is empty', new Uint8Array()],
    ['has the mark of a sum alone', new TextEncoder().encode('DFKS')],
    ['says that its text has 4 GB', forged('{}', 0, 0xffffffff)],
    ['is no JSON', forged('{"schema":')],
    ['is of another schema', forged('{"schema":"deep-fusion/runs/9","runs":[]}')],
    ['has no runs', forged('{"schema":"deep-fusion/runs/1"}')],
    ['has a run that is a word', forged('{"schema":"deep-fusion/runs/1","runs":["one"]}')],
    ['has an array outside of it', forged('{"a":{"$array":["f32",0,4000000000]}}')],
    ['has an array of a negative length', forged('{"a":{"$array":["f32",0,-1]}}', 8)],
    ['has an array of half a number', forged('{"a":{"$array":["f64",0,0.5]}}', 8)],
    ['has a map that is none', forged('{"$map":[[1]]}')],
    ['is nested 100,000 times', forged(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
  ])('that %s is refused in a sentence', async (_, bytes) => {
    expect(await refusal(bytes)).toMatch(/^[a-z].{10,}/);
  });

  it('that asks for a hundred times its bytes, by arrays that overlap, is refused before the memory is filled: 100 of them', async () => {
    const random = stream(2, 'bombs');
    for (let i = 0; i < 100; i++) {
      const bytes = 100_000;
      const places = Array.from({ length: 2000 }, (_, at) => {
        const kind = random.integer(2) === 0 ? '$list' : '$array';
        return `{"${kind}":["u8",${at % 50},${bytes - 50 - random.integer(50)}]}`;
      });
      expect(await refusal(forged(`[${places.join(',')}]`, bytes))).toContain('more bytes than it has');
    }
  });
});
