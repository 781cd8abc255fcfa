import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../experiment/presets/presets.ts';
import { sha256 } from './sha256.ts';
import { loadTaskData } from './task-data.ts';

const PUBLIC = new URL('../../public/', import.meta.url);
const FILE = 'data/pronounce-short.train.txt';
const textOf = (path: string): string => readFileSync(new URL(path, PUBLIC), 'utf8');
const experiment = { ...presetExperiment('first-fusion'), task: 'pronounce' as const };
const load = (change: (text: string) => string, changed = FILE): Promise<unknown> =>
  loadTaskData(experiment, (path) => Promise.resolve(path === changed ? change(textOf(path)) : textOf(path)));

describe('prepared data', () => {
  it('as it was prepared is read', async () => {
    expect(await load((text) => text)).toMatchObject({ train: { length: experiment.examples } });
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'with line ends of two characters',
      (text) => text.replaceAll('\n', '\r\n'),
      /bytes, with line ends of two characters; it must have \d+/,
    ],
    ['cut short', (text) => text.slice(0, text.length / 2), /has 64912 bytes; it must have 129824/],
    ['with one phoneme changed', (text) => text.replace('AH', 'EH'), /was changed: its hash is not that/],
    ['that is another page of a server', () => '<!doctype html>', /has 15 bytes/],
  ])('%s is refused by the name of its file (10.24)', async (_, change, message) => {
    const refused = load(change);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(FILE);
  });

  it('is refused where the manifest says nothing of it (10.24)', async () => {
    await expect(load(() => '{"files":[]}', 'data/manifest.json')).rejects.toThrow(`does not say the size and hash of ${FILE}`);
    await expect(load(() => 'not found', 'data/manifest.json')).rejects.toThrow('data/manifest.json is not JSON');
  });
});

it.each([0, 1, 55, 56, 63, 64, 65, 1000, 129824])('SHA-256 of %i bytes is that of OpenSSL', (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 7919) % 251);
  expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
});
