import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PHONEMES } from '../src/data/tasks/pronounce.ts';
import { prepareData, prepareFiles, splitOf, type Manifest } from './prepare-data.ts';

const files = await prepareFiles();
const folder = await mkdtemp(join(tmpdir(), 'prepared-'));
afterAll(() => rm(folder, { recursive: true }));

/** Frozen: experiments of the past must find the words they were made with. A new set of words is a new task or a new preset version. */
const HASHES = {
  'data/pronounce-short.train.txt': '7f32c4d18f626cde3c2cd033a78c0c35452da3ffe72eaa86eafa7ba2ae866412',
  'data/pronounce-short.validation.txt': '1dc7f0f581bf7aee2352c8af12177b633576224cdc9a1bece7eb582d95a7ef94',
  'data/pronounce-short.test.txt': 'e50053a1c5b2c869e99704766a484cb1322cb746729507d5a9e8c3fee50789e4',
  'data/pronounce.train.txt': 'ed07ffafa028c3b3a7e3879a10d259b58422d01a2aead21e7f9a47ee43276fb2',
  'data/pronounce.validation.txt': 'ca052e4ba287f2b009b0504db21e2db139ff9fd6a86f9612af0f397433a1d3c9',
  'data/pronounce.test.txt': 'a86cdabb98559279b39e733e714c0a0cd68883c3c9331d2b767ae63b301c7519',
};

test('the same bytes for ever', () => {
  expect(Object.fromEntries(files.map((file) => [file.path, file.sha256]))).toEqual(HASHES);
});

test('no stem is in two splits, and every line is a word and known phonemes', () => {
  const known = new Set(PHONEMES);
  const splitOfStem = new Map<string, string>();
  for (const file of files) {
    const lines = file.text.trimEnd().split('\n');
    expect(lines).toHaveLength(file.rows);
    for (const line of lines) {
      const [word = '', phonemes = ''] = line.split('\t');
      expect(word).toMatch(/^[a-z]{2,12}$/);
      expect(phonemes.split(' ').filter((phoneme) => !known.has(phoneme))).toEqual([]);
      const stem = word.slice(0, 5);
      expect(splitOfStem.get(stem) ?? file.split, `${stem} of ${word}`).toBe(file.split);
      splitOfStem.set(stem, file.split);
    }
  }
});

test('the split follows the first five letters', () => {
  for (const stem of ['fusio', 'abate', 'zebra']) expect(splitOf(`${stem}n`)).toBe(splitOf(`${stem}ment`));
});

test('writes once, again after damage, and names licence and notice for the page', async () => {
  expect(await prepareData(folder)).toBe('written');
  expect(await prepareData(folder)).toBe('fresh');
  const manifest = JSON.parse(await readFile(join(folder, 'data/manifest.json'), 'utf8')) as Manifest;
  expect(manifest.files.map((file) => file.path).sort()).toEqual(Object.keys(HASHES).sort());
  for (const file of manifest.files) {
    expect(file.licence).toBe('BSD-2-Clause');
    expect(file.notice).toContain('Carnegie Mellon University');
  }
  const path = join(folder, 'data/pronounce.test.txt');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(1));
  expect(await prepareData(folder)).toBe('written');
  expect(await readFile(path, 'utf8')).toBe(text);
});
