/**
 * `npm run validate-theory [-- --only edge,map] [--seeds 3,5] [--quick] [--out FILE]`: what backward error analysis predicts,
 * against this engine's own runs in float32. Writes public/results/theory.json, as it came out.
 */
import { fileURLToPath } from 'node:url';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { MeasuredTable } from '../experiment/measured.ts';
import { UsageError, parseArguments, runMain, textOf } from './arguments.ts';
import { measuredDocument, tableText, writeDocument } from './measure/document.ts';
import { Progress } from './progress.ts';
import { chosen, earlierTables, readSeeds } from './measure/choices.ts';
import { edge } from './theory/edge.ts';
import { map } from './theory/map.ts';
import { orders } from './theory/orders.ts';
import { preset } from './theory/presets.ts';
import type { TheoryScale } from './theory/scale.ts';

const USAGE = 'npm run validate-theory -- [--only edge,map] [--seeds 3,5] [--quick] [--out FILE] [--quiet]';
const OPTIONS = {
  only: { type: 'string' },
  seeds: { type: 'string' },
  quick: { type: 'boolean', default: false },
  out: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const TABLES: Readonly<Record<string, (scale: TheoryScale) => Promise<MeasuredTable>>> = {
  'first-fusion': (scale) => preset(scale, 'first-fusion', 'Predicted from step 0, through the fusion'),
  'see-the-theory': (scale) => preset(scale, 'see-the-theory', 'One network, two predictions'),
  edge,
  orders,
  map,
};

/** Every odd seed is another pair of sources. */
const SEEDS: Readonly<Record<string, readonly number[]>> = {
  'first-fusion': [1, 3, 5, 7, 9, 11, 13, 15],
  'see-the-theory': [1, 2, 3, 4, 5, 6, 7, 8],
  edge: [3, 5, 7],
  orders: [3, 5, 7],
  map: [3, 5],
};

export const RESULT = fileURLToPath(new URL('../../public/results/theory.json', import.meta.url));

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArguments(argv, OPTIONS, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const quick = values.quick === true;
  const all = Object.keys(TABLES);
  const names = chosen(textOf(values.only), all);
  const seedText = textOf(values.seeds);
  const seeds = seedText === undefined ? undefined : readSeeds(seedText);
  const out = textOf(values.out) ?? null;
  if (quick && out === null) throw new UsageError('--quick needs --out FILE: its numbers mean nothing and must not replace results');
  const path = out ?? RESULT;
  const quiet = values.quiet === true;
  const progress = new Progress(quiet);
  const device = await nodeWasmDevice();
  const scale: TheoryScale = {
    device,
    quick,
    seedsOf: (table) => (seeds ?? SEEDS[table] ?? [3]).slice(0, quick ? 1 : undefined),
    steps: (full) => (quick ? Math.max(2, Math.round(full / 40)) : full),
    note: (text) => progress.note(text),
  };
  const tables = new Map(earlierTables(path, names).map((table) => [table.id, table]));
  for (const name of names) {
    const table = await TABLES[name]?.(scale);
    if (!table) continue;
    tables.set(name, table);
    if (!quiet) console.log(tableText(table));
    const ordered = all.map((id) => tables.get(id)).filter((each) => each !== undefined);
    writeDocument(path, measuredDocument({ title: 'Predicting training', command: 'npm run validate-theory', quick, tables: ordered }));
  }
  device.dispose();
  return 0;
}

runMain(import.meta.url, main);
