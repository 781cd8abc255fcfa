/**
 * The map: growth step × step size after it, for a run's budget of steps. What makes two experiments cells of one map,
 * and where on it an experiment lies.
 */
import { type Experiment, type StepSize, stepSizeAfter } from '../experiment.ts';
import { fingerprint } from '../fingerprint.ts';
import { LIMITS } from '../limits.ts';

/**
 * The lines of a map, ascending. A step size after the growth is a constant, or the c of one held to the sharpness (h =
 * c/λmax).
 */
export interface MapAxes {
  readonly held: boolean;
  readonly grow: readonly number[];
  readonly after: readonly number[];
}

/** Lines a side of the map may have. */
export const MOST_LINES = 12;

/** A run that came to its end. */
export interface MeasuredBranch {
  readonly experiment: Experiment;
  /** Last loss of the grown network on the probe set; null where the run diverged. */
  readonly loss: number | null;
  /**
   * Losses of the grown network on its way, for comparisons before its end; left out where they are not known (an
   * imported sweep).
   */
  readonly curve?: { readonly steps: readonly number[]; readonly losses: readonly number[] };
}

/** Operations of a training step of all sources together, and of the grown network. */
export interface MapCosts {
  readonly before: number;
  readonly after: number;
}

/**
 * Where the runs of a map have cost the same: a run that grows later has cost less at the same step, so that a
 * comparison at equal steps alone favours early growth. The cheapest of the rows runs to its end, and the others as far
 * as that pays for.
 * @returns the operations that all of them have, and by growth step the last step that they pay for
 */
export function equalCompute(
  grow: readonly number[],
  steps: number,
  { before, after }: MapCosts,
): { readonly operations: number; readonly last: ReadonlyMap<number, number> } {
  const rows = grow.filter((step) => step < steps);
  const operations = Math.min(...rows.map((step) => before * step + after * (steps - step)));
  if (rows.length === 0 || !(before > 0 && after > 0)) return { operations: 0, last: new Map() };
  const lastOf = (step: number): number => {
    const left = operations * (1 + 1e-9) - before * step;
    return Math.min(steps, left < 0 ? Math.floor(operations / before) : step + Math.floor(left / after));
  };
  return { operations, last: new Map(rows.map((step) => [step, lastOf(step)])) };
}

/** Its growths are set stage by stage; there is none. */
export type NoMap = 'plan' | 'no-growth';

/** Why there is no map of an experiment; null if there is one. */
export function whyNoMap(experiment: Experiment): NoMap | null {
  if (experiment.plan !== undefined) return 'plan';
  if (experiment.grow === null) return 'no-growth';
  return null;
}

/** The same for all experiments that lie on one map: they differ in growth step and step size after it alone. */
export function mapFamily(experiment: Experiment): string {
  return fingerprint({ ...experiment, grow: 1, h2: null });
}

/** The step size after the growth as a number on the map; null for a table that changes it. */
export function afterValue(experiment: Experiment): { readonly held: boolean; readonly value: number } | null {
  const size = stepSizeAfter(experiment);
  switch (size.kind) {
    case 'constant':
      return { held: false, value: size.value };
    case 'edge':
      return { held: true, value: size.edge };
    case 'table': {
      // A table whose entries after the growth are one is a constant.
      const from = experiment.grow ?? 0;
      const used = size.table.filter(([step], i) => (size.table[i + 1]?.[0] ?? Number.POSITIVE_INFINITY) > from && step < experiment.steps);
      const [first] = used;
      return first && used.every(([, value]) => value === first[1]) ? { held: false, value: first[1] } : null;
    }
  }
}

/** Where an experiment lies on a map of its family; null where it does not. */
export function placeOnMap(experiment: Experiment, held: boolean): { readonly grow: number; readonly after: number } | null {
  const after = afterValue(experiment);
  if (experiment.grow === null || after === null || after.held !== held) return null;
  return { grow: experiment.grow, after: after.value };
}

/** The step size of a line of the map. */
export function stepSizeOfLine(held: boolean, value: number): StepSize {
  return held ? { kind: 'edge', edge: value } : { kind: 'constant', value };
}

const ascending = (values: readonly number[]): readonly number[] => [...new Set(values)].toSorted((a, b) => a - b);
const GROW_AROUND = [0.5, 0.75, 1, 1.25, 1.5] as const;
const AFTER_AROUND = [0.5, Math.SQRT1_2, 1, Math.SQRT2, 2] as const;

/** Five growth steps and five step sizes around an experiment's own. */
export function axesAround(experiment: Experiment): MapAxes {
  const grow = experiment.grow ?? Math.round(experiment.steps / 2);
  const size = stepSizeAfter(experiment);
  const own = afterValue(experiment)?.value ?? (size.kind === 'table' ? (size.table.at(-1)?.[1] ?? 0.1) : 0.1);
  const { min, max } = size.kind === 'edge' ? LIMITS.edge : LIMITS.stepSize;
  const inside = (step: number): number => Math.min(Math.max(Math.round(step), 1), experiment.steps - 1);
  return {
    held: size.kind === 'edge',
    grow: ascending(GROW_AROUND.map((share) => inside(grow * share))),
    after: ascending(AFTER_AROUND.map((share) => (share === 1 ? own : Math.min(Math.max(Number((own * share).toPrecision(2)), min), max)))),
  };
}

/** The axes with the lines on which measured runs lie, as far as there is room. */
export function axesWith(axes: MapAxes, branches: readonly MeasuredBranch[]): MapAxes {
  let [grow, after] = [axes.grow, axes.after];
  for (const { experiment } of branches) {
    const place = placeOnMap(experiment, axes.held);
    if (!place) continue;
    const [rows, columns] = [ascending([...grow, place.grow]), ascending([...after, place.after])];
    // Half a place would be an empty line.
    if (rows.length > MOST_LINES || columns.length > MOST_LINES) continue;
    [grow, after] = [rows, columns];
  }
  return { ...axes, grow, after };
}

/** Measured runs with others that take the place of those of the same experiment. */
export function withBranches(branches: readonly MeasuredBranch[], others: readonly MeasuredBranch[]): readonly MeasuredBranch[] {
  const key = ({ experiment }: MeasuredBranch): string => fingerprint(experiment);
  const taken = new Set(others.map(key));
  return [...branches.filter((branch) => !taken.has(key(branch))), ...others];
}
