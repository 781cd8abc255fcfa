/** Names of the files that a run's result consists of: what may be replaced in a folder that holds one, and nothing else. */
import type { Experiment, ModelId } from '../experiment/experiment.ts';
import { baselineStages } from '../experiment/cost.ts';
import { planOf, schedule } from '../experiment/plan.ts';

export const RESULT_FILE = 'result.json';
export const CURVES_FILE = 'curves.csv';
export const TRACE_FILE = 'data.json';

/** Files of a checkpoint of `checkpoints/<model>-<step>/`. */
const CHECKPOINT_FILES: readonly string[] = ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'];

const checkpointNames = (model: ModelId, step: number): readonly string[] =>
  CHECKPOINT_FILES.map((file) => `checkpoints/${model}-${step}/${file}`);

/** The names that a result may give. One that names others is not ours, whoever wrote it. */
const NAMES = /^(result\.json|curves\.csv|data\.json|checkpoints\/[A-Za-z][A-Za-z0-9]*-\d+\/[a-z_]+\.(json|safetensors))$/;
const isName = (name: unknown): name is string => typeof name === 'string' && NAMES.test(name);

/** What a result says of itself, as far as its files are concerned. */
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

/** The files that a run of this experiment will write, so that what would be in its way is told before it is trained. */
export function plannedFiles(experiment: Experiment, trace: boolean): readonly string[] {
  const stages = schedule(planOf(experiment));
  const checkpoints = [...stages, ...baselineStages(experiment, stages)].flatMap(({ model, from, to }) => [
    ...checkpointNames(model, from),
    ...checkpointNames(model, to),
  ]);
  return [...new Set([RESULT_FILE, CURVES_FILE, ...(trace ? [TRACE_FILE] : []), ...checkpoints])];
}
