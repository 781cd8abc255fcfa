/**
 * How well each predictor ranks the runs of a sweep, beside the total time Σh alone: the page's own numbers, recomputed
 * from result files. Runs that belong to one map (the same but for growth step and step size after it) are ranked
 * together.
 */
import type { Experiment, StepSizeTable } from '../../experiment/experiment.ts';
import { mapFamily, whyNoMap } from '../../experiment/map/growth-map.ts';
import { parseLink } from '../../experiment/link/link.ts';
import { planOf } from '../../experiment/plan/plan.ts';
import { compareRanks, type RankComparison } from '../../curves/rank-correlation.ts';
import { rescaledEnd } from '../../theory/growth/branch-rescaling.ts';
import { totalTime } from '../../theory/time-rescaling.ts';

/** The parts of a result file that ranking takes. */
export interface RankedResult {
  readonly link: string;
  readonly curves: readonly {
    readonly model: string;
    readonly kind: string;
    readonly step: readonly number[];
    readonly loss: readonly (number | null)[];
  }[];
  readonly stepSize?: Readonly<Record<string, StepSizeTable>>;
}

interface Run {
  readonly experiment: Experiment;
  /** The last network, from the growth on. */
  readonly measured: { readonly steps: readonly number[]; readonly losses: readonly number[] };
  readonly table: StepSizeTable;
  /** Last measured loss; +∞ where the run did not get to its last step. */
  readonly final: number;
  readonly time: number | null;
  /** Last losses that the result's own predictions gave, by flow. */
  readonly flows: ReadonlyMap<string, number>;
}

function runOf({ link, curves, stepSize }: RankedResult): Run | null {
  const { experiment, problems } = parseLink(link);
  if (problems.some(({ minor }) => !minor) || whyNoMap(experiment) !== null || stepSize === undefined) return null;
  const plan = planOf(experiment);
  const [source, target] = [plan[0]?.model ?? '', plan.at(-1)?.model ?? ''];
  const own = curves.filter(({ model }) => model === target);
  const curve = own.find(({ kind }) => kind === 'measured');
  if (!curve) return null;
  const finished = curve.step.at(-1) === experiment.steps;
  const [before, after] = [stepSize[source], stepSize[target]];
  const known = finished && before?.length && after?.length && experiment.grow !== null;
  const flows = new Map<string, number>();
  for (const { kind, step, loss } of own) {
    const end = loss.at(-1);
    if (kind !== 'measured' && step.at(-1) === experiment.steps && typeof end === 'number') flows.set(kind, end);
  }
  return {
    experiment,
    measured: { steps: curve.step, losses: curve.loss.map((loss) => loss ?? Number.NaN) },
    table: after ?? [],
    final: finished ? (curve.loss.at(-1) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    time: known ? totalTime(before, 0, experiment.grow) + totalTime(after, experiment.grow, experiment.steps) : plannedTime(experiment),
    flows,
  };
}

/** Σh of a run that was cut short, where its step sizes are constants. */
function plannedTime({ h, h2, grow, steps }: Experiment): number | null {
  const after = h2 ?? h;
  if (h.kind !== 'constant' || after.kind !== 'constant' || grow === null) return null;
  return h.value * grow + after.value * (steps - grow);
}

export interface Ranks {
  readonly runs: number;
  /** Of these, runs that did not get to their last step: they rank as the highest loss. */
  readonly early: number;
  readonly predictors: readonly ({ readonly name: string } & RankComparison)[];
}

/** One entry a map that the results have runs of. */
export function ranksOf(results: readonly RankedResult[]): readonly Ranks[] {
  const families = new Map<string, Run[]>();
  for (const result of results) {
    const run = runOf(result);
    if (!run) continue;
    const key = mapFamily(run.experiment);
    families.set(key, [...(families.get(key) ?? []), run]);
  }
  return [...families.values()].map((runs) => {
    const compare = (name: string, predicted: (run: Run) => number | null) => ({
      name,
      ...compareRanks(runs.map((run) => ({ measured: run.final, predicted: predicted(run), time: run.time }))),
    });
    const flows = [...new Set(runs.flatMap((run) => [...run.flows.keys()]))];
    return {
      runs: runs.length,
      early: runs.filter(({ final }) => !Number.isFinite(final)).length,
      predictors: [
        compare('total time Σh alone', ({ time }) => (time === null ? null : -time)),
        ...flows.map((flow) => compare(flow, (run) => run.flows.get(flow) ?? null)),
        compare('time rescaling', (run) => {
          const { grow, steps } = run.experiment;
          if (grow === null || run.table.length === 0 || !Number.isFinite(run.final)) return null;
          return rescaledEnd(
            runs.filter((other) => other !== run && other.table.length > 0),
            run.table,
            grow,
            steps,
          );
        }),
      ],
    };
  });
}

const figure = (value: number | null): string => (value === null ? '—' : value.toFixed(3)).padStart(7);

/** The ranks as lines for a terminal. */
export function ranksText(ranks: readonly Ranks[]): string {
  const lines = ranks.flatMap(({ runs, early, predictors }) => [
    `Rank correlation (Spearman) of predicted with measured final loss, ${runs} ${runs === 1 ? 'run' : 'runs'}${early > 0 ? `, ${early} of them cut short and ranked as the highest loss` : ''}:`,
    `${''.padEnd(22)}${'ρ'.padStart(7)}  Σh alone  runs`,
    ...predictors.map(
      ({ name, correlation, ofTime, count }) =>
        `${name.padEnd(22)}${figure(correlation)}  ${figure(ofTime).padStart(8)}  ${String(count).padStart(4)}`,
    ),
  ]);
  return lines.join('\n');
}
