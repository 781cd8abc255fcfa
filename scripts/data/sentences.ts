/**
 * Tasks about sentences of the addresses on the state of the union: when one was said, and whether its words are in
 * order.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainMarks } from '../../src/data/text/marks.ts';
import { ADDRESSES, CORPUS_SOURCES, FIRST_YEAR, originOfText, partsOf } from './corpora.ts';
import {
  fileOfLines,
  inNoOrder,
  packageFolder,
  sha256,
  splitByName,
  SPLITS,
  uniform,
  type PreparedFile,
  type Split,
} from './prepared-file.ts';

/** Of a sentence that is asked about, in characters. */
const LONGEST = 120;

interface Sentence {
  readonly text: string;
  readonly year: number;
  readonly split: Split;
}

/**
 * By address. One of those that are read as a text has the split that it has there: a network that read them has not
 * read what it is tested on. Of the others one in eight is for validation, one in eight for the test.
 */
function splitOfAddress(names: readonly string[]): (name: string) => Split {
  const parts = partsOf(CORPUS_SOURCES.addresses.files(names));
  return (name) => SPLITS.find((split) => parts[split].includes(name)) ?? splitByName(`address ${name}`, 0.125);
}

/** Sentences of letters and plain marks, each once, in an order that follows from nothing. */
async function sentences(): Promise<readonly Sentence[]> {
  const folder = join(packageFolder(ADDRESSES), 'data');
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.*\.txt$/.test(name)).sort();
  const splitOf = splitOfAddress(names);
  const found = new Map<string, Sentence>();
  const read: string[] = [];
  for (const name of names) {
    const text = plainMarks(await readFile(join(folder, name), 'utf8')).replaceAll(/\s+/g, ' ');
    if (Number(name.slice(0, 4)) >= FIRST_YEAR && splitOf(name) === 'train') read.push(text);
    for (const part of text.split(/(?<=[a-z][.!?]) (?=[A-Z])/)) {
      const sentence = part.trim();
      // Digits would tell the year.
      if (!/^[A-Z][A-Za-z ,;:'.!?-]*[.!?]$/.test(sentence)) continue;
      if (!found.has(sentence)) found.set(sentence, { text: sentence, year: Number(name.slice(0, 4)), split: splitOf(name) });
    }
  }
  // What was said again where it is read as a text, perhaps within a longer sentence, is nothing to be tested on.
  const reading = read.join('\n');
  const fair = [...found.values()].filter(({ text, split }) => split === 'train' || text.length > LONGEST || !reading.includes(text));
  return inNoOrder(fair, ({ text }) => text);
}

const ERAS = [
  ['early', 1849],
  ['middle', 1909],
  ['modern', 1964],
  ['recent', Infinity],
] as const;
const ERA_SIZES = { train: 6_000, validation: 800, test: 800 } as const;
const ACCEPTABLE_SIZES = { train: 4_000, validation: 400, test: 400 } as const;

const between =
  (least: number, most: number) =>
  ({ text }: Sentence) =>
    text.length >= least && text.length <= most;

/** The largest share of an era: of the earliest there are fewer sentences that are short enough. */
const MOST_OF_ONE = 0.29;

function eras(all: readonly Sentence[], split: Split): readonly string[] {
  const size = ERA_SIZES[split];
  const fitting = all.filter((sentence) => sentence.split === split && between(40, LONGEST)(sentence));
  const named = ERAS.map(([era, until], i) => {
    const after = ERAS[i - 1]?.[1] ?? 0;
    const own = fitting.filter(({ year }) => year > after && year <= until);
    return own.slice(0, Math.floor(size * MOST_OF_ONE)).map(({ text }) => `${text}\t${era}`);
  });
  // The earliest in full, of the others what is left.
  const [first = [], ...others] = named;
  const left = (size - first.length) / others.length;
  const lines = [...first, ...others.flatMap((own, i) => own.slice(0, Math.floor(left * (i + 1)) - Math.floor(left * i)))];
  if (lines.length !== size) throw new Error(`era, ${split}: ${size} sentences wanted, ${lines.length} found`);
  return lines;
}

/** Two words that stand beside each other change places; null where that makes no difference. */
function disordered(text: string): string | null {
  const words = text.split(' ');
  if (words.length < 5) return null;
  // Neither the first, which has a capital letter, nor the last, which has the mark.
  const at = 1 + Math.floor(uniform(sha256(`swap ${text}`)) * (words.length - 3));
  const [left, right] = [words[at] ?? '', words[at + 1] ?? ''];
  if (left === right || /[^A-Za-z']/.test(left + right)) return null;
  return [...words.slice(0, at), right, left, ...words.slice(at + 2)].join(' ');
}

function acceptable(all: readonly Sentence[], split: Split): readonly string[] {
  const own = all.filter((sentence) => sentence.split === split && sentence.year >= FIRST_YEAR && between(25, 80)(sentence));
  const half = ACCEPTABLE_SIZES[split] / 2;
  // All of one kind, which can be put out of order, so that nothing but the order tells them apart.
  const fitting = own.flatMap(({ text }) => {
    const swapped = disordered(text);
    return swapped === null ? [] : [{ text, swapped }];
  });
  if (fitting.length < 2 * half) throw new Error(`acceptable, ${split}: ${2 * half} sentences wanted, ${fitting.length} found`);
  return [
    ...fitting.slice(0, half).map(({ swapped }) => `${swapped}\tunacceptable`),
    ...fitting.slice(half, 2 * half).map(({ text }) => `${text}\tacceptable`),
  ];
}

export async function sentenceFiles(): Promise<readonly PreparedFile[]> {
  const all = await sentences();
  const origin = await originOfText(ADDRESSES);
  return (['era', 'acceptable'] as const).flatMap((task) =>
    SPLITS.map((split) =>
      fileOfLines(
        { path: `data/${task}.${split}.txt`, title: 'Sentences of the addresses on the state of the union', task, split, ...origin },
        (task === 'era' ? eras : acceptable)(all, split).toSorted(),
      ),
    ),
  );
}
