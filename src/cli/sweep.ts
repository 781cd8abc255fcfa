/**
 * `npm run sweep -- "<link>" --over "grow=50,100,200" --over "h2=0.05,0.1" --out DIR [--resume] [--shard 3/16]
 * [--print-commands] [--collect] [--force]`: every combination of the values is one experiment, in a folder of its own
 * below DIR. By default they are run here, one after the other, leaving out what has its result already.
 * `--print-commands` prints one command a line instead, for GNU parallel, Slurm or any other scheduler; `--collect`
 * gathers what is there into DIR/sweep.csv, which the page's map reads, and DIR/sweep.dfruns, which its Runs tab
 * imports, and prints how well each prediction in the results ranks the runs, beside the total time alone. A folder
 * that holds another experiment's result is refused by name; `--force` runs it again. Of a grid nothing is measured
 * along the runs unless `--metrics` asks for it. What a sweep was asked for stands in DIR/sweep.json:
 * `--resume --out DIR` goes on with it, and a run that was interrupted goes on from its last state, to the same bits.
 * `--shard 3/16` runs the third of sixteen shares, any number of them at once. What becomes of each cell is added to
 * DIR/progress.jsonl, a line of JSON each; a shard has a file of its own.
 */
import { spellLoss } from '../experiment/messages/numbers.ts';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatLink, parseLink } from '../experiment/link/link.ts';
import { RESULT_FILE } from '../storage/result-names.ts';
import type { Result } from '../storage/results.ts';
import { UsageError, parseArguments, refuseMore, runMain, textOf, textsOf } from './command/arguments.ts';
import { lockFolder } from './results/folder-lock.ts';
import { Progress } from './command/progress.ts';
import { ranksOf, ranksText } from './sweeps/ranks.ts';
import { readExperiment, withAdapter } from './command/read-experiment.ts';
import { readFormer, ResultFolder } from './results/result-folder.ts';
import { RunState } from './results/run-state.ts';
import { runExperiment } from './command/run-experiment.ts';
import { isResultOf } from './results/same-experiment.ts';
import { collectRuns } from './sweeps/collect-runs.ts';
import { collectCsv } from './sweeps/collect-table.ts';
import { type Asked, inShard, type Line, parseShard, readAsked, type Shard, writeAsked, writeLine } from './sweeps/asked.ts';
import { type Axis, type Cell, cells, parseAxis, shellQuote } from './sweeps/grid.ts';
import { whyNotWritten, writeWhole } from './results/write.ts';

const USAGE =
  'npm run sweep -- "<link>" --over "key=value,value" [--over …] --out DIR [--resume] [--shard k/n] [--print-commands] [--collect] [--force] [--metrics] [--adapter auto|webgpu|wasm] [--quiet]';
const TABLE = 'sweep.csv';
const RUNS = 'sweep.dfruns';
const OPTIONS = {
  over: { type: 'string', multiple: true },
  out: { type: 'string' },
  resume: { type: 'boolean', default: false },
  shard: { type: 'string' },
  'print-commands': { type: 'boolean', default: false },
  collect: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  metrics: { type: 'boolean', default: false },
  adapter: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Given = ReturnType<typeof parseArguments<typeof OPTIONS>>;

/** How the cells are run. */
interface How {
  readonly force: boolean;
  readonly metrics: boolean;
  readonly quiet: boolean;
  /** The share of the grid that is run; null: all of it. */
  readonly shard: Shard | null;
  /** The record in the folder for those who go on. */
  readonly asked: Asked;
}

/** A cell of the grid with what its folder holds. */
interface Found {
  readonly cell: Cell;
  readonly result: Result | null;
  /** The link of another experiment's result, or what else stands in the place of one. */
  readonly other: string | null;
}

function look(out: string, cell: Cell): Found {
  const former = readFormer(join(out, cell.name));
  if (former.kind === 'foreign') return { cell, result: null, other: 'no result of this program' };
  if (former.kind !== 'result') return { cell, result: null, other: null };
  const { result } = former;
  return isResultOf(parseLink(cell.link).experiment, result.link)
    ? { cell, result, other: null }
    : { cell, result: null, other: result.link };
}

const lookAll = (out: string, all: readonly Cell[]): readonly Found[] => all.map((cell) => look(out, cell));

/** A few of the names, so that the line stays readable. */
const some = (names: readonly string[]): string => names.slice(0, 5).join(' ') + (names.length > 5 ? ' …' : '');

function refuseOthers(out: string, all: readonly Found[]): void {
  const others = all.filter(({ other }) => other !== null);
  const [first] = others;
  if (first === undefined) return;
  const what = others.length === 1 ? 'holds the result of another experiment' : 'hold results of other experiments';
  throw new UsageError(
    `${some(others.map(({ cell }) => cell.name))} in ${out} ${what} (${first.cell.name}: ${(first.other ?? '').slice(0, 100)}): --force runs ${others.length === 1 ? 'it' : 'them'} again, or choose another --out`,
  );
}

/** Whether a table of that name is one of ours, or there is none. */
function isOurTable(path: string): boolean {
  try {
    return readFileSync(path, 'utf8').slice(0, 10_000).split('\n')[0]?.split(',').includes('link') ?? false;
  } catch {
    return !existsSync(path);
  }
}

/** Gathers the results that are there; says which are missing. */
function collect(out: string, axes: readonly Axis[], all: readonly Cell[], force: boolean): number {
  const looked = lookAll(out, all);
  if (!force) refuseOthers(out, looked);
  const found = looked.filter((entry): entry is Found & { result: Result } => entry.result !== null);
  if (found.length === 0) throw new Error(`${out} holds no result yet of the ${all.length} that this sweep has`);
  const path = join(out, TABLE);
  writeWhole(path, collectCsv(axes, found));
  const written = found.map(({ cell, result }) => ({ result, written: Math.round(statSync(join(out, cell.name, RESULT_FILE)).mtimeMs) }));
  writeWhole(join(out, RUNS), collectRuns(written));
  const missing = looked.filter(({ result }) => result === null).map(({ cell }) => cell.name);
  console.log(`${found.length} of ${all.length} results in ${path}${missing.length === 0 ? '' : `; missing: ${some(missing)}`}`);
  const ranks = ranksText(ranksOf(found.map(({ result }) => result)));
  if (ranks !== '') console.log(ranks);
  return missing.length === 0 ? 0 : 1;
}

/** Trains one cell and writes its files. @returns what to say of it, and whether it went well */
async function runCell(
  folder: string,
  cell: Cell,
  { force, metrics }: How,
): Promise<{ readonly text: string; readonly line: Omit<Line, 'cell' | 'seconds'> }> {
  const { experiment } = readExperiment(cell.link);
  let place: ResultFolder;
  try {
    place = new ResultFolder(folder, { experiment, trace: false, force });
  } catch (error) {
    // Another process trains this cell, or files are in its way: the others can still be trained.
    if (error instanceof UsageError) return { text: error.message, line: { event: 'failed', reason: error.message } };
    throw error;
  }
  try {
    const state = new RunState(folder, experiment, force);
    const outcome = await runExperiment(experiment, { trace: false, files: true, metrics, progress: new Progress(true), state });
    // A run that a fault ended is to be run again, not to be left out.
    if (outcome.files.length > 0 && outcome.phase !== 'failed') {
      place.write(outcome.files);
      state.clear();
    }
    const losses = [...outcome.losses].map(([model, { loss }]) => `${model} ${spellLoss(loss, 4)}`).join(' · ');
    const { phase, reason, from } = outcome;
    return {
      text: phase === 'finished' ? losses : reason,
      line: {
        event: phase,
        ...(from === null ? {} : { from }),
        losses: Object.fromEntries([...outcome.losses].map(([model, { loss }]) => [model, loss])),
        ...(reason === '' ? {} : { reason }),
      },
    };
  } finally {
    place.close();
  }
}

async function runHere(out: string, all: readonly Cell[], how: How): Promise<number> {
  const { quiet, shard } = how;
  writeAsked(out, how.asked, how.force);
  let failed = 0;
  for (const [i, cell] of all.entries()) {
    const label = `${i + 1} of ${all.length} ${cell.name}`;
    if (look(out, cell).result !== null) {
      if (!quiet) console.log(`${label}: there already`);
      writeLine(out, shard, { cell: cell.name, event: 'there' });
      continue;
    }
    writeLine(out, shard, { cell: cell.name, event: 'started' });
    const start = performance.now();
    const { text, line } = await runCell(join(out, cell.name), cell, how);
    writeLine(out, shard, { cell: cell.name, ...line, seconds: (performance.now() - start) / 1000 });
    const finished = line.event === 'finished';
    if (!quiet || !finished) console.log(`${label}: ${text}`);
    if (!finished) failed++;
  }
  return failed === 0 ? 0 : 1;
}

/**
 * Runs a share of the grid, beside others: each cell has a lock of its own, and the table is made when all have ended.
 */
async function runShard(out: string, all: readonly Cell[], how: How): Promise<number> {
  if (!how.force) refuseOthers(out, lookAll(out, all));
  return runHere(out, all, how);
}

/** Runs the grid with the folder to itself, and collects it. */
async function runAndCollect(out: string, axes: readonly Axis[], all: readonly Cell[], how: How): Promise<number> {
  const lock = inFolder(out, () => lockFolder(out));
  try {
    if (!how.force) {
      refuseOthers(out, lookAll(out, all));
      const table = join(out, TABLE);
      if (!isOurTable(table)) throw new UsageError(`${table} is no collected sweep: --force replaces it, or choose another --out`);
    }
    const code = await runHere(out, all, how);
    // A run that diverged is a result as well.
    return Math.max(code, collect(out, axes, all, true));
  } finally {
    lock.release();
  }
}

/** @throws UsageError where the folder can't be written to */
function inFolder<T>(out: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--out ${out} can't be written (${whyNotWritten(error)}): it must be a folder that you may write to`);
  }
}

/** The sweep that is asked for: by link and axes, or by the folder of a sweep that goes on. */
function askedFor({ values, positionals }: Given, out: string): Asked {
  const [argument, ...rest] = positionals;
  const over = textsOf(values.over);
  const linkOf = (experiment: string): string => formatLink(withAdapter(readExperiment(experiment).experiment, textOf(values.adapter)));
  if (values.resume === true && argument === undefined && over.length === 0) {
    const asked = readAsked(out);
    return { ...asked, link: linkOf(asked.link), metrics: asked.metrics || values.metrics === true };
  }
  if (argument === undefined) throw new UsageError(`an experiment is missing; ${USAGE}`);
  refuseMore(rest, USAGE);
  if (over.length === 0) throw new UsageError(`--over is missing, e.g. --over "grow=50,100,200"; ${USAGE}`);
  return { link: linkOf(argument), over, metrics: values.metrics === true };
}

export async function main(argv: readonly string[]): Promise<number> {
  const given = parseArguments(argv, OPTIONS, USAGE);
  const { values } = given;
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const out = textOf(values.out);
  if (out === undefined) throw new UsageError(`--out DIR is missing; ${USAGE}`);
  if (values.collect === true && values['print-commands'] === true)
    throw new UsageError(`--collect and --print-commands are two things to do; give one of them; ${USAGE}`);
  const shard = values.shard === undefined ? null : parseShard(textOf(values.shard) ?? '');
  if (shard !== null && values.collect === true)
    throw new UsageError('--shard has no effect with --collect, which gathers the results of all shares');
  const force = values.force === true;
  const asked = askedFor(given, out);
  const { metrics } = asked;
  const axes = asked.over.map(parseAxis);
  const base = asked.link;
  // Every combination is read now, so that a bad value is told before hours of training, not after.
  const grid = cells(base, axes);
  const all = inShard(grid, shard);

  if (values.collect === true) {
    const table = join(out, TABLE);
    if (!force && !isOurTable(table)) throw new UsageError(`${table} is no collected sweep: --force replaces it, or choose another --out`);
    return collect(out, axes, grid, force);
  }
  if (values['print-commands'] === true) {
    for (const { link, name } of all)
      console.log(
        `npm run --silent experiment -- ${shellQuote(link)} --out ${shellQuote(join(out, name))} --quiet --resume${force ? ' --force' : ''}${metrics ? '' : ' --no-metrics'}`,
      );
    return 0;
  }
  const how = { force, metrics, quiet: values.quiet === true, shard, asked };
  inFolder(out, () => mkdirSync(out, { recursive: true }));
  return shard === null ? runAndCollect(out, axes, all, how) : runShard(out, all, how);
}

runMain(import.meta.url, main);
