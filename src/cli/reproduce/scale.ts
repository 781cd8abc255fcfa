/** How much of a reproduction is done, and ways to spend compute that several tables compare. */
import type { Device } from '../../engine/device.ts';
import type { Experiment, ModelSize } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link/link.ts';
import { grownSize } from '../../experiment/plan/plan-size.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import type { Trial, Way } from '../measure/budget.ts';

export interface Scale {
  readonly device: Device;
  readonly seeds: readonly number[];
  /** Seeds that had no part in choosing a schedule. */
  readonly fresh: readonly number[];
  /** Seeds of what is shown on a preset of the page: enough for a median; every odd one is another pair of sources. */
  readonly several: readonly number[];
  /** A number of steps, at this scale. */
  steps(full: number): number;
  /** Steps between measurements, at this scale. */
  readonly every: number;
  readonly quick: boolean;
  note(text: string): void;
}

/** A preset without predictions, baselines and pace: what a comparison starts from. */
export function bare(preset: string, changes: Partial<Experiment> = {}): Experiment {
  return { ...presetExperiment(preset), predict: [], baseline: [], pace: 'max', ...changes };
}

/** The words and networks of the preset `fusing-wins`, with a step size that is kept. */
export function plain(changes: Partial<Experiment> = {}): Experiment {
  return bare('fusing-wins', { h: { kind: 'constant', value: 0.003 }, h2: null, ...changes });
}

/** One model of this size from random weights, with no growth. */
export function single(base: Experiment, model: ModelSize, steps: number, h?: number): Experiment {
  const { plan: _plan, ...rest } = base;
  return { ...rest, model, steps, grow: null, ...(h === undefined ? {} : { h: { kind: 'constant', value: h } }) };
}

export const doubled = (size: ModelSize): ModelSize => grownSize('fuse', [size, size]);

/** Step sizes that those who are compared may choose from, in hindsight. */
export const STEP_SIZES = [0.0015, 0.003, 0.006] as const;

export function scratchWays(base: Experiment, model: ModelSize, steps: number): readonly Way[] {
  return STEP_SIZES.map((h) => ({ model: 'A', experiment: (seed) => ({ ...single(base, model, steps, h), seed }) }));
}

/** The command that repeats an experiment. */
export const commandOf = (experiment: Experiment): string => `npm run experiment -- "${formatLink(experiment)}" --out DIR`;

/** The experiment of a row, as a link. */
export const linkTo = (experiment: Experiment): string => formatLink(experiment);

/** The least of what several trials say, leaving out those that say nothing: a choice in hindsight, which flatters. */
export function leastOf(trials: readonly Trial[], value: (of: Trial) => number | null): number | null {
  const found = trials.map(value).filter((each) => each !== null);
  return found.length === 0 ? null : Math.min(...found);
}

export const count = (value: number): string => value.toLocaleString('en-US');
export const loss = (value: number): string => value.toFixed(3);
