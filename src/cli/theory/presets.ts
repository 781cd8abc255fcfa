/** Gradient flow and its corrections by order, from step 0 through the growth, beside the run: how far off on average, by preset and seed. */
import type { ModelId, PredictionName } from '../../experiment/experiment.ts';
import type { MeasuredCell, MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { FLOW_ROWS } from '../../experiment/flows.ts';
import { formatLink } from '../../experiment/link.ts';
import { planOf, schedule } from '../../experiment/plan.ts';
import { withPlan } from '../../experiment/plan-size.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { meanAbsoluteDifference } from '../../curves/curve.ts';
import { TRUST_RULE } from '../../curves/trust.ts';
import { bySeed } from '../measure/by-seed.ts';
import { over, valuesOf } from '../measure/document.ts';
import { type RunWithFlows, runWithFlows } from '../measure/predicted.ts';
import { median } from '../typical-seed.ts';
import type { TheoryScale } from './scale.ts';

const FLOWS: readonly PredictionName[] = ['gradient-flow', 'modified-flow', 'third-order-flow'];

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
  const plan = { ...scaled, predict: FLOWS, from: ['0'] as const, baseline: [] };
  const runs: RunWithFlows[] = [];
  for (const seed of seeds) {
    scale.note(`${name}, seed ${seed}`);
    runs.push(await runWithFlows(device, { ...plan, seed }));
  }
  const final = ({ measured, flows, last }: RunWithFlows, flow: PredictionName | null): number | null =>
    (flow === null ? measured : flows.get(flow)?.curves)?.get(last)?.losses.at(-1) ?? null;
  const sourcesOf = (run: RunWithFlows): readonly ModelId[] => [...run.measured.keys()].filter((id) => id !== run.last);
  const before = (run: RunWithFlows, flow: PredictionName): number | null => {
    const found = sourcesOf(run)
      .map((id) => distance(run, flow, id))
      .filter((value) => value !== null);
    return found.length === 0 ? null : found.reduce((a, b) => a + b, 0) / found.length;
  };
  const growths = [...new Set(schedule(planOf(base)).flatMap(({ from, sources }) => (sources.length > 0 ? [from] : [])))];
  const grows = growths.length > 0;
  const rows: MeasuredRow[] = FLOWS.map((flow) => ({
    label: FLOW_ROWS[flow].title,
    cells: {
      ...(grows ? { before: over(runs.map((run) => before(run, flow))) } : {}),
      after: over(runs.map((run) => distance(run, flow, run.last))),
      final: over(runs.map((run) => final(run, flow))),
      trusted: over(runs.map((run) => run.flows.get(flow)?.trust.until ?? null)),
      gradients: over(runs.map((run) => (run.flows.get(flow)?.gradients ?? 0) / run.modelSteps)),
    },
  }));
  const empty: Readonly<Record<string, MeasuredCell>> = grows ? { before: null } : {};
  rows.push({
    label: 'Measured',
    cells: { ...empty, after: null, final: over(runs.map((run) => final(run, null))), trusted: null, gradients: 1 },
  });
  return {
    id: name,
    title: words,
    setting: `Full batch of ${base.examples}, plain gradient descent, ${growths.length > 0 ? `growth at ${growths.join(' and ')} of ${base.steps} steps, predicted from step 0 through it` : `${base.steps} steps`}. A seed n means sources of seeds n, n + 1, …. Mean distance between predicted and measured loss. ${TRUST_RULE} No number: it is trusted to its end.`,
    findings: findings(rows, seeds),
    command: `npm run experiment -- "${formatLink({ ...base, seed: seeds[0] ?? base.seed })}" --out DIR`,
    seeds,
    columns: [
      ...(grows ? [{ key: 'before', label: 'off by, before the last growth', decimals: 4 }] : []),
      { key: 'after', label: grows ? 'off by, after it' : 'off by', decimals: 4 },
      { key: 'final', label: 'last loss', decimals: 3 },
      { key: 'trusted', label: 'trusted until', decimals: 0 },
      { key: 'gradients', label: 'gradients a step', decimals: 1 },
    ],
    rows,
  };
}

/** Of every flow against gradient flow: median and range first, then seed by seed. */
export function findings(rows: readonly MeasuredRow[], seeds: readonly number[]): string[] {
  const [gradient, ...others] = rows.filter(({ label }) => FLOWS.some((flow) => FLOW_ROWS[flow].title === label));
  const small = (value: number | null | undefined): string => (value ?? Number.NaN).toPrecision(2);
  const closer = others.map(({ label, cells }) => {
    const ratios = bySeed(gradient?.cells['after'], cells['after'], (far, near) => far / near);
    return `${label} is closer than gradient flow by a factor of ${small(median(ratios))} (median of ${ratios.length} seeds; from ${small(Math.min(...ratios))} to ${small(Math.max(...ratios))}); at least 10 in ${ratios.filter((ratio) => ratio >= 10).length} of ${ratios.length}.`;
  });
  const columns = [gradient, ...others].map((row) => valuesOf(row?.cells['after']));
  const names = [gradient, ...others].map((row) => row?.label.toLowerCase()).join(' / ');
  return [
    ...closer,
    `Seed by seed, ${names}: ${seeds.map((seed, i) => `${seed}: ${columns.map((values) => small(values[i])).join(' / ')}`).join('; ')}.`,
  ];
}
