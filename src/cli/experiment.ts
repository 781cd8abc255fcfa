/**
 * `npm run experiment -- "<link, or file.json>" [--out DIR] [--force] [--trace] [--no-metrics] [--generate FILE]
 * [--answers tsv|json] [--source A=DIR …] [--own FILE] [--adapter auto|webgpu|wasm] [--quiet] [--resume]`: trains an
 * experiment without a page and writes the result files. `--force` replaces the result of another experiment in DIR;
 * `--resume` keeps the state in DIR as it trains, and goes on from there after an interruption, to the same bits;
 * `--no-metrics` leaves out what is measured along the run (sharpness, gradient norms, distances from the flows), which
 * takes longer than the training. `--generate` asks the networks at the end what stands in FILE, an input a line; their
 * answers are among the result files, or printed where there are none. `--source A=DIR` lets network A start from a
 * checkpoint in Hugging Face's layout: a folder, a zip, or its model.safetensors. `--own FILE` gives a text of one's
 * own for corpus=own, or pairs for task=own (an input and its output a line, with a tab between them); the result names
 * it by its mark. `--schema` prints the experiment's JSON Schema.
 */
import { spellLoss } from '../experiment/messages/numbers.ts';
import { sentence } from '../experiment/describe.ts';
import { jsonSchema } from '../experiment/schema.ts';
import { UsageError, parseArguments, refuseMore, runMain, textOf, textsOf } from './command/arguments.ts';
import { type Asked, answersText, readInputs } from './command/answers-file.ts';
import { hasRestarted } from './command/dawn.ts';
import { Progress } from './command/progress.ts';
import { readExperiment, type ReadExperiment, withAdapter } from './command/read-experiment.ts';
import { withOwn } from './command/own.ts';
import { withSources } from './command/sources.ts';
import type { NetworkFile } from '../storage/checkpoint/network-file.ts';
import { ResultFolder } from './results/result-folder.ts';
import { RunState } from './results/run-state.ts';
import { type Outcome, runExperiment } from './command/run-experiment.ts';
import { ANSWER_FORMS } from '../storage/result-names.ts';

const USAGE =
  'npm run experiment -- "<link, or file.json>" [--out DIR] [--force] [--trace] [--no-metrics] [--generate FILE] [--answers tsv|json] [--source A=DIR …] [--own FILE] [--adapter auto|webgpu|wasm] [--quiet] [--resume], or --schema alone';
const OPTIONS = {
  out: { type: 'string' },
  force: { type: 'boolean', default: false },
  trace: { type: 'boolean', default: false },
  'no-metrics': { type: 'boolean', default: false },
  generate: { type: 'string' },
  answers: { type: 'string' },
  source: { type: 'string', multiple: true },
  own: { type: 'string', multiple: true },
  adapter: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  schema: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function summary({ losses, gaps, adapter }: Outcome, seconds: number): string {
  const models = [...losses].map(([model, { step, loss }]) => `${model} ${spellLoss(loss, 4)} at step ${step}`);
  const fusions = gaps.map(({ step, gap }) => `fused at ${step}, gap ${gap < 0 ? '−' : '+'}${Math.abs(gap).toFixed(4)}`);
  return [...models, ...fusions, `${seconds.toFixed(1)} s on ${adapter?.kind ?? 'nothing'}`].join(' · ');
}

/** How good the answers on held-out examples are where a task has more to say than a loss: a line a model and task. */
function answers({ metrics }: Outcome): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { model, task, corpus, split, name, step, value } of metrics) {
    if (split !== 'test') continue;
    const key = `${model}, ${task}${corpus === undefined ? '' : ` of ${corpus}`} on the test set at step ${step}`;
    const said = name === 'loss' || name === 'matthews' ? value.toFixed(3) : `${(100 * value).toFixed(1)} %`;
    lines.set(key, [...(lines.get(key) ?? []), `${name} ${said}`]);
  }
  return [...lines].map(([key, said]) => `${key}: ${said.join(', ')}`);
}

export async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, OPTIONS, USAGE);
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  if (values.schema === true) {
    refuseMore(positionals, USAGE);
    const other = (
      ['out', 'force', 'trace', 'no-metrics', 'generate', 'answers', 'source', 'own', 'adapter', 'quiet', 'resume'] as const
    ).find((name) => values[name] !== undefined && values[name] !== false);
    if (other !== undefined) throw new UsageError(`--${other} has no effect with --schema, which only prints the schema; ${USAGE}`);
    console.log(JSON.stringify(jsonSchema(), null, 2));
    return 0;
  }
  const [argument, ...rest] = positionals;
  if (argument === undefined) throw new UsageError(`an experiment is missing; ${USAGE}`);
  refuseMore(rest, USAGE);
  const read = readExperiment(argument);
  const { experiment: given, networks } = withSources(withAdapter(read.experiment, textOf(values.adapter)), textsOf(values.source));
  const { experiment, own } = withOwn(given, textsOf(values.own));
  const out = textOf(values.out) ?? null;
  const trace = values.trace === true;
  const force = values.force === true;
  if (trace && out === null) throw new UsageError('--trace needs --out DIR, the folder to write data.json to');
  if (force && out === null) throw new UsageError('--force needs --out DIR, the folder whose result may be replaced');
  const resume = values.resume === true;
  if (resume && out === null) throw new UsageError('--resume needs --out DIR, the folder in which the state is kept');
  const asked = askedOf(textOf(values.generate), textOf(values.answers));
  const answers = asked === undefined ? {} : { answers: asked.form };
  const folder = out === null ? null : new ResultFolder(out, { experiment, trace, force, ...answers });
  try {
    return await train({ ...read, experiment }, folder, {
      trace,
      metrics: values['no-metrics'] !== true,
      quiet: values.quiet === true,
      state: resume && folder !== null ? new RunState(folder.path, experiment, force) : undefined,
      asked,
      networks,
      own,
    });
  } finally {
    folder?.close();
  }
}

/** The questions of `--generate FILE --answers json`. @throws UsageError where that is not to be read */
function askedOf(file: string | undefined, form: string | undefined): Asked | undefined {
  if (file === undefined) {
    if (form !== undefined) throw new UsageError('--answers needs --generate FILE, the texts to answer, one a line');
    return undefined;
  }
  const known = ANSWER_FORMS.find((each) => each === (form ?? 'tsv'));
  if (known === undefined) throw new UsageError(`--answers ${form} is not a form of answers (${ANSWER_FORMS.join(', ')})`);
  return { texts: readInputs(file), form: known };
}

async function train(
  { experiment, passedOver }: ReadExperiment,
  folder: ResultFolder | null,
  {
    trace,
    metrics,
    quiet,
    asked,
    networks,
    own,
    state,
  }: {
    readonly trace: boolean;
    readonly metrics: boolean;
    readonly quiet: boolean;
    readonly asked: Asked | undefined;
    readonly networks: readonly NetworkFile[];
    readonly own: readonly string[];
    readonly state: RunState | undefined;
  },
): Promise<number> {
  const progress = new Progress(quiet);
  // A program that started itself anew has said these already.
  if (!hasRestarted()) for (const text of [...passedOver.map(({ message }) => message), sentence(experiment)]) progress.note(text);
  const start = performance.now();
  const outcome = await runExperiment(experiment, {
    trace,
    files: folder !== null,
    metrics: metrics && folder !== null,
    progress,
    asked,
    networks,
    own,
    state,
  });
  for (const [i, { problem }] of outcome.answered.entries()) if (problem !== null) progress.note(`line ${i + 1} has no answer: ${problem}`);
  const written = folder !== null && outcome.files.length > 0;
  if (written) {
    folder.write(outcome.files);
    if (outcome.phase !== 'failed') state?.clear();
  }
  if (!quiet && outcome.losses.size > 0)
    console.log([summary(outcome, (performance.now() - start) / 1000), ...answers(outcome)].join('\n'));
  if (written && !quiet) console.log(`written to ${folder.path}`);
  if (asked && folder === null && outcome.answered.length > 0) console.log(answersText(outcome.answered, asked.form).replace(/\n$/, ''));
  if (outcome.unanswered !== null) throw new Error(`the texts of --generate could not be answered: ${outcome.unanswered}`);
  if (outcome.phase === 'finished') return 0;
  throw new Error(outcome.reason === '' ? 'the run failed' : outcome.reason);
}

runMain(import.meta.url, main);
