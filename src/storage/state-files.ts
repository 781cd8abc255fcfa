/**
 * A model's state as files. A standard T5 is a checkpoint in Hugging Face's layout with its tokenizer, below
 * `checkpoints/`. One whose norms are taken over groups is none: it stands below `grouped-norms/`, its weights under a
 * name that Hugging Face does not look for, so that nobody reads it as the standard T5 that it is not. Right after a
 * growth the optimizer's state comes with it: from there the run can be replayed elsewhere, whatever was drawn for the
 * new weights.
 */
import type { TaskData } from '../data/example.ts';
import type { HostTensor, NamedTensors } from '../engine/named-tensors.ts';
import { writeConfig, type T5Config } from '../model/config.ts';
import { whyNoCheckpoint, writeCheckpoint } from './checkpoint/checkpoint.ts';
import { type OutputFile, textFile } from './files.ts';
import { withFloats } from './checkpoint/hugging-face-json.ts';
import { CHECKPOINTS, GROUPED_NORMS } from './result-names.ts';
import { writeSafetensors } from './checkpoint/safetensors.ts';
import { writeTokenizer } from './checkpoint/tokenizer.ts';

/** The names of an optimizer's slots in files, whatever they hold: moments, or means over rows and columns. */
const SLOT_NAMES = { slot1: 'moment1', slot2: 'moment2' } as const;

/** The parts of a model's state that are written. */
export interface StoredState {
  readonly config: T5Config;
  readonly parameters: NamedTensors;
  /** The optimizer's own values for each parameter. */
  readonly slots: Readonly<Partial<Record<keyof typeof SLOT_NAMES, NamedTensors>>>;
  /** Which entry of `counts` each element's step count is; undefined: all go by entry 0. */
  readonly groups: NamedTensors | undefined;
  readonly counts: readonly number[];
  /** The share of the grouped norms falls from 1 at step `from` to 0 after `steps` more. */
  readonly release?: { readonly from: number; readonly steps: number };
}

/**
 * @param name `M-300`
 * @param vocabulary the task's: id → token, and how texts become tokens
 * @param withOptimizer whether the optimizer's state is written, as far as it has one
 */
export function stateFiles(
  name: string,
  state: StoredState,
  { tokens, spelling }: Pick<TaskData, 'tokens' | 'spelling'>,
  withOptimizer: boolean,
): readonly OutputFile[] {
  const standard = whyNoCheckpoint(state.config) === null;
  const folder = `${standard ? CHECKPOINTS : GROUPED_NORMS}/${name}`;
  return [
    ...(standard ? writeCheckpoint(folder, state) : groupedFiles(folder, state)),
    ...writeTokenizer(folder, tokens, spelling),
    ...(withOptimizer ? optimizerFiles(folder, state) : []),
  ];
}

function groupedFiles(folder: string, { config, parameters, release }: StoredState): readonly OutputFile[] {
  const json = { ...writeConfig(config), ...(release === undefined ? {} : { norm_release: release }) };
  return [
    textFile(`${folder}/config.json`, `${withFloats(JSON.stringify(json, null, 2))}\n`),
    { path: `${folder}/parameters.safetensors`, bytes: writeSafetensors(parameters) },
  ];
}

/** `moment1.<parameter>`, `moment2.<parameter>`, `group.<parameter>`; the step counts by group are in the metadata. */
function optimizerFiles(folder: string, { slots, groups, counts }: StoredState): readonly OutputFile[] {
  const named = [
    [SLOT_NAMES.slot1, slots.slot1],
    [SLOT_NAMES.slot2, slots.slot2],
  ] as const;
  // Without a state there is nothing that a step count could be for.
  if (named.every(([, slot]) => slot === undefined || slot.size === 0)) return [];
  const tensors = new Map<string, HostTensor>();
  for (const [role, each] of [...named, ['group', groups] as const])
    for (const [parameter, tensor] of each ?? []) tensors.set(`${role}.${parameter}`, tensor);
  return [{ path: `${folder}/optimizer.safetensors`, bytes: writeSafetensors(tensors, { format: 'pt', counts: counts.join(',') }) }];
}
