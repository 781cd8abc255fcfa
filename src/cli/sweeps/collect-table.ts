/**
 * The collected table of a sweep, one row a result. The axes come first, then for every model its last and its best
 * measured loss, then gap, cost, steps and link; behind them the last loss that each prediction gave and the step until
 * which it can be trusted, and the spread of the last measured loss over the runs that are the same but for their seed.
 * The page's map reads it (experiment/map/sweep-table.ts), by the names of the columns.
 */
import { formatLink, parseLink } from '../../experiment/link/link.ts';
import type { Axis, Cell } from './grid.ts';

/** The parts of a curve of a result that the table takes. */
interface CollectedCurve {
  readonly model: string;
  readonly kind: string;
  readonly step: readonly number[];
  readonly loss: readonly (number | null)[];
  /** Of a prediction: the step it starts at. */
  readonly from?: number;
  readonly trustedUntil?: number | null;
}

/** The parts of a result that the table takes. */
export interface Collected {
  readonly link: string;
  readonly curves: readonly CollectedCurve[];
  readonly growth: readonly { readonly gap: number }[];
  readonly cost: { readonly total: number; readonly criticalPath: number; readonly seconds: number };
}

type Columns = ReadonlyMap<string, string>;

const csvText = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const isMeasured = ({ kind }: CollectedCurve): boolean => kind === 'measured';
const lossesOf = ({ loss }: CollectedCurve): readonly number[] => loss.filter((value) => value !== null);

/** `final_M`, `best_M`, … of one result. */
function measuredColumns({ curves }: Collected): Columns {
  return new Map(
    curves.filter(isMeasured).flatMap((curve): [string, string][] => {
      const losses = lossesOf(curve);
      if (losses.length === 0) return [];
      return [
        [`final_${curve.model}`, String(losses.at(-1))],
        [`best_${curve.model}`, String(losses.reduce((a, b) => Math.min(a, b)))],
      ];
    }),
  );
}

/** A flow from step 0 goes by its name; the same from the growth on says so. */
const predictionName = ({ kind, from }: CollectedCurve): string => ((from ?? 0) > 0 ? `${kind}_from_growth` : kind);

/**
 * `predicted_M_modified-flow`, `trusted_modified-flow`, … of one result; a prediction that ends before the run says
 * nothing of its end.
 */
function predictedColumns({ curves }: Collected): Columns {
  const columns = new Map<string, string>();
  const ends = new Map(curves.filter(isMeasured).map(({ model, step }) => [model, step.at(-1)]));
  for (const curve of curves) {
    if (isMeasured(curve)) continue;
    const name = predictionName(curve);
    const end = curve.loss.at(-1);
    if (typeof end === 'number' && curve.step.at(-1) === ends.get(curve.model))
      columns.set(`predicted_${curve.model}_${name}`, String(end));
    if (typeof curve.trustedUntil === 'number') columns.set(`trusted_${name}`, String(curve.trustedUntil));
  }
  return columns;
}

/** The group of a run: all that it has in common with those that differ from it by the seed alone. */
function withoutSeed(link: string): string {
  const { experiment, problems } = parseLink(link);
  return problems.some(({ minor }) => !minor) ? link : formatLink({ ...experiment, seed: 0 });
}

function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/**
 * `seeds`, `median_final_M`, `min_final_M`, `max_final_M`, … of the results that belong together; of one alone there is
 * no spread.
 */
function spreadColumns(group: readonly Columns[]): Columns {
  const columns = new Map([['seeds', String(group.length)]]);
  if (group.length < 2) return columns;
  for (const name of new Set(group.flatMap((own) => [...own.keys()]))) {
    if (!name.startsWith('final_')) continue;
    const sorted = group.flatMap((own) => (own.has(name) ? [Number(own.get(name))] : [])).toSorted((a, b) => a - b);
    columns.set(`median_${name}`, String(medianOf(sorted)));
    columns.set(`min_${name}`, String(sorted[0]));
    columns.set(`max_${name}`, String(sorted.at(-1)));
  }
  return columns;
}

function costColumns({ growth, cost, curves, link }: Collected): Columns {
  const steps = curves.filter(isMeasured).map(({ step }) => step.at(-1) ?? 0);
  return new Map([
    ['gap', String(growth.at(-1)?.gap ?? '')],
    ['flops', String(cost.total)],
    ['critical_path', String(cost.criticalPath)],
    ['seconds', String(cost.seconds)],
    ['steps', steps.length === 0 ? '' : String(Math.max(...steps))],
    ['link', link],
  ]);
}

/** The names of all columns of these rows; those of one model or prediction stay together. */
function namesOf(rows: readonly Columns[], parts: readonly string[]): readonly string[] {
  const all = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const stems = [...new Set(all.map((name) => parts.reduce((stem, part) => stem.replace(part, ''), name)))].toSorted();
  return stems.flatMap((stem) => [...parts.map((part) => part + stem), stem]).filter((name) => all.includes(name));
}

/** @param results in the order of the rows */
export function collectCsv(axes: readonly Axis[], results: readonly { readonly cell: Cell; readonly result: Collected }[]): string {
  const measured = results.map(({ result }) => measuredColumns(result));
  const predicted = results.map(({ result }) => predictedColumns(result));
  const groups = results.map(({ result }) => withoutSeed(result.link));
  const spreads = groups.map((group) => spreadColumns(measured.filter((_, i) => groups[i] === group)));
  const costs = results.map(({ result }) => costColumns(result));
  const names = [
    namesOf(measured, ['final_', 'best_']),
    [...new Set(costs.flatMap((row) => [...row.keys()]))],
    namesOf(predicted, ['predicted_', 'trusted_']),
    ['seeds', ...namesOf(spreads, ['median_final_', 'min_final_', 'max_final_']).filter((name) => name !== 'seeds')],
  ];
  const rows = results.map(({ cell }, i) => {
    const own = [measured[i], costs[i], predicted[i], spreads[i]];
    return [...cell.values, ...names.flatMap((part, of) => part.map((name) => own[of]?.get(name) ?? ''))];
  });
  const head = [...axes.map(({ key }) => key), ...names.flat()];
  return `${[head, ...rows].map((row) => row.map(csvText).join(',')).join('\n')}\n`;
}
