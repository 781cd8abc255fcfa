/**
 * The numbers of an optimizer's step that change from step to step: an input of 16 floats, written before every run.
 * Those of the step stand first; behind them each step-count group has a pair of its own.
 */
import type { UpdateName } from './catalogue.ts';

export const VALUES_LENGTH = 16;
/** Step-count groups that fit. */
export const MAX_GROUPS = 6;
const FIRST_GROUP = 4;
/** Places of a group. */
export const GROUP_STRIDE = 2;

/** Names in the order in which they lie. A bias correction is 1 − β^t, t the group's step count. */
const LAYOUTS = {
  sgd: { step: ['stepSize'], group: [] },
  momentum: { step: ['stepSize', 'beta'], group: [] },
  adam: { step: ['stepSize', 'beta1', 'beta2', 'epsilon'], group: ['correction1', 'correction2'] },
  adafactor: { step: ['stepSize', 'threshold', 'epsilon1', 'epsilon2'], group: ['beta2'] },
} as const satisfies Readonly<Record<UpdateName, { readonly step: readonly string[]; readonly group: readonly string[] }>>;

export type StepValue<Op extends UpdateName> = (typeof LAYOUTS)[Op]['step'][number];
export type GroupValue<Op extends UpdateName> = (typeof LAYOUTS)[Op]['group'][number];

/** Place of a number of the step. */
export function placeOfValue<Op extends UpdateName>(op: Op, name: StepValue<Op>): number {
  return (LAYOUTS[op].step as readonly string[]).indexOf(name);
}

/** Place of a number of the first group; that of group g lies `GROUP_STRIDE`·g behind it. */
export function placeOfGroupValue<Op extends UpdateName>(op: Op, name: GroupValue<Op>): number {
  return FIRST_GROUP + (LAYOUTS[op].group as readonly string[]).indexOf(name);
}

/** The input's content. Throws where there are more groups than fit. */
export function stepValues<Op extends UpdateName>(
  op: Op,
  step: Readonly<Record<StepValue<Op>, number>>,
  groups: readonly Readonly<Record<GroupValue<Op>, number>>[] = [],
): Float32Array {
  if (groups.length > MAX_GROUPS) throw new Error(`${op}: ${groups.length} step-count groups; at most ${MAX_GROUPS} fit`);
  const values = new Float32Array(VALUES_LENGTH);
  const { step: stepNames, group: groupNames } = LAYOUTS[op] as { step: readonly StepValue<Op>[]; group: readonly GroupValue<Op>[] };
  stepNames.forEach((name, place) => (values[place] = step[name]));
  groups.forEach((group, g) => groupNames.forEach((name, i) => (values[FIRST_GROUP + GROUP_STRIDE * g + i] = group[name])));
  return values;
}
