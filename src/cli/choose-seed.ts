/**
 * `npm run choose-seed [-- first-fusion …]`: the typical seed of every preset that shows one number, from the recorded
 * tables in public/results/. Says where a preset has another one. To choose anew: `npm run validate-theory` or
 * `npm run reproduce` for the table, this command, the seed into src/experiment/presets/presets.ts (under a new version
 * of the grammar), `npm run record-tables`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type MeasuredTable, readMeasured } from '../experiment/measured.ts';
import { presetExperiment } from '../experiment/presets/presets.ts';
import { parseArguments, runMain, UsageError } from './command/arguments.ts';
import { type Criterion, type Typical, typicalSeed } from './sweeps/typical-seed.ts';

const closer = (preset: string): Criterion => ({
  preset,
  file: 'theory',
  table: preset,
  words: 'times as far off is gradient flow as the modified flow',
  scale: 'ratio',
  of: ['Gradient flow', 'after'],
  against: ['Modified flow', 'after'],
});

const broken = (preset: string): Criterion => ({
  preset,
  file: 'reproduce',
  table: 'symmetry',
  words: 'lower than exact copies ends the network fused with itself under noise',
  scale: 'difference',
  of: ['Exact copies, zero between them', 'fused'],
  against: ['Noise of 0.3 between the copies', 'fused'],
});

export const CRITERIA: readonly Criterion[] = [
  closer('first-fusion'),
  closer('see-the-theory'),
  closer('four-to-one'),
  {
    preset: 'edge',
    file: 'theory',
    table: 'edge',
    words: 'times as far off, past the edge, is the modified flow as the central flow',
    scale: 'ratio',
    of: ['Modified flow', 'past'],
    against: ['Central flow', 'past'],
  },
  // Both begin with the same network, so that they can be compared.
  broken('self-fusion'),
  broken('broken-symmetry'),
];

export function recordedTable({ file, table }: Pick<Criterion, 'file' | 'table'>): MeasuredTable {
  const path = fileURLToPath(new URL(`../../public/results/${file}.json`, import.meta.url));
  const found = readMeasured(JSON.parse(readFileSync(path, 'utf8')))?.tables.find(({ id }) => id === table);
  if (!found) throw new Error(`${path} has no table ${table}`);
  return found;
}

const figure = (value: number, { scale }: Criterion): string => (scale === 'ratio' ? value.toPrecision(3) : value.toFixed(3));

function line(criterion: Criterion, typical: Typical): string {
  const own = presetExperiment(criterion.preset).seed;
  const at = typical.values.find(({ seed }) => seed === own)?.value;
  const has =
    own === typical.seed ? 'the preset has it' : `the preset has seed ${own}${at === undefined ? '' : `, ${figure(at, criterion)}`}`;
  return `${criterion.preset}: seed ${typical.seed} is typical of ${typical.values.length}: ${figure(typical.value, criterion)}, median ${figure(typical.median, criterion)}, from ${figure(typical.least, criterion)} to ${figure(typical.most, criterion)} ${criterion.words}; ${has}`;
}

export async function main(argv: readonly string[]): Promise<number> {
  const usage = `npm run choose-seed -- [${CRITERIA.map(({ preset }) => preset).join('] [')}]`;
  const { positionals } = parseArguments(argv, {}, usage);
  const stranger = positionals.find((name) => !CRITERIA.some(({ preset }) => preset === name));
  if (stranger !== undefined)
    throw new UsageError(`${stranger} is not a preset with a seed to choose; there are ${CRITERIA.map(({ preset }) => preset).join(', ')}`);
  for (const criterion of CRITERIA)
    if (positionals.length === 0 || positionals.includes(criterion.preset))
      console.log(line(criterion, typicalSeed(recordedTable(criterion), criterion)));
  return 0;
}

runMain(import.meta.url, main);
