import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CHARACTERS } from '../src/data/text/characters.ts';
import { taskRow } from '../src/experiment/declared/tasks.ts';
import { PHONEMES } from '../src/data/tasks/pronounce.ts';
import { splitOf } from './data/pronounce.ts';
import { prepareData, prepareFiles, type Manifest } from './prepare-data.ts';

const files = await prepareFiles();
const make = () => Promise.resolve(files);
const folder = await mkdtemp(join(tmpdir(), 'prepared-'));
afterAll(() => rm(folder, { recursive: true }));

/**
 * Frozen: experiments of the past must find the words they were made with. A new set of words is a new task or a new
 * preset version.
 */
const HASHES = {
  'data/pronounce-short.train.txt': '7f32c4d18f626cde3c2cd033a78c0c35452da3ffe72eaa86eafa7ba2ae866412',
  'data/pronounce-short.validation.txt': '1dc7f0f581bf7aee2352c8af12177b633576224cdc9a1bece7eb582d95a7ef94',
  'data/pronounce-short.test.txt': 'e50053a1c5b2c869e99704766a484cb1322cb746729507d5a9e8c3fee50789e4',
  'data/pronounce.train.txt': 'ed07ffafa028c3b3a7e3879a10d259b58422d01a2aead21e7f9a47ee43276fb2',
  'data/pronounce.validation.txt': 'ca052e4ba287f2b009b0504db21e2db139ff9fd6a86f9612af0f397433a1d3c9',
  'data/pronounce.test.txt': 'a86cdabb98559279b39e733e714c0a0cd68883c3c9331d2b767ae63b301c7519',
  'data/era.train.txt': '9a651452238e6f2d7339c0cef6081dc7baca5b2cc3ec7ae3b22615770b34f0c7',
  'data/era.validation.txt': 'fa453c4129dc06dcb483ad4382bc16a0167e244cf5aca4cf5012fa7920307583',
  'data/era.test.txt': '0441ed2703f607dc5dc54723d9eba4048687b8d543a7c84cf175f64cc6ed580a',
  'data/acceptable.train.txt': '16e7bc9cc80357fca081cba0c0acb37e72a55cab06353b1acb99d4b6dd24c94b',
  'data/acceptable.validation.txt': '0cd703d1c2e91a89b49fbb2752505ba150866b490b46ab64fcbed77d92bc1aef',
  'data/acceptable.test.txt': 'b3d8971d3b4adc0b4f524bf6ae8f8bc194caa5e2d9864cdba5d85faea43f154a',
  'data/kind.train.txt': '9b2e88fce1a5d6971235d72d7e10fd4e5b088408b8099262f53b154ee45f96d5',
  'data/kind.validation.txt': 'faf9989e1f9be70507d31b67324b0c1bd7dc8c30e323c94a2b73d237abf849a5',
  'data/kind.test.txt': '5f3daf93c4c0b25af76b29d1b32ea33455820530873e93e4c3c2f7adbf517e1c',
  'data/translate.train.txt': 'a8ce473de3a72481c1ce05d5fe1b63ecdd6fbc12aa1eff16c5a05c1a27b47d7d',
  'data/translate.validation.txt': 'fca90bfed1dc639ddda3d043fc8b2b176094bc576d77870f560075c3d26d7750',
  'data/translate.test.txt': '6f0e4684592c151b139336bffd857a0014e1fd82737a77d64caf1cc7eeba95ec',
  'data/rhyme.train.txt': '8bb05be46b7fc9bdea61cca6d8e4972c8986a3521d173df257bbd3dac1c94202',
  'data/rhyme.validation.txt': '4c3a2081170ef95878536f55bb83ec9d596d8ba8db15b20e4bd02efd880886cd',
  'data/rhyme.test.txt': '875e2012c4935d23588a404dc8b5df7052af3c43f89e218ad4de74d4e63b46d3',
  'data/moby.train.txt': '3416660b6a4e9eb970f9bb1e9746960da19456be23c1b74ac84d91551c3cf8c9',
  'data/moby.validation.txt': '03b67f0406682a149f492f7608d983016fe7f164f89d53171137f90fc1292997',
  'data/moby.test.txt': '9b3aa0fd3ccb3464bf20b150c2bd93fa45e337a1f9054d7aca2dfb9473b9fc25',
  'data/addresses.train.txt': 'e9bdc3302c621969feedad3b8ec04940677a010a45d22ed798e31e9f7a9a2d52',
  'data/addresses.validation.txt': '007f5ab666d90971e1fb9962ab895c2bab776402d2790a4a46fd2caeb8a861d7',
  'data/addresses.test.txt': 'b75d2c5c77e3f5c06f2b1daff538fd5c7e8885be1ffa7d94327953d6a91191bf',
  'data/vocabulary-512.json': '8603f7450cf697f93c1f3196266f45e862e2ba8cfc91f9f46b27e076a674e645',
  'data/vocabulary-1024.json': '3a3081928a3daab20d42b9416e0721a179e380d537e40ce22f9f61f7e22622be',
};

test('the same bytes for ever', () => {
  expect(Object.fromEntries(files.map((file) => [file.path, file.sha256]))).toEqual(HASHES);
});

test('no stem is in two splits, and every line is a word and known phonemes', () => {
  const known = new Set(PHONEMES);
  const splitOfStem = new Map<string, string | undefined>();
  for (const file of files.filter(({ task }) => task === 'pronounce')) {
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

test('of a text the last parts are held out, no paragraph is in two splits, and a plain keyboard could have typed it', () => {
  for (const corpus of ['moby', 'addresses'] as const) {
    const read = files.filter((file) => file.corpus === corpus);
    const paragraphs = read.map(({ text }) => text.trimEnd().split('\n\n'));
    expect(paragraphs.map((all) => all.length)).toEqual(read.map(({ rows }) => rows));
    const held = new Set(
      paragraphs
        .slice(1)
        .flat()
        .filter((paragraph) => paragraph.length > 80),
    );
    expect(paragraphs[0]?.filter((paragraph) => held.has(paragraph))).toEqual([]);
    for (const { text } of read) expect(text).toMatch(/^[ -~\n]+$/);
  }
  expect(files.find(({ path }) => path === 'data/moby.train.txt')?.text).toMatch(/^CHAPTER 1\. Loomings\.\n\nCall me Ishmael\. /);
  expect(files.find(({ path }) => path === 'data/addresses.validation.txt')?.text).toContain('America');
});

test('pairs have the rows that their tasks say, each source once, and answers that are even enough to be learnt', () => {
  for (const task of ['era', 'acceptable', 'rhyme', 'kind', 'translate'] as const) {
    const own = files.filter((file) => file.task === task);
    const [train, validation, test] = own.map(({ text }) => text.trimEnd().split('\n'));
    expect([train?.length, validation?.length]).toEqual(Object.values(taskRow(task).most(1)));
    expect(test?.length).toBe(validation?.length);
    const all = [...(train ?? []), ...(validation ?? []), ...(test ?? [])].map((line) => line.split('\t'));
    expect(new Set(all.map(([source]) => source)).size).toBe(all.length);
    for (const line of all) expect(line).toHaveLength(2);
    if (task === 'translate') {
      // No name is in two splits, in whichever language.
      const names = own.map(
        ({ text }) => new Set([...text.matchAll(/^English to (?:French|German|Spanish|Italian): (.*)\t/gm)].map(([, name]) => name)),
      );
      expect([...(names[1] ?? []), ...(names[2] ?? [])].filter((name) => names[0]?.has(name))).toEqual([]);
      expect([...(names[1] ?? [])].filter((name) => names[2]?.has(name))).toEqual([]);
      continue;
    }
    const answers = new Set(all.map(([, target]) => target));
    if (task === 'kind') expect(answers.size).toBe(12);
    else
      expect(answers).toEqual(
        new Set({ era: ['early', 'middle', 'modern', 'recent'], acceptable: ['acceptable', 'unacceptable'], rhyme: ['no', 'yes'] }[task]),
      );
    const least = task === 'kind' ? 0.083 : 0.18;
    for (const answer of answers) expect(all.filter(([, target]) => target === answer).length / all.length).toBeGreaterThan(least);
    if (task === 'rhyme') {
      const words = own.map(({ text }) => new Set(text.match(/[a-z]+(?= )|(?<= )[a-z]+/g)));
      expect([...(words[1] ?? [])].filter((word) => words[0]?.has(word) || words[2]?.has(word))).toEqual([]);
    }
  }
});

test('no held-out sentence of the addresses stands in the text of the addresses that is read', () => {
  const read = files.find(({ path }) => path === 'data/addresses.train.txt')?.text.replaceAll(/\s+/g, ' ') ?? '';
  for (const task of ['era', 'acceptable'] as const)
    for (const file of files.filter((each) => each.task === task && each.split !== 'train')) {
      const sources = file.text.split('\n').map((line) => line.split('\t')[0] ?? '');
      expect(
        sources.filter((source) => source !== '' && read.includes(source)),
        file.path,
      ).toEqual([]);
    }
});

test('a vocabulary has as many tokens as its name says, and spells every character', () => {
  for (const size of [512, 1024]) {
    const { model } = JSON.parse(files.find(({ path }) => path === `data/vocabulary-${size}.json`)?.text ?? '') as {
      readonly model: { readonly vocab: readonly (readonly [string, number])[] };
    };
    const tokens = model.vocab.map(([token]) => token);
    expect(new Set(tokens).size).toBe(size);
    expect([...tokens.slice(0, 3), tokens.at(-1)]).toEqual(['<pad>', '</s>', '<unk>', '<extra_id_0>']);
    expect(CHARACTERS.filter((character) => !tokens.includes(character))).toEqual([]);
    expect(tokens).toEqual(expect.arrayContaining(['▁the', '▁of', 'ing']));
  }
});

test('the split follows the first five letters', () => {
  for (const stem of ['fusio', 'abate', 'zebra']) expect(splitOf(`${stem}n`)).toBe(splitOf(`${stem}ment`));
});

const DICTIONARY = ['BSD-2-Clause', 'Carnegie Mellon University'] as const;
const LICENCES: Readonly<Record<string, readonly [licence: string, notice: string]>> = {
  pronounce: DICTIONARY,
  rhyme: DICTIONARY,
  kind: ['LicenseRef-WordNet-3.0', 'Princeton University'],
  translate: ['Unicode-3.0', 'Unicode, Inc.'],
};

test('writes once, again after damage, and names licence and notice for the page', async () => {
  expect(await prepareData(folder, make)).toBe('written');
  expect(await prepareData(folder, make)).toBe('fresh');
  const manifest = JSON.parse(await readFile(join(folder, 'data/manifest.json'), 'utf8')) as Manifest;
  expect(manifest.files.map((file) => file.path).sort()).toEqual(Object.keys(HASHES).sort());
  for (const file of manifest.files) {
    const [licence, notice] = LICENCES[file.task] ?? ['CC0-1.0', 'Creative Commons Zero'];
    expect(file.licence).toBe(licence);
    expect(file.notice).toContain(notice);
  }
  const path = join(folder, 'data/pronounce.test.txt');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.slice(1));
  expect(await prepareData(folder, make)).toBe('written');
  expect(await readFile(path, 'utf8')).toBe(text);
});
