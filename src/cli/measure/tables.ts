/**
 * The part that all measuring commands share: their arguments, and the loop that makes the tables of a document one by
 * one.
 */
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { Device } from '../../engine/device.ts';
import type { MeasuredTable } from '../../experiment/measured.ts';
import { UsageError, parseArguments, refuseMore, textOf } from '../command/arguments.ts';
import { Progress } from '../command/progress.ts';
import { chosen, earlierTables, readSeeds } from './choices.ts';
import { measuredDocument, tableText, writeDocument } from './document.ts';

const OPTIONS = {
  only: { type: 'string' },
  seeds: { type: 'string' },
  quick: { type: 'boolean', default: false },
  out: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The request on the command line, with the device to do it on. */
interface Measuring {
  readonly device: Device;
  /** A smoke test with next to no steps. */
  readonly quick: boolean;
  /** Seeds that were given; undefined: those that belong to the table. */
  readonly seeds: readonly number[] | undefined;
  note(text: string): void;
}

export interface MeasuringCommand<S> {
  readonly title: string;
  /** `npm run reproduce`: repeats all of it. */
  readonly command: string;
  readonly usage: string;
  /** Where the document stands unless `--out` says otherwise. */
  readonly path: string;
  readonly tables: Readonly<Record<string, (scale: S) => Promise<MeasuredTable>>>;
  scale(measuring: Measuring): S;
}

/**
 * Makes the tables that were asked for and writes the document after each, so that a run that is stopped has not
 * measured for nothing. Tables of an earlier document that are not asked for stay.
 * @returns the exit code
 * @throws UsageError for a bad argument, before anything is measured
 */
export async function measureTables<S>(command: MeasuringCommand<S>, argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, OPTIONS, command.usage);
  if (values.help === true) {
    console.log(command.usage);
    return 0;
  }
  refuseMore(positionals, command.usage);
  const quick = values.quick === true;
  const all = Object.keys(command.tables);
  const names = chosen(textOf(values.only), all);
  const seedText = textOf(values.seeds);
  const seeds = seedText === undefined ? undefined : readSeeds(seedText);
  const out = textOf(values.out) ?? null;
  if (quick && out === null) throw new UsageError('--quick needs --out FILE: its numbers mean nothing and must not replace results');
  const path = out ?? command.path;
  const quiet = values.quiet === true;
  const progress = new Progress(quiet);
  const device = await nodeWasmDevice();
  const scale = command.scale({ device, quick, seeds, note: (text) => progress.note(text) });
  const tables = new Map(earlierTables(path, names).map((table) => [table.id, table]));
  for (const name of names) {
    const table = await command.tables[name]?.(scale);
    if (!table) continue;
    tables.set(name, table);
    if (!quiet) console.log(tableText(table));
    const ordered = all.map((id) => tables.get(id)).filter((each) => each !== undefined);
    writeDocument(path, measuredDocument({ title: command.title, command: command.command, quick, tables: ordered }));
  }
  device.dispose();
  return 0;
}
