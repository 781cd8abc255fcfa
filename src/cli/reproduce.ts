/**
 * `npm run reproduce [-- --only fusing-wins,graph] [--seeds 0,1,2] [--quick] [--out FILE]`: small-scale counterparts of the
 * paper's experiments (Mazzawi et al., arXiv 2306.11903), with this engine and these tasks. Writes
 * public/results/reproduce.json, which the page shows under "What we measured", as it came out.
 */
import { fileURLToPath } from 'node:url';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { MeasuredTable } from '../experiment/measured.ts';
import { UsageError, parseArguments, runMain, textOf } from './arguments.ts';
import { chosen, earlierTables, readSeeds } from './measure/choices.ts';
import { measuredDocument, tableText, writeDocument } from './measure/document.ts';
import { Progress } from './progress.ts';
import { downstream } from './reproduce/downstream.ts';
import { fast } from './reproduce/fast.ts';
import { graph } from './reproduce/graph.ts';
import { methods } from './reproduce/methods.ts';
import { manyWords, saturated, tooSmall } from './reproduce/regime.ts';
import type { Scale } from './reproduce/scale.ts';

const USAGE = 'npm run reproduce -- [--only fusing-wins,graph] [--seeds 0,1,2] [--quick] [--out FILE] [--quiet]';
const OPTIONS = {
  only: { type: 'string' },
  seeds: { type: 'string', default: '0,1,2' },
  quick: { type: 'boolean', default: false },
  out: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const TABLES: Readonly<Record<string, (scale: Scale) => Promise<MeasuredTable>>> = {
  methods,
  graph,
  'fusing-fast': fast,
  'fusing-wins': saturated,
  'fusing-even': manyWords,
  'fusing-too-small': tooSmall,
  downstream,
};

export const RESULT = fileURLToPath(new URL('../../public/results/reproduce.json', import.meta.url));

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArguments(argv, OPTIONS, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const quick = values.quick === true;
  const all = Object.keys(TABLES);
  const names = chosen(textOf(values.only), all);
  const seeds = readSeeds(textOf(values.seeds) ?? '0');
  const out = textOf(values.out) ?? null;
  if (quick && out === null) throw new UsageError('--quick needs --out FILE: its numbers mean nothing and must not replace results');
  const path = out ?? RESULT;
  const quiet = values.quiet === true;
  const progress = new Progress(quiet);
  const device = await nodeWasmDevice();
  const scale: Scale = {
    device,
    seeds: quick ? seeds.slice(0, 2) : seeds,
    steps: (full) => (quick ? Math.max(2, Math.round(full / 500)) : full),
    every: quick ? 2 : 50,
    quick,
    note: (text) => progress.note(text),
  };
  const tables = new Map(earlierTables(path, names).map((table) => [table.id, table]));
  for (const name of names) {
    const table = await TABLES[name]?.(scale);
    if (!table) continue;
    tables.set(name, table);
    if (!quiet) console.log(tableText(table));
    // After every table, so that a run that is stopped has not measured for nothing.
    const ordered = all.map((id) => tables.get(id)).filter((each) => each !== undefined);
    writeDocument(path, measuredDocument({ title: 'Fusing networks', command: 'npm run reproduce', quick, tables: ordered }));
  }
  device.dispose();
  return 0;
}

runMain(import.meta.url, main);
