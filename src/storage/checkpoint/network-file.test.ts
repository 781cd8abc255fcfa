import { readdirSync, readFileSync } from 'node:fs';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { isTold, type Told } from '../../experiment/messages/say.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import { textFile, zipFiles } from '../files.ts';
import { unzip } from '../unzip.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { type NamedFile, type NetworkFile, readNetworks, readTokens } from './network-file.ts';
import { unigramTokenizer, writeTokenizer } from './tokenizer.ts';

const GOLDEN = new URL('../../../fixtures/golden/', import.meta.url);
const folder = (name: string, under = ''): NamedFile[] =>
  readdirSync(new URL(`${name}/`, GOLDEN))
    .filter((file) => /^(config\.json|model\.safetensors)$/.test(file))
    .map((file) => ({ path: `${under}${file}`, bytes: new Uint8Array(readFileSync(new URL(`${name}/${file}`, GOLDEN))) }));
const zipOf = (files: readonly NamedFile[]): Uint8Array<ArrayBuffer> =>
  zipFiles(files.map(({ path, bytes }) => ({ path, bytes: new Uint8Array(bytes) })));
const only = (files: readonly NamedFile[], label = 'x'): NetworkFile => {
  const [network, ...others] = readNetworks(files, label);
  expect(others).toEqual([]);
  return network as NetworkFile;
};
const V10 = 'fusion-v10-two/source-0';
const TOKENS = ['<pad>', '</s>', '<unk>', 'a', 'b'];

describe('a network from files', () => {
  it.each([V10, 'fusion-v11-two/source-0', 'checkpoint-gated-relu', 'checkpoint-gated-silu', 'checkpoint-dense-act-gelu'])(
    'of the form of %s is the same from a folder, a zip, loose files, and what is written of it',
    (name) => {
      const network = only(folder(name));
      expect(network.mark).toMatch(/^[0-9a-f]{16}$/);
      expect(only(unzip(zipOf(folder(name, 'some/folder/')))).mark).toBe(network.mark);
      const [config, weights] = folder(name);
      expect(only([config, { path: 'whatever.safetensors', bytes: weights?.bytes }] as NamedFile[]).mark).toBe(network.mark);
      const again = only(writeCheckpoint('out', network));
      expect(again.mark).toBe(network.mark);
      expect(again.config).toEqual(network.config);
      expect(again.parameters).toEqual(network.parameters);
    },
  );

  it('has another mark than one with another weight, or another configuration', () => {
    const network = only(folder(V10));
    const changed = new Map([...network.parameters].map(([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }]));
    const [first] = changed.values();
    if (first) first.data[0] = 0.25;
    expect(only(writeCheckpoint('out', { ...network, parameters: changed })).mark).not.toBe(network.mark);
    expect(only(writeCheckpoint('out', { ...network, config: { ...network.config, layer_norm_epsilon: 1e-5 } })).mark).not.toBe(
      network.mark,
    );
  });

  it('is one of several in a zip, each by the folder that it lies in', () => {
    const all = unzip(zipOf([...folder(V10, 'checkpoints/A-300/'), ...folder('fusion-v10-two/source-1', 'checkpoints/A-20/')]));
    expect(readNetworks(all, 'result').map(({ name }) => name)).toEqual(['result/checkpoints/A-20', 'result/checkpoints/A-300']);
  });

  it('has the tokens of a tokenizer.json of any model', () => {
    const [tokenizer] = writeTokenizer('', TOKENS);
    const files = [...folder(V10), { path: 'tokenizer.json', bytes: tokenizer?.bytes ?? new Uint8Array() }];
    expect(only(files).tokens).toEqual(TOKENS);
    expect(only(folder(V10)).tokens).toBeNull();
    expect(readTokens(JSON.stringify(unigramTokenizer(TOKENS.map((token) => [token, -1]))))).toEqual(TOKENS);
    expect(() => readTokens('{"model":{"vocab":{"a":1e9}}}')).toThrow('"a" has id 1000000000; it must be a whole number below 1000000');
    expect(() => readTokens('{}')).toThrow('model.vocab is missing');
  });

  it.each([
    [['pytorch_model.bin', 'config.json'], 'save_pretrained(…) of transformers writes model.safetensors'],
    [
      ['model.safetensors.index.json', 'model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors', 'config.json'],
      'in several files',
    ],
    [['model.safetensors'], 'model.safetensors has no config.json beside it'],
    [['config.json'], 'config.json has no model.safetensors beside it'],
    [['a.safetensors', 'b.safetensors', 'config.json'], 'config.json has no model.safetensors beside it'],
    [['parameters.safetensors', 'config.json'], 'its norms are taken over groups'],
    [['notes.txt'], 'there is no checkpoint'],
  ])('is not in %j, and it is said what would do', (names, words) => {
    expect(() =>
      readNetworks(
        names.map((path) => ({ path, bytes: new Uint8Array() })),
        'x',
      ),
    ).toThrow(words);
  });

  it('is not in a file that came alone, which is named by its own name only', () => {
    expect(() => readNetworks([{ path: 'config.json', bytes: new Uint8Array() }], '')).toThrow(/^config\.json has no model\.safetensors/);
  });

  it('with a weight that is no number is refused by the name of its tensor', () => {
    const network = only(folder(V10));
    const [[name, tensor] = ['', { shape: [0], data: new Float32Array() }]] = network.parameters;
    const broken = new Map([...network.parameters, [name, { ...tensor, data: tensor.data.map(() => Number.NaN) }]]);
    expect(() => readNetworks(writeCheckpoint('out', { ...network, parameters: broken }), 'x')).toThrow(
      `x/out: checkpoint: ${name} holds NaN at place 0`,
    );
  });
});

/** Draws whole numbers below a limit, the same in each run. */
function dice(seed: number): (below: number) => number {
  const generator = xoroshiro128plus(seed);
  return (below) => (generator.next() >>> 0) % below;
}

/**
 * One thing that happens to a file: bits, bytes or stretches change, are cut out, come twice, or the rest is missing.
 */
function mutate(bytes: Uint8Array, roll: (below: number) => number): Uint8Array {
  const at = roll(bytes.length);
  const length = 1 + roll(Math.min(64, bytes.length - at));
  const copy = bytes.slice();
  switch (roll(6)) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << roll(8));
      return copy;
    case 1:
      return copy.fill(255, at, at + length);
    case 2:
      return copy.fill(0, at, at + length);
    case 3:
      return bytes.slice(0, at);
    case 4:
      return new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + length)]);
    default:
      return new Uint8Array([...bytes.subarray(0, at + length), ...bytes.subarray(at)]);
  }
}

/** Whether all of a message is told by codes, but for what the browser says of a text that is no JSON. */
const saysByCode = ({ said }: Told): boolean =>
  said.code !== 'error' &&
  Object.values(said.with).every(
    (part) => !isTold(part) || saysByCode(part) || /^(json-unreadable|tensors-header-no-json|zip-not-unpacked)$/.test(said.code),
  );

describe('a broken file', () => {
  const [tokenizer] = writeTokenizer('', TOKENS);
  const good = [...folder('checkpoint-gated-relu'), { path: 'tokenizer.json', bytes: tokenizer?.bytes ?? new Uint8Array() }];
  const mark = only(good).mark;
  /** What a reader makes of it, or what it says. */
  const attempt = (read: () => readonly NetworkFile[]): NetworkFile | string => {
    try {
      const [network] = read();
      return network ?? 'nothing was read';
    } catch (error) {
      // By a code, so that a page in another language can say it.
      expect(error).toBeInstanceOf(ToldError);
      expect(saysByCode((error as ToldError).told)).toBe(true);
      return (error as Error).message;
    }
  };
  /** A message of ours, which names the file. */
  const SAID = /^(zip|x(\/.*)?): /;

  it('of 1,000 zips is refused in words, or is the network that it was', () => {
    const zip = zipOf(good);
    const roll = dice(7);
    let refused = 0;
    for (let i = 0; i < 1000; i++) {
      const broken = mutate(zip, roll);
      const found = attempt(() => readNetworks(unzip(broken), 'x'));
      if (typeof found === 'string') {
        expect(found).toMatch(SAID);
        refused++;
      } else expect(found.mark).toBe(mark);
    }
    expect(refused).toBeGreaterThan(800);
  });

  it('of 1,000 among loose files is refused in words, or read as a whole network of numbers', () => {
    const roll = dice(8);
    for (let i = 0; i < 1000; i++) {
      // Most of the bytes are weights, which may be any: the other files, and the header, are broken as often.
      const which = roll(4);
      const files = good.map((file, k) => {
        if (k !== which % 3) return file;
        if (which !== 3) return { ...file, bytes: mutate(file.bytes, roll) };
        const head = 8 + new DataView(file.bytes.buffer, file.bytes.byteOffset).getUint16(0, true);
        return {
          ...file,
          bytes: new Uint8Array([...mutate(file.bytes.subarray(0, Math.min(head, file.bytes.length)), roll), ...file.bytes.subarray(head)]),
        };
      });
      const found = attempt(() => readNetworks(files, 'x'));
      if (typeof found === 'string') expect(found).toMatch(SAID);
      else expect([...found.parameters.values()].every(({ data }) => data.every(Number.isFinite))).toBe(true);
    }
  });
});

describe('a zip that was made to do harm', () => {
  const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Place of the first entry in the list of a zip. */
  const listed = (bytes: Uint8Array): number => view(bytes).getUint32(bytes.length - 6, true);
  const named = (name: string): Uint8Array => {
    const bytes = zipOf([textFile('x'.repeat(name.length), 'text')]);
    bytes.set(new TextEncoder().encode(name), listed(bytes) + 46);
    return bytes;
  };

  it.each(['../secret', '/etc/passwd', 'a/../../b', 'C:\\x', 'a\\b'])('is refused for the name %s', (name) => {
    expect(() => unzip(named(name))).toThrow('would leave the folder it is unpacked in');
  });

  it('is refused before it is unpacked, where it says that little becomes much', () => {
    const bytes = zipOf([textFile('x', 'a'.repeat(100_000))]);
    view(bytes).setUint32(listed(bytes) + 24, 0xfffffff0, true);
    expect(() => unzip(bytes)).toThrow('which nothing does');
  });

  it('is refused where a file is encrypted, packed in another way, there twice, or damaged', () => {
    const change = (offset: number, value: number): Uint8Array => {
      const bytes = zipOf([textFile('x', 'abc')]);
      bytes[listed(bytes) + offset] = value;
      return bytes;
    };
    expect(() => unzip(change(8, 1))).toThrow('x is encrypted');
    expect(() => unzip(change(10, 12))).toThrow('x is packed by method 12; 0 (stored) and 8 (deflate) are read');
    expect(() => unzip(change(16, 9))).toThrow('x is damaged');
    const twice = zipOf([textFile('x', 'abc'), textFile('y', 'abc')]);
    twice[twice.length - 22 - 1] = 'x'.charCodeAt(0);
    expect(() => unzip(twice)).toThrow('x is in it twice');
  });
});
