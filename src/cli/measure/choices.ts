/** Arguments that the measuring commands share, and what they keep of an earlier file. */
import { existsSync, readFileSync } from 'node:fs';
import { type MeasuredTable, readMeasured } from '../../experiment/measured.ts';
import { readDecimal } from '../../experiment/link/spelling.ts';
import { UsageError } from '../command/arguments.ts';

export function readSeeds(text: string): readonly number[] {
  const seeds = text.split(',').map((seed) => readDecimal(seed.trim()) ?? Number.NaN);
  if (seeds.some((seed) => !Number.isInteger(seed) || seed < 0))
    throw new UsageError(`--seeds ${text} is not a list of seeds; right would be e.g. 0,1,2`);
  return seeds;
}

export function chosen(text: string | undefined, all: readonly string[]): readonly string[] {
  const names = text === undefined ? all : text.split(',');
  const stranger = names.find((name) => !all.includes(name));
  if (stranger !== undefined) throw new UsageError(`--only ${stranger} is not a table; there are ${all.join(', ')}`);
  return all.filter((name) => names.includes(name));
}

/** Tables of an earlier run that this one does not make again, if they were made in earnest. */
export function earlierTables(path: string, names: readonly string[]): readonly MeasuredTable[] {
  if (!existsSync(path)) return [];
  const earlier = readMeasured(JSON.parse(readFileSync(path, 'utf8')));
  return earlier === null || earlier.quick ? [] : earlier.tables.filter(({ id }) => !names.includes(id));
}
