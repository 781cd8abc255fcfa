/**
 * The limits of an experiment in a browser: the range of every number of an experiment, from the settings'
 * declarations. The largest values keep the biggest model, its moments and one batch of activations within about 2 GB
 * (`MEMORY_LIMIT`, checked over all of them together).
 */
import { type NumberName, SETTING_LIST, SIZES } from './settings/registry.ts';
import type { Range } from './settings/setting.ts';
import { HELD_SHARPNESS, STEP_SIZES } from './settings/step-size.ts';
import type { ModelSize } from './settings/values.ts';
import { type TaskId, taskRow } from './declared/tasks.ts';

export type { Range } from './settings/setting.ts';
export { SHORT_WORDS } from './declared/tasks.ts';

const rangesOf = <Name extends string>(entries: readonly (readonly [Name, Range])[]): Readonly<Record<Name, Range>> =>
  Object.fromEntries(entries.map(([name, { min, max }]) => [name, { min, max }])) as Record<Name, Range>;

/** By the settings' names; a size by its key. */
export const LIMITS: Readonly<Record<NumberName | keyof ModelSize | 'stepSize' | 'edge', Range>> = {
  ...rangesOf(SETTING_LIST.flatMap(([name, { type }]) => (type.is === 'number' ? [[name as NumberName, type] as const] : []))),
  ...rangesOf(Object.entries(SIZES) as [keyof ModelSize, Range][]),
  stepSize: STEP_SIZES,
  edge: HELD_SHARPNESS,
};

/**
 * The examples that a task has: most examples to train on, most held-out ones for the probe. @param examples how many
 * are asked for
 */
export function taskLimits(task: TaskId, examples: number): { readonly examples: number; readonly probe: number } {
  return taskRow(task).most(examples);
}

/** Entries a step-size table may have in a link; a file may say every step. */
export const TABLE_LIMIT = 500;
/** Step sizes in a table: what came out of holding a sharpness may be smaller than what anyone asks for. */
export const TABLE_SIZES: Range = { min: 1e-12, max: LIMITS.stepSize.max };
/** Characters a link may have (browsers, chats and code scanners start to cut beyond). */
export const LINK_LIMIT = 8_000;
/** Bytes that parameters, gradients, moments and activations of the largest model may take together. */
export const MEMORY_LIMIT = 2 * 1024 ** 3;
/**
 * Of these bytes, up to how many are taken as soon as an experiment is opened; larger networks are made when they are
 * needed.
 */
export const MADE_AT_ONCE = 256 * 1024 ** 2;
