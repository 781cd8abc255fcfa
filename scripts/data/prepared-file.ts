/** A prepared file with what the manifest says of it, and how one comes from an npm package. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import type { TaskId } from '../../src/experiment/declared/tasks.ts';
import type { CorpusId } from '../../src/experiment/declared/texts.ts';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

export interface ManifestFile {
  readonly path: string;
  readonly title: string;
  /** Its reader: a task, or, of texts, all that are spelled in a vocabulary. */
  readonly task: TaskId | 'vocabulary';
  readonly corpus?: CorpusId;
  /** Absent where it serves all of them. */
  readonly split?: Split;
  /** Lines of examples, paragraphs of a text, pieces of a vocabulary. */
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly package: string;
  readonly version: string;
  /** SPDX id. */
  readonly licence: string;
  readonly notice: string;
}
export interface PreparedFile extends ManifestFile {
  readonly text: string;
}

export const packageFolder = (name: string): string => join(ROOT, 'node_modules', name);
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A hash as a number in [0, 1). */
export const uniform = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16) / 0x100000000;

/**
 * The split that a name is drawn for. @param held share of the names that is for validation, and as many for the test
 */
export function splitByName(name: string, held: number): Split {
  const place = uniform(sha256(name));
  if (place < held) return 'validation';
  return place < 2 * held ? 'test' : 'train';
}

/** All in an order that follows from nothing: by a hash of what each is called. */
export function inNoOrder<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const order = all.map((one) => [sha256(nameOf(one)), one] as const);
  return order.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** Where data come from and under which licence, as the manifest has it. */
export type Origin = Pick<ManifestFile, 'package' | 'version' | 'licence' | 'notice'>;

/**
 * @param licence of the data, which stands first in the package's file, before that of its software, which we do not
 * ship
 * @param says what its notice must have in it
 * @throws with the command that mends it where the package is not installed, and where the notice is another one
 */
export async function originOf(name: string, licence: string, says: string): Promise<Origin> {
  const read = async (file: string): Promise<string> => {
    try {
      return await readFile(join(packageFolder(name), file), 'utf8');
    } catch (error) {
      throw new Error(`the data need the package ${name}, which is not installed; run npm install`, { cause: error });
    }
  };
  const { version } = JSON.parse(await read('package.json')) as { version: string };
  const notice = (await read('LICENSE')).split('The software is licensed')[0]?.trim() ?? '';
  if (!notice.includes(says)) throw new Error(`${name}: the licence of the data is not where it was`);
  return { package: name, version, licence, notice };
}

/** The file with its size and hash. */
export function preparedFile(file: Omit<PreparedFile, 'bytes' | 'sha256'>): PreparedFile {
  return { ...file, bytes: Buffer.byteLength(file.text), sha256: sha256(file.text) };
}

/** A file of examples: a source, a tab and its target in a line. */
export function fileOfLines(file: Omit<PreparedFile, 'bytes' | 'sha256' | 'rows' | 'text'>, lines: readonly string[]): PreparedFile {
  return preparedFile({ ...file, rows: lines.length, text: lines.map((line) => `${line}\n`).join('') });
}
