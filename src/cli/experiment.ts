/**
 * `npm run experiment -- "<link, or file.json>" [--out DIR] [--trace] [--adapter auto|webgpu|wasm] [--quiet]`: trains
 * an experiment without a page and writes the result files. `--schema` prints the experiment's JSON Schema.
 */
import { ADAPTERS, type Experiment } from '../experiment/experiment.ts';
import { sentence } from '../experiment/describe.ts';
import { jsonSchema } from '../experiment/schema.ts';
import { UsageError, parseArguments, runMain, textOf } from './arguments.ts';
import { prepareFolder, writeFiles } from './output.ts';
import { Progress } from './progress.ts';
import { readExperiment } from './read-experiment.ts';
import { type Outcome, runExperiment } from './run-experiment.ts';

const USAGE = 'npm run experiment -- "<link, or file.json>" [--out DIR] [--trace] [--adapter auto|webgpu|wasm] [--quiet] [--schema]';
const OPTIONS = {
  out: { type: 'string' },
  trace: { type: 'boolean', default: false },
  adapter: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  schema: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function withAdapter(experiment: Experiment, name: string | undefined): Experiment {
  if (name === undefined) return experiment;
  const adapter = ADAPTERS.find((each) => each === name);
  if (adapter === undefined) throw new UsageError(`--adapter ${name} is not an adapter (${ADAPTERS.join(', ')})`);
  return { ...experiment, adapter };
}

function summary({ losses, gaps, adapter }: Outcome, seconds: number): string {
  const models = [...losses].map(([model, { step, loss }]) => `${model} ${loss.toFixed(4)} at step ${step}`);
  const fusions = gaps.map(({ step, gap }) => `fused at ${step}, gap ${gap < 0 ? '−' : '+'}${Math.abs(gap).toFixed(4)}`);
  return [...models, ...fusions, `${seconds.toFixed(1)} s on ${adapter?.kind ?? 'nothing'}`].join(' · ');
}

export async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, OPTIONS, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  if (values.schema === true) {
    console.log(JSON.stringify(jsonSchema(), null, 2));
    return 0;
  }
  const [argument, extra] = positionals;
  if (argument === undefined) throw new UsageError(`an experiment is missing; ${USAGE}`);
  if (extra !== undefined) throw new UsageError(`${extra} is one argument too many (is the link in quotes?); ${USAGE}`);
  const read = readExperiment(argument);
  const experiment = withAdapter(read.experiment, textOf(values.adapter));
  const out = textOf(values.out) ?? null;
  if (values.trace === true && out === null) throw new UsageError('--trace needs --out DIR, the folder to write data.json to');
  if (out !== null) prepareFolder(out);

  const progress = new Progress(values.quiet === true);
  for (const { message } of read.passedOver) progress.note(message);
  progress.note(sentence(experiment));
  const start = performance.now();
  const outcome = await runExperiment(experiment, { trace: values.trace === true, files: out !== null, progress });
  if (out !== null && outcome.files.length > 0) writeFiles(out, outcome.files);
  if (values.quiet !== true && outcome.losses.size > 0) console.log(summary(outcome, (performance.now() - start) / 1000));
  if (out !== null && outcome.files.length > 0 && values.quiet !== true) console.log(`written to ${out}`);
  if (outcome.phase === 'finished') return 0;
  throw new Error(outcome.reason === '' ? 'the run failed' : outcome.reason);
}

runMain(import.meta.url, main);
