/**
 * Names of the files that a run's result consists of: what may be replaced in a folder that holds one, and nothing
 * else.
 */
import type { Experiment, ModelId } from '../experiment/experiment.ts';
import { baselineStages } from '../experiment/cost/cost.ts';
import { planOf, schedule } from '../experiment/plan/plan.ts';

export const RESULT_FILE = 'result.json';
export const CURVES_FILE = 'curves.csv';
export const TRACE_FILE = 'data.json';
/** Answers of networks to texts of somebody's own, as a table with tabs or as JSON. */
export const ANSWER_FORMS = ['tsv', 'json'] as const;
export type AnswerForm = (typeof ANSWER_FORMS)[number];
export const answersName = (form: AnswerForm): string => `answers.${form}`;
/** Files that go with a download. */
export const README_FILE = 'README.md';
export const LOADER_FILE = 'load_checkpoint.py';

/** Folders of models, as `checkpoints/M-300/`: standard T5s, and those whose norms are taken over groups. */
export const CHECKPOINTS = 'checkpoints';
export const GROUPED_NORMS = 'grouped-norms';

const TOKENIZER_FILES: readonly string[] = ['tokenizer.json', 'tokenizer_config.json'];
const CHECKPOINT_FILES: readonly string[] = ['config.json', 'model.safetensors', ...TOKENIZER_FILES];
const GROUPED_FILES: readonly string[] = ['config.json', 'parameters.safetensors', ...TOKENIZER_FILES];

const checkpointNames = (model: ModelId, step: number): readonly string[] =>
  CHECKPOINT_FILES.map((file) => `${CHECKPOINTS}/${model}-${step}/${file}`);
const groupedNames = (model: ModelId, step: number): readonly string[] =>
  GROUPED_FILES.map((file) => `${GROUPED_NORMS}/${model}-${step}/${file}`);

/** The names that a result may give. One that names others is not ours, whoever wrote it. */
const NAMES =
  /^(result\.json|curves\.csv|data\.json|answers\.(?:tsv|json)|README\.md|load_checkpoint\.py|(checkpoints|grouped-norms)\/[A-Za-z][\w-]*-\d+\/[a-z_]+\.(json|safetensors))$/;
const isName = (name: unknown): name is string => typeof name === 'string' && NAMES.test(name);

/** The facts about a result on which its files depend. */
interface Named {
  readonly files?: unknown;
  readonly models?: unknown;
}

/** The files that a result names; of a result of before it named them, those that were written then. */
export function namedFiles(result: Named): readonly string[] {
  if (Array.isArray(result.files)) return [RESULT_FILE, ...result.files.filter(isName)];
  const models = Array.isArray(result.models) ? (result.models as readonly { id?: unknown; from?: unknown; to?: unknown }[]) : [];
  const checkpoints = models.flatMap(({ id, from, to }) =>
    [from, to].flatMap((step) => (typeof id === 'string' && typeof step === 'number' ? checkpointNames(id, step) : [])),
  );
  return [RESULT_FILE, CURVES_FILE, TRACE_FILE, ...checkpoints.filter(isName)];
}

/**
 * The additions of a grown model to its checkpoints: its optimizer's state, and the folder it stands in while its norms
 * are grouped.
 */
function grownNames(model: ModelId, from: number, to: number, grouped: boolean): readonly string[] {
  const state = (folder: string): string => `${folder}/${model}-${from}/optimizer.safetensors`;
  if (!grouped) return [state(CHECKPOINTS)];
  return [...[from, to].flatMap((step) => groupedNames(model, step)), state(CHECKPOINTS), state(GROUPED_NORMS)];
}

/**
 * The files that a run of this experiment may write, so that what would be in its way is told before it is trained.
 * Norms that are grouped at a growth may be one at the end: then the model may stand in either folder.
 */
export function plannedFiles(experiment: Experiment, trace: boolean, answers: AnswerForm | null = null): readonly string[] {
  const stages = schedule(planOf(experiment));
  const models = [...stages, ...baselineStages(experiment, stages)].flatMap(({ model, from, to, sources }) => [
    ...[from, to].flatMap((step) => checkpointNames(model, step)),
    ...(sources.length > 0 ? grownNames(model, from, to, experiment.norm === 'grouped') : []),
  ]);
  const besides = [...(trace ? [TRACE_FILE] : []), ...(answers === null ? [] : [answersName(answers)])];
  return [...new Set([RESULT_FILE, CURVES_FILE, ...besides, ...models])];
}
