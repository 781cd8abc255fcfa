/**
 * The plan of growth as bars: one a network, as long as it trains and as tall as it is wide. A network without
 * parents is one row tall; a fused one is as tall as its parents together. Rows and steps only; pixels come later.
 */
import { type Experiment, FUSED_ID, isBaseline, type ModelId, sourceIds } from '../../experiment/experiment.ts';
import type { ModelReport } from '../../worker/protocol.ts';

export interface PlanBar {
  readonly key: string;
  readonly id: ModelId;
  /** What stands behind the letter, longest first; the drawing takes the first that fits. */
  readonly words: readonly string[];
  readonly from: number;
  readonly to: number;
  /** First row, and how many rows it spans. */
  readonly row: number;
  readonly rows: number;
  /** Steps it has trained. */
  readonly done: number;
}

export interface Plan {
  readonly bars: readonly PlanBar[];
  readonly rows: number;
}

/** A stage of the plan before the worker has reported its models. */
interface Stage {
  readonly id: ModelId;
  readonly from: number;
  readonly to: number;
  readonly parents: readonly ModelId[];
}

/** The stages an experiment describes: sources from 0 to the growth step, then the fused network. */
export function stagesOf(experiment: Pick<Experiment, 'grow' | 'steps' | 'operator' | 'k'>): readonly Stage[] {
  const sources = sourceIds(experiment);
  const grow = experiment.grow;
  const end = grow ?? experiment.steps;
  const stages: Stage[] = sources.map((id) => ({ id, from: 0, to: end, parents: [] }));
  if (grow !== null) {
    const parents = experiment.operator === 'self' ? Array.from({ length: experiment.k }, () => sources[0] ?? 'A') : sources;
    stages.push({ id: FUSED_ID, from: grow, to: experiment.steps, parents });
  }
  return stages;
}

/**
 * Bars of the plan. The experiment says what is planned, the reports say what has become of it (a fusion by hand, a general plan);
 * reports win once there is a network with parents among them.
 */
export function planOf(
  experiment: Pick<Experiment, 'grow' | 'steps' | 'operator' | 'k' | 'seed'>,
  reports: readonly ModelReport[],
  step: number,
): Plan {
  const reported = reports.filter((report) => !isBaseline(report.id));
  const stages: readonly Stage[] = reported.some((report) => report.parents.length > 0) ? reported : stagesOf(experiment);
  const bars: PlanBar[] = [];
  const place = new Map<ModelId, { row: number; rows: number }>();
  let next = 0;
  const done = (stage: Stage) => Math.min(stage.to - stage.from, Math.max(0, step - stage.from));
  // The copies of a self-fusion: the same network, drawn once for every copy that is taken of it.
  const copies = new Map<ModelId, number>();
  for (const stage of stages) {
    for (const parent of new Set(stage.parents)) {
      const times = stage.parents.filter((id) => id === parent).length;
      copies.set(parent, Math.max(copies.get(parent) ?? 1, times));
    }
  }
  for (const stage of stages) {
    const bar = { id: stage.id, from: stage.from, to: stage.to, done: done(stage) };
    if (stage.parents.length === 0) {
      const rows = copies.get(stage.id) ?? 1;
      place.set(stage.id, { row: next, rows });
      for (let copy = 0; copy < rows; copy++) {
        bars.push({
          ...bar,
          key: `${stage.id}${copy}`,
          row: next + copy,
          rows: 1,
          words: copy === 0 ? [`small · seed ${experiment.seed + next}`, 'small', ''] : ['the same, twice', ''],
        });
      }
      next += rows;
      continue;
    }
    const parents = [...new Set(stage.parents)];
    const places = parents.map((id) => place.get(id) ?? { row: 0, rows: 1 });
    const row = Math.min(...places.map((p) => p.row));
    const rows = places.reduce((sum, p) => sum + p.rows, 0);
    place.set(stage.id, { row, rows });
    bars.push({ ...bar, key: stage.id, row, rows, words: wordsOf(parents) });
  }
  return { bars, rows: Math.max(1, next) };
}

function wordsOf(parents: readonly ModelId[]): readonly string[] {
  if (parents.length === 1) return [`self-fusion · ${parents[0]} and its copy, then trained`, 'self-fusion', ''];
  const names = parents.length === 2 ? parents.join(' and ') : `${parents.slice(0, -1).join(', ')} and ${parents[parents.length - 1]}`;
  return [`medium · ${names} fused, then trained together`, `${names} fused, then trained together`, `${names} fused`, ''];
}
