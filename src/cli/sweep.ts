/**
 * `npm run sweep -- "<link>" --over "grow=50,100,200" --over "h2=0.05,0.1" --out DIR [--print-commands] [--collect]`:
 * every combination of the values is one experiment, in a folder of its own below DIR. By default they are run here,
 * one after the other, leaving out what has its result already. `--print-commands` prints one command a line instead,
 * for GNU parallel, Slurm or any other scheduler; `--collect` gathers what is there into DIR/sweep.csv, which the page's map
 * reads, and prints how well each prediction in the results ranks the runs, beside the total time alone.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatLink } from '../experiment/link.ts';
import { RESULT_SCHEMA, type Result } from '../storage/results.ts';
import { UsageError, parseArguments, runMain, textOf } from './arguments.ts';
import { prepareFolder, writeFiles } from './output.ts';
import { Progress } from './progress.ts';
import { ranksOf, ranksText } from './ranks.ts';
import { readExperiment } from './read-experiment.ts';
import { runExperiment } from './run-experiment.ts';
import { type Axis, type Cell, cells, collectCsv, parseAxis, shellQuote } from './grid.ts';

const USAGE =
  'npm run sweep -- "<link>" --over "key=value,value" [--over …] --out DIR [--print-commands] [--collect] [--adapter auto|webgpu|wasm] [--quiet]';
const OPTIONS = {
  over: { type: 'string', multiple: true },
  out: { type: 'string' },
  'print-commands': { type: 'boolean', default: false },
  collect: { type: 'boolean', default: false },
  adapter: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function readResult(folder: string): Result | null {
  try {
    const result = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')) as Result & { readonly schema?: string };
    return result.schema === RESULT_SCHEMA ? result : null;
  } catch {
    return null;
  }
}

/** Gathers the results that are there; says which are missing. */
function collect(out: string, axes: readonly Axis[], all: readonly Cell[]): number {
  const results = all.map((cell) => ({ cell, result: readResult(join(out, cell.name)) }));
  const found = results.filter((entry): entry is { cell: Cell; result: Result } => entry.result !== null);
  if (found.length === 0) throw new Error(`${out} holds no result yet of the ${all.length} that this sweep has`);
  const path = join(out, 'sweep.csv');
  writeFileSync(`${path}.partial`, collectCsv(axes, found));
  renameSync(`${path}.partial`, path);
  const missing = results.filter(({ result }) => result === null).map(({ cell }) => cell.name);
  console.log(
    `${found.length} of ${all.length} results in ${path}${missing.length === 0 ? '' : `; missing: ${missing.slice(0, 5).join(' ')}${missing.length > 5 ? ' …' : ''}`}`,
  );
  const ranks = ranksText(ranksOf(found.map(({ result }) => result)));
  if (ranks !== '') console.log(ranks);
  return missing.length === 0 ? 0 : 1;
}

async function runHere(out: string, all: readonly Cell[], adapter: string | undefined, quiet: boolean): Promise<number> {
  let failed = 0;
  for (const [i, cell] of all.entries()) {
    const folder = join(out, cell.name);
    const label = `${i + 1} of ${all.length} ${cell.name}`;
    if (existsSync(join(folder, 'result.json'))) {
      if (!quiet) console.log(`${label}: there already`);
      continue;
    }
    mkdirSync(folder, { recursive: true });
    const experiment = readExperiment(cell.link).experiment;
    const outcome = await runExperiment(
      adapter === undefined ? experiment : { ...experiment, adapter: adapter as typeof experiment.adapter },
      { trace: false, files: true, progress: new Progress(true) },
    );
    // A run that a fault ended is to be run again, not to be left out.
    if (outcome.files.length > 0 && outcome.phase !== 'failed') writeFiles(folder, outcome.files);
    const losses = [...outcome.losses].map(([model, { loss }]) => `${model} ${loss.toFixed(4)}`).join(' · ');
    if (!quiet) console.log(`${label}: ${outcome.phase === 'finished' ? losses : outcome.reason}`);
    if (outcome.phase !== 'finished') failed++;
  }
  return failed === 0 ? 0 : 1;
}

export async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, OPTIONS, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const [argument, extra] = positionals;
  if (argument === undefined) throw new UsageError(`an experiment is missing; ${USAGE}`);
  if (extra !== undefined) throw new UsageError(`${extra} is one argument too many (is the link in quotes?); ${USAGE}`);
  const out = textOf(values.out);
  if (out === undefined) throw new UsageError(`--out DIR is missing; ${USAGE}`);
  const given = Array.isArray(values.over) ? values.over.filter((text): text is string => typeof text === 'string') : [];
  if (given.length === 0) throw new UsageError(`--over is missing, e.g. --over "grow=50,100,200"; ${USAGE}`);
  const adapter = textOf(values.adapter);
  if (adapter !== undefined && !['auto', 'webgpu', 'wasm'].includes(adapter))
    throw new UsageError(`--adapter ${adapter} is not an adapter (auto, webgpu, wasm)`);
  const axes = given.map(parseAxis);
  const base = formatLink(readExperiment(argument).experiment);
  // Every combination is read now, so that a bad value is told before hours of training, not after.
  const all = cells(base, axes);

  if (values.collect === true) return collect(out, axes, all);
  if (values['print-commands'] === true) {
    for (const { link, name } of all)
      console.log(
        `npm run --silent experiment -- ${shellQuote(link)} --out ${shellQuote(join(out, name))} --quiet${adapter === undefined ? '' : ` --adapter ${adapter}`}`,
      );
    return 0;
  }
  prepareFolder(out);
  const code = await runHere(out, all, adapter, values.quiet === true);
  // A run that diverged is a result as well.
  const collected = collect(out, axes, all);
  return Math.max(code, collected);
}

runMain(import.meta.url, main);
