/**
 * The request of a sweep, kept in its folder, so that it goes on by the folder's name alone; which share of it a
 * process runs; and what has become of its cells, a line of JSON each.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../command/arguments.ts';
import { partialName } from '../results/write.ts';

const ASKED = 'sweep.json';
const SCHEMA = 'deep-fusion/sweep/1';

export interface Asked {
  /** Link of the experiment that is varied. */
  readonly link: string;
  /** As `--over` says them. */
  readonly over: readonly string[];
  readonly metrics: boolean;
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((text) => typeof text === 'string');

/**
 * Shards that begin at once all write the same: each under a name of its own until it is whole.
 * @throws UsageError where another program's file has that name
 */
export function writeAsked(out: string, asked: Asked, force: boolean): void {
  const path = join(out, ASKED);
  const text = `${JSON.stringify({ schema: SCHEMA, ...asked }, null, 2)}\n`;
  const before = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (before === text) return;
  if (before !== null && !force && !before.includes(SCHEMA))
    throw new UsageError(`${path} is no sweep of this program: --force replaces it, or choose another --out`);
  const draft = partialName(`${path}.${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/** @throws UsageError where the folder holds no sweep */
export function readAsked(out: string): Asked {
  const path = join(out, ASKED);
  if (!existsSync(path))
    throw new UsageError(`--resume: ${path} does not exist; a sweep writes it as it begins, so give link and --over once more`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--resume: ${path} can't be read (${error instanceof Error ? error.message : String(error)})`);
  }
  const { schema, link, over, metrics } = (json ?? {}) as Readonly<Record<string, unknown>>;
  if (schema !== SCHEMA || typeof link !== 'string' || !isTexts(over) || typeof metrics !== 'boolean')
    throw new UsageError(`--resume: ${path} is no sweep of this program; its schema is ${JSON.stringify(schema)}, and must be ${SCHEMA}`);
  return { link, over, metrics };
}

/** One of several processes that share a sweep: the k-th of n. */
export interface Shard {
  readonly k: number;
  readonly n: number;
}

/** @throws UsageError where a text is no `3/16` */
export function parseShard(text: string): Shard {
  const [, k, n] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { k: Number(k), n: Number(n) };
  if (k === undefined || shard.k < 1 || shard.k > shard.n)
    throw new UsageError(`--shard ${text} is no share; right would be e.g. 3/16, the third of sixteen`);
  return shard;
}

/** Every n-th of them, so that neighbours, which take about as long, are shared out. */
export const inShard = <T>(all: readonly T[], shard: Shard | null): readonly T[] =>
  shard === null ? all : all.filter((_, i) => i % shard.n === shard.k - 1);

export interface Line {
  readonly cell: string;
  readonly event: 'there' | 'started' | 'finished' | 'diverged' | 'failed';
  readonly seconds?: number;
  /** The step that it went on at, where it was interrupted before. */
  readonly from?: number;
  readonly losses?: Readonly<Record<string, number>>;
  readonly reason?: string;
}

/** The file that a process writes what it does to; each shard has one of its own. */
const logName = (shard: Shard | null): string => (shard === null ? 'progress.jsonl' : `progress-${shard.k}-of-${shard.n}.jsonl`);

/** Adds a line at once, so that a process that is killed has said how far it came. */
export function writeLine(out: string, shard: Shard | null, line: Line): void {
  appendFileSync(join(out, logName(shard)), `${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
}
