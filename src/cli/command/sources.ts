/** `--source A=DIR`: networks of a run that start from files, a folder, a zip or a model.safetensors. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Experiment, ModelId } from '../../experiment/experiment.ts';
import { sourceMarks, spellSources } from '../../experiment/settings/source.ts';
import { startingModels } from '../../experiment/plan/plan.ts';
import { sizeOfNetwork } from '../../run/setup/given.ts';
import { type NamedFile, type NetworkFile, readNetworks } from '../../storage/checkpoint/network-file.ts';
import { isZip, unzip } from '../../storage/unzip.ts';
import { UsageError } from './arguments.ts';

export interface WithSources {
  readonly experiment: Experiment;
  readonly networks: readonly NetworkFile[];
}

/** Names of files that are read of a folder: those of a checkpoint. */
const OF_CHECKPOINT = /\.(json|safetensors)$/;

function filesOf(path: string): readonly NamedFile[] {
  if (!existsSync(path))
    throw new UsageError(`${path} does not exist; a folder with config.json and model.safetensors, or a zip of it, is right`);
  const read = (folder: string, name: string): NamedFile => ({ path: name, bytes: new Uint8Array(readFileSync(join(folder, name))) });
  if (statSync(path).isDirectory()) {
    const names = readdirSync(path, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    // What is not read is named, but not taken into memory.
    return names.map(({ name }) => (OF_CHECKPOINT.test(name) ? read(path, name) : { path: name, bytes: new Uint8Array() }));
  }
  const folder = dirname(resolve(path));
  const file = read(folder, basename(path));
  if (isZip(file.bytes)) return unzip(file.bytes);
  // A file of weights, with what lies beside it.
  const beside = ['config.json', 'tokenizer.json'].filter((name) => name !== basename(path) && existsSync(join(folder, name)));
  return [file, ...beside.map((name) => read(folder, name))];
}

/** The network of `--source A=PATH`; of a zip with several, `A=PATH#checkpoints/M-300` says which. */
function networkOf(text: string): { readonly model: ModelId; readonly network: NetworkFile } {
  const equals = text.indexOf('=');
  const [model, place] = [text.slice(0, Math.max(equals, 0)), text.slice(equals + 1)];
  if (equals < 1 || place === '') throw new UsageError(`--source ${text} says no network and file; right would be e.g. A=my-t5`);
  const hash = existsSync(place) ? -1 : place.lastIndexOf('#');
  const [path, within] = hash < 0 ? [place, undefined] : [place.slice(0, hash), place.slice(hash + 1)];
  let found: readonly NetworkFile[];
  try {
    found = readNetworks(filesOf(path), path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--source ${model}=${error instanceof Error ? error.message : String(error)}`);
  }
  const wanted = within === undefined ? found : found.filter(({ name }) => name === `${path}/${within}`);
  const [network, ...others] = wanted;
  if (network === undefined || others.length > 0) {
    const all = found.map(({ name }) => name.slice(path.length + 1)).join(', ');
    throw new UsageError(
      `--source ${text}: ${path} holds ${found.length} networks (${all}); say which one, e.g. ${model}=${path}#${found.at(-1)?.name.slice(path.length + 1)}`,
    );
  }
  return { model, network };
}

/** Refuses what would leave a network of the experiment to random weights, or to another file than it names. */
function checkNamed(experiment: Experiment, marks: ReadonlyMap<ModelId, string>): void {
  for (const [model, mark] of sourceMarks(experiment)) {
    const given = marks.get(model);
    if (given === undefined)
      throw new UsageError(
        `network ${model} of this experiment starts from a file with the mark ${mark}; say where it is, e.g. --source ${model}=my-t5`,
      );
    if (given !== mark)
      throw new UsageError(`--source ${model}: the experiment is about another network, with the mark ${mark}; this one has ${given}`);
  }
}

/**
 * The experiment with networks from files in the places that `--source` says; their size is the experiment's.
 * @throws UsageError where a file is none, and where the experiment names other files than these
 */
export function withSources(experiment: Experiment, texts: readonly string[]): WithSources {
  const starting = startingModels(experiment);
  const marks = new Map<ModelId, string>();
  const networks: NetworkFile[] = [];
  let model = experiment.model;
  for (const text of texts) {
    const { model: id, network } = networkOf(text);
    if (!starting.includes(id))
      throw new UsageError(`--source ${text}: ${id} does not start in this plan; ${starting.join(', ')} can start from a file`);
    if (marks.has(id)) throw new UsageError(`--source ${id} is given twice`);
    marks.set(id, network.mark);
    networks.push(network);
    try {
      // Where two differ, what is wrong with them is said by the run, with both values.
      if (networks.length === 1) model = sizeOfNetwork(network);
    } catch (error) {
      throw new UsageError(`--source ${text}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  checkNamed(experiment, marks);
  // In the order of the plan, whatever the order of the arguments: one experiment has one spelling.
  const inOrder = new Map(starting.flatMap((id) => (marks.has(id) ? [[id, marks.get(id) ?? ''] as const] : [])));
  const source = sourceMarks(experiment).size === marks.size ? experiment.source : spellSources(inOrder);
  return { experiment: source === undefined ? experiment : { ...experiment, model, source }, networks };
}
