/** The experiment of a command line: a link, or a JSON file with an experiment or an earlier result. */
import { existsSync, readFileSync } from 'node:fs';
import { ADAPTERS, type Experiment } from '../../experiment/experiment.ts';
import { readExperimentJson } from '../../experiment/link/json.ts';
import { type LinkProblem, parseLink } from '../../experiment/link/link.ts';
import { textOfFile } from '../../experiment/text-file.ts';
import { PRESETS } from '../../experiment/presets/presets.ts';
import { UsageError } from './arguments.ts';

export interface ReadExperiment {
  readonly experiment: Experiment;
  /** Complaints that do not change the run that was asked for: told, not refused. */
  readonly passedOver: readonly LinkProblem[];
}

/** @throws UsageError on one line that names every setting that can't be used */
export function readExperiment(argument: string): ReadExperiment {
  const { experiment, problems } =
    argument.endsWith('.json') || (existsSync(argument) && !argument.includes('=')) ? fromFile(argument) : fromLink(argument);
  const serious = problems.filter((problem) => !problem.minor);
  // A program that runs something else than it was told is worse than one that stops.
  if (serious.length > 0) throw new UsageError(serious.map(({ complaint }) => complaint).join('; '));
  return { experiment, passedOver: problems };
}

function fromLink(argument: string): { readonly experiment: Experiment; readonly problems: readonly LinkProblem[] } {
  if (PRESETS.has(argument)) throw new UsageError(`${argument} is not a link; did you mean "#preset=${argument}"?`);
  if (!/[#=]/.test(argument))
    throw new UsageError(`${argument} is not a link (e.g. "#preset=first-fusion&seed=7") and not a file that exists`);
  return parseLink(argument);
}

function fromFile(path: string): { readonly experiment: Experiment; readonly problems: readonly LinkProblem[] } {
  let text: string;
  try {
    text = textOfFile(new Uint8Array(readFileSync(path)));
  } catch (error) {
    throw new UsageError(`${path} can't be read (${error instanceof Error ? error.message : String(error)})`);
  }
  return readExperimentJson(text);
}

/** The experiment on the adapter that `--adapter` names. @throws UsageError for a name that is no adapter */
export function withAdapter(experiment: Experiment, name: string | undefined): Experiment {
  if (name === undefined) return experiment;
  const adapter = ADAPTERS.find((each) => each === name);
  if (adapter === undefined) throw new UsageError(`--adapter ${name} is not an adapter (${ADAPTERS.join(', ')})`);
  return { ...experiment, adapter };
}
