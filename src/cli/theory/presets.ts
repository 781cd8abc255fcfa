/** The ladder of flows from step 0 through the growth, beside the run: how far off on average, by preset and seed. */
import { meanAbsoluteDifference } from '../../curves/curve.ts';
import { median } from '../../curves/median.ts';
import { TRUST_RULE } from '../../curves/trust.ts';
import { type Closeness, closeness, CLOSENESS_COLUMN } from '../../curves/closeness.ts';
import { type Experiment, type ModelId, type PredictionName, stepSizeAfter } from '../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../experiment/declared/flows.ts';
import { formatLink } from '../../experiment/link/link.ts';
import type { MeasuredCell, MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { planOf, schedule } from '../../experiment/plan/plan.ts';
import { withPlan } from '../../experiment/plan/plan-size.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { LADDER } from '../../theory/local-orders.ts';
import { bySeed } from '../measure/by-seed.ts';
import { over, valuesOf } from '../measure/document.ts';
import { type RunWithFlows, runWithFlows } from '../measure/predicted.ts';
import type { TheoryScale } from './scale.ts';

const isHeld = (experiment: Experiment): boolean => experiment.h.kind === 'edge' || stepSizeAfter(experiment).kind === 'edge';

/** The measurements of an experiment: the rungs, and where the step size is held, the forecast that makes its own. */
const flowsOf = (experiment: Experiment): readonly PredictionName[] => (isHeld(experiment) ? [...LADDER, 'self-held'] : LADDER);

/** Mean |prediction − measured loss| of one model. */
export function distance({ measured, flows }: RunWithFlows, flow: PredictionName, model: ModelId): number | null {
  const [run, curve] = [measured.get(model), flows.get(flow)?.curves.get(model)];
  return run && curve ? meanAbsoluteDifference(run, curve) : null;
}

export async function preset(scale: TheoryScale, name: string, words: string): Promise<MeasuredTable> {
  const { device, steps } = scale;
  const seeds = scale.seedsOf(name);
  const base = presetExperiment(name);
  const scaled = base.plan
    ? withPlan(
        base,
        base.plan.map((stage) => ({ ...stage, steps: steps(stage.steps) })),
      )
    : { ...base, grow: base.grow === null ? null : steps(base.grow), steps: steps(base.steps) };
  const flows = flowsOf(base);
  const plan = { ...scaled, predict: flows, from: ['0'] as const, baseline: [] };
  const runs: RunWithFlows[] = [];
  for (const seed of seeds) {
    scale.note(`${name}, seed ${seed}`);
    runs.push(await runWithFlows(device, { ...plan, seed }));
  }
  const final = ({ measured, flows: drawn, last }: RunWithFlows, flow: PredictionName | null): number | null =>
    (flow === null ? measured : drawn.get(flow)?.curves)?.get(last)?.losses.at(-1) ?? null;
  const sourcesOf = (run: RunWithFlows): readonly ModelId[] => [...run.measured.keys()].filter((id) => id !== run.last);
  const before = (run: RunWithFlows, flow: PredictionName): number | null => {
    const found = sourcesOf(run)
      .map((id) => distance(run, flow, id))
      .filter((value) => value !== null);
    return found.length === 0 ? null : found.reduce((a, b) => a + b, 0) / found.length;
  };
  const growths = [...new Set(schedule(planOf(base)).flatMap(({ from, sources }) => (sources.length > 0 ? [from] : [])))];
  const grows = growths.length > 0;
  const empty: Readonly<Record<string, MeasuredCell>> = grows ? { before: null } : {};
  const rows = withSummary([
    ...flows.map((flow) => ({
      label: FLOW_ROWS[flow].title,
      cells: {
        ...(grows ? { before: over(runs.map((run) => before(run, flow))) } : {}),
        [CLOSENESS_COLUMN]: over(runs.map((run) => distance(run, flow, run.last))),
        final: over(runs.map((run) => final(run, flow))),
        trusted: over(runs.map((run) => run.flows.get(flow)?.trust.until ?? null)),
        gradients: over(runs.map((run) => (run.flows.get(flow)?.gradients ?? 0) / run.modelSteps)),
      },
    })),
    {
      label: 'Measured',
      cells: { ...empty, [CLOSENESS_COLUMN]: null, final: over(runs.map((run) => final(run, null))), trusted: null, gradients: 1 },
    },
  ]);
  return {
    id: name,
    title: words,
    setting: `Full batch of ${base.examples}, plain gradient descent, ${growths.length > 0 ? `growth at ${growths.join(' and ')} of ${base.steps} steps, predicted from step 0 through it` : `${base.steps} steps`}. A seed n means sources of seeds n, n + 1, …. ${isHeld(base) ? HELD : ''}Mean distance between predicted and measured loss. ${TRUST_RULE} No number: it is trusted to its end.`,
    findings: findings(rows, seeds),
    command: `npm run experiment -- "${formatLink({ ...base, seed: seeds[0] ?? base.seed, predict: flows })}" --out DIR`,
    seeds,
    columns: [
      ...(grows ? [{ key: 'before', label: 'off by, before the last growth', decimals: 4 }] : []),
      { key: CLOSENESS_COLUMN, label: grows ? 'off by, after it' : 'off by', decimals: 4 },
      { key: 'middle', label: 'its median', decimals: 4 },
      { key: 'closer', label: 'times closer than gradient flow: median (range)' },
      { key: 'final', label: 'last loss', decimals: 3 },
      { key: 'trusted', label: 'trusted until', decimals: 0 },
      { key: 'gradients', label: 'gradients a step', decimals: 1 },
    ],
    rows,
  };
}

/** Where the step sizes of the flows come from. */
const HELD =
  'The flows take the step sizes h = c/λ of the run, which measures λ as it goes: the table is part of the run, not predicted. The self-held forecast makes its own, from the λ of the flow. ';

const two = (value: number): string => (value >= 9.95 ? value.toFixed(0) : value.toFixed(1));
const small = (value: number | null | undefined): string => (value ?? Number.NaN).toPrecision(2);

/** Rows of flows: gradient flow, and the others. */
function flowsIn(rows: readonly MeasuredRow[]): { readonly control: MeasuredRow | undefined; readonly others: readonly MeasuredRow[] } {
  const titles = [...LADDER, 'self-held' as const].map((flow) => FLOW_ROWS[flow].title);
  const control = rows.find(({ label }) => label === FLOW_ROWS['gradient-flow'].title);
  return { control, others: rows.filter((row) => row !== control && titles.includes(row.label)) };
}

const closerThan = (control: MeasuredRow | undefined, row: MeasuredRow): Closeness | null =>
  closeness(bySeed(control?.cells[CLOSENESS_COLUMN], row.cells[CLOSENESS_COLUMN], (far, near) => far / near));

/**
 * The rows with what follows from their distances by seed: the median, and how many times closer than gradient flow.
 */
function withSummary(rows: readonly MeasuredRow[]): MeasuredRow[] {
  const { control, others } = flowsIn(rows);
  return rows.map((row) => {
    const values = valuesOf(row.cells[CLOSENESS_COLUMN]).filter((value) => value !== null);
    const found = others.includes(row) ? closerThan(control, row) : null;
    return {
      ...row,
      cells: {
        ...row.cells,
        middle: values.length === 0 ? null : median(values),
        closer: found && `${two(found.median)} (${two(found.least)}–${two(found.greatest)})`,
      },
    };
  });
}

/** Of every flow against gradient flow: median and range first, then seed by seed. */
function findings(rows: readonly MeasuredRow[], seeds: readonly number[]): string[] {
  const { control, others } = flowsIn(rows);
  const all = [control, ...others].flatMap((row) => row ?? []);
  const off = all.map((row) => valuesOf(row.cells[CLOSENESS_COLUMN]));
  return [
    ...others.flatMap((row) => {
      const found = closerThan(control, row);
      if (!found) return [];
      return [
        `${row.label} is closer than gradient flow by a factor of ${two(found.median)} (median of ${found.seeds} seeds; from ${two(found.least)} to ${two(found.greatest)}); at least 10 in ${found.atLeastTen} of ${found.seeds}.`,
      ];
    }),
    `Seed by seed, ${all.map(({ label }) => label.toLowerCase()).join(' / ')}: ${seeds.map((seed, i) => `${seed}: ${off.map((values) => small(values[i])).join(' / ')}`).join('; ')}.`,
  ];
}
