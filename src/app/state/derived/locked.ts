/** Settings that a link holds fast (`lock=h,seed`): that are shown and can't be changed, whoever asks. */
import type { Experiment, ModelSize } from '../../../experiment/experiment.ts';
import { KEYS_OF } from '../../../experiment/link/keys.ts';
import { normalise } from '../../../experiment/link/reconcile.ts';
import type { SettingName } from '../../../experiment/settings/registry.ts';
import type { State } from '../state.ts';

type Lock = State['view']['lock'];

/** The settings that are held fast, and of which experiment. */
interface Holding {
  readonly view: { readonly lock: Lock };
  readonly experiment: Experiment;
}

/** One growth, said shortly or as a plan: whoever edits the plan changes any of them. */
const OF_PLAN: readonly SettingName[] = ['grow', 'steps', 'k', 'operator', 'plan'];

const SETTINGS = Object.keys(KEYS_OF) as readonly SettingName[];

/** Every key of a setting: a link may hold it by any of them. */
export const keysOf = (name: SettingName): readonly string[] => KEYS_OF[name].map(({ key }) => key);

/** One of the sizes of a model, by its own key or by that of all. */
const holdsSize = (lock: Lock, size: string): boolean => lock.includes(size) || lock.includes('size');

/**
 * Whether a link's keys hold a setting, by any of its own (`h` and `edge` are one setting); of the sizes of a model,
 * all of them.
 */
export function holds(lock: Lock, name: SettingName): boolean {
  if (name !== 'model') return keysOf(name).some((key) => lock.includes(key));
  return keysOf(name).every((key) => key === 'size' || holdsSize(lock, key));
}

/** Whether a setting is held fast: by itself, or with the plan that it is a part of. */
export function isLocked({ view: { lock }, experiment }: Holding, name: SettingName): boolean {
  if (lock.length === 0) return false;
  if (name === 'plan' || (experiment.plan !== undefined && OF_PLAN.includes(name))) return OF_PLAN.some((each) => holds(lock, each));
  return holds(lock, name);
}

export const isSizeLocked = ({ view: { lock } }: Pick<State, 'view'>, size: keyof ModelSize): boolean => holdsSize(lock, size);

export const isPresetLocked = ({ view: { lock } }: Pick<State, 'view'>): boolean => lock.includes('preset');

/** A change without what it may not change. */
export function withoutLocked<Patch extends Partial<Experiment>>(patch: Patch, state: Pick<State, 'view' | 'experiment'>): Patch {
  if (state.view.lock.length === 0) return patch;
  const free = Object.entries(patch).filter(([name]) => !isLocked(state, name as SettingName));
  const sizes = Object.entries(state.experiment.model).filter(([size]) => isSizeLocked(state, size as keyof ModelSize));
  const model = patch.model === undefined ? {} : { model: { ...patch.model, ...Object.fromEntries(sizes) } };
  return Object.fromEntries([...free, ...(isLocked(state, 'model') ? [] : Object.entries(model))]) as Patch;
}

/** Another experiment with all that is held fast as it is now: a preset, or a file, brings no other value of it. */
export function withHeld(next: Experiment, state: Pick<State, 'view' | 'experiment'>): Experiment {
  if (state.view.lock.length === 0) return next;
  const locked = SETTINGS.filter((name) => isLocked(state, name));
  const free = Object.entries(next).filter(([name]) => !locked.includes(name as SettingName));
  const kept = Object.entries(state.experiment).filter(([name]) => locked.includes(name as SettingName));
  const sizes = Object.entries(state.experiment.model).filter(([size]) => isSizeLocked(state, size as keyof ModelSize));
  const model = { ...next.model, ...Object.fromEntries(sizes) };
  return normalise({ ...(Object.fromEntries([...free, ...kept]) as unknown as Experiment), model });
}

/**
 * A lesson brings an experiment of its own: where a link holds settings fast, none is offered beside the one that it
 * opens.
 */
export const offersLessons = ({ view: { lock, lesson } }: Pick<State, 'view'>): boolean => lock.length === 0 || lesson !== null;

/** Whether going back from a divergence with another step size would change one that is locked. */
export function holdsGoingBack(state: Pick<State, 'view' | 'experiment' | 'diverged' | 'growth'>): boolean {
  const { diverged, growth } = state;
  return diverged !== null && isLocked(state, growth !== null && diverged.backTo >= growth.step ? 'h2' : 'h');
}

/** Whether a kept run may be opened: nothing of it can be changed, so it must have all that is held fast already. */
export const opensKept = ({ view: { lock }, experiment }: Pick<State, 'view' | 'experiment'>, kept: Experiment): boolean =>
  lock.length === 0 || keepsLocked(lock, experiment, kept);

/** Whether another experiment has the same in all that is held fast. */
export function keepsLocked(lock: Lock, before: Experiment, next: Experiment): boolean {
  // Of a setting with several keys a link writes one (`h`, or `edge`): whichever is held, none of them may change.
  const locked = SETTINGS.flatMap((name) =>
    KEYS_OF[name].filter(({ key }) => (name === 'model' ? holdsSize(lock, key) : isLocked({ view: { lock }, experiment: before }, name))),
  );
  const same = !lock.includes('preset') || before.preset === next.preset;
  return same && locked.every(({ write }) => write(before) === write(next));
}
