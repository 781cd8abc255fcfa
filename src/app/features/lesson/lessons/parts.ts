/** Questions and readings that several lessons share: answers to choose from, and numbers of a curve. */
import { totalTime as timeBetween } from '../../../../curves/time-rescaling.ts';
import type { ModelId } from '../../../../experiment/experiment.ts';
import { formatLoss, count } from '../../../text/numbers.ts';
import { say } from '../../../text/en/lessons/lessons.ts';
import { indexAtOrBefore } from '../../../plot/curves/curve.ts';
import { usedTable } from '../../../state/derived/instant.ts';
import type { State } from '../../../state/state.ts';
import type { Facts } from '../lesson.ts';
import { lossOf } from '../numbers.ts';

/** A loss of the run, or a dash where it was not seen. */
export const text = (value: number | undefined): string => (value === undefined || !Number.isFinite(value) ? '–' : formatLoss(value));
/** The words for a number, `null` where it is not known: a step that was opened by its link has not seen it. */
export const known = (value: number | undefined): string | null => (value === undefined ? null : formatLoss(value));
export const stepText = (value: number | undefined): string => (value === undefined || value < 0 ? '–' : count(value));

/** The loss at which a network has ended; `null` where none is measured. */
export function ending(state: Pick<State, 'chart'>, model: ModelId): { readonly end: number } | null {
  const end = lossOf(state, model);
  return end === null ? null : { end };
}

/** Losses nearer than this lie on one another in the chart. */
const CLOSE = 0.02;

export const HEIGHTS = [
  { id: 'lower', words: say.lower },
  { id: 'same', words: say.same },
  { id: 'higher', words: say.higher },
] as const;

/** Where a loss lies beside another; `null` where one of them is not known. */
export function height(loss = NaN, beside = NaN, close = CLOSE): 'lower' | 'same' | 'higher' | null {
  const by = loss - beside;
  if (!Number.isFinite(by)) return null;
  if (Math.abs(by) < close) return 'same';
  return by < 0 ? 'lower' : 'higher';
}

export const YES_NO = [
  { id: 'yes', words: say.yes },
  { id: 'no', words: say.no },
] as const;

export const yesNo = (is: boolean): 'yes' | 'no' => (is ? 'yes' : 'no');

/** The name of the least of some numbers; `null` where one of them is not known. */
export function least<Name extends string>(facts: Facts, names: readonly Name[]): Name | null {
  if (names.some((name) => !Number.isFinite(facts[name] ?? NaN))) return null;
  return names.reduce((best, name) => ((facts[name] ?? NaN) < (facts[best] ?? NaN) ? name : best));
}

/** A rise of the loss in one step by this share of it is seen. */
const SEEN = 1e-3;

/** The first step at which a measured loss rises; -1 where it never does. */
export function firstRise({ chart }: Pick<State, 'chart'>, model: ModelId): number {
  const curve = chart.measured.get(model);
  if (!curve) return -1;
  for (let i = 1; i < curve.length; i++)
    if ((curve.losses[i] ?? NaN) > (curve.losses[i - 1] ?? NaN) * (1 + SEEN)) return curve.steps[i] ?? -1;
  return -1;
}

/** The step of a first rise; `null` where there was none. */
export const riseText = ({ rise = -1 }: Facts): string | null => (rise < 0 ? null : stepText(rise));

/** Step size times largest curvature at a step, as it was last measured before it; at the end where none is named. */
export function hLambdaAt({ sharpness }: Pick<State, 'sharpness'>, model: ModelId, step = Infinity): number | null {
  const curve = sharpness.get(model);
  if (!curve) return null;
  const i = indexAtOrBefore({ steps: curve.steps, losses: curve.hLambda, length: curve.length }, step);
  return i < 0 ? null : (curve.hLambda[i] ?? null);
}

/** The largest that was measured. */
export function topHLambda({ sharpness }: Pick<State, 'sharpness'>, model: ModelId): number | null {
  const curve = sharpness.get(model);
  return curve && curve.length > 0 ? Math.max(...curve.hLambda.subarray(0, curve.length)) : null;
}

/** The sum of the step sizes of a run so far: of the networks before the growth, and of the grown one. */
export function totalTime({ stepSizes, step, growth }: Pick<State, 'stepSizes' | 'step' | 'growth'>): number {
  const at = growth?.step ?? step;
  const timeOf = (model: ModelId, from: number, to: number): number => {
    const table = usedTable(stepSizes.get(model));
    return table.length > 0 ? timeBetween(table, from, to) : 0;
  };
  return timeOf('A', 0, at) + (growth ? timeOf(growth.target, at, step) : 0);
}
