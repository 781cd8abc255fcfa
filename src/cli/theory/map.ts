/**
 * The map: growth step × step size after it, for a budget of steps. Which predictor ranks the final losses, and how
 * well the trivial one does it: the total time Σh alone. So the page makes no claim that theory finds the best growth
 * step.
 */
import type { Pool } from '../../engine/device.ts';
import { formatLink } from '../../experiment/link/link.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { compareRanks } from '../../curves/rank-correlation.ts';
import { rescaledEnd } from '../../theory/growth/branch-rescaling.ts';
import { ForecastLimitError, forecastGradientFlow, lossAtTime } from '../../theory/integrate/chebyshev.ts';
import { modifiedFlow } from '../../theory/flows/flows.ts';
import { stepDoubling } from '../../theory/integrate/integrators.ts';
import type { T5Objective } from '../../training/t5-objective.ts';
import { meanOf, over } from '../measure/document.ts';
import { descend, finish, laboratory } from './laboratory.ts';
import type { TheoryScale } from './scale.ts';

const GROW = [15, 30, 45, 60] as const;
const AFTER = [0.01, 0.02, 0.04, 0.08] as const;
const BUDGET = 80;
const BEFORE = 0.03;

const PREDICTORS = {
  time: 'Total time, Σh, alone',
  gradient: 'Gradient flow, by RKC',
  modified: 'Modified flow',
  rescaled: 'A measured branch, rescaled in time',
} as const;
type Predictor = keyof typeof PREDICTORS;

interface Cell {
  readonly final: number;
  readonly time: number;
  readonly predicted: Readonly<Record<Predictor, number | null>>;
  /** Gradients that each prediction cost, in whole rows shared out among their cells. */
  readonly gradients: Readonly<Record<Predictor, number>>;
}

export async function map(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('map');
  const { plan: _plan, ...preset } = presetExperiment('edge');
  const base: Experiment = {
    ...preset,
    h: { kind: 'constant', value: BEFORE },
    predict: ['gradient-flow', 'modified-flow'],
    baseline: [],
    steps: BUDGET,
  };
  const names = Object.keys(PREDICTORS) as Predictor[];
  const ranks: Record<Predictor, { rank: (number | null)[]; cells: number[]; gradients: number[] }> = {
    time: { rank: [], cells: [], gradients: [] },
    gradient: { rank: [], cells: [], gradients: [] },
    modified: { rank: [], cells: [], gradients: [] },
    rescaled: { rank: [], cells: [], gradients: [] },
  };
  const budget = scale.steps(BUDGET);
  for (const seed of seeds) {
    const cells: Cell[] = [];
    const lab = await laboratory(scale.device, { ...base, seed });
    const sources = lab.starts();
    let reached = 0;
    for (const at of GROW) {
      const grow = Math.min(scale.steps(at), budget - 1);
      scale.note(`map, seed ${seed}: growth at ${grow}`);
      for (const theta of sources) await descend(lab.small, theta, BEFORE, grow - reached);
      reached = grow;
      const theta = lab.large.space.fromTensors((await lab.grow(sources)).parameters);
      cells.push(...(await rowOf(lab.large, theta, grow, budget)));
      lab.large.space.dispose(theta);
    }
    // Ranks can be compared only where they are of the same runs: those that every predictor says something of.
    const common = cells.filter(({ predicted }) => names.every((predictor) => predicted[predictor] !== null));
    for (const predictor of names) {
      const { correlation, count } = compareRanks(
        common.map(({ final, time, predicted }) => ({ measured: final, predicted: predicted[predictor], time })),
      );
      ranks[predictor].rank.push(correlation);
      ranks[predictor].cells.push(count);
      const trained = cells.length * budget - cells.reduce((sum, { gradients }) => sum + gradients.time, 0);
      ranks[predictor].gradients.push(
        predictor === 'time' ? 0 : cells.reduce((sum, { gradients }) => sum + gradients[predictor], 0) / Math.max(trained, 1),
      );
    }
    lab.dispose();
  }
  const rows: MeasuredRow[] = names.map((predictor) => {
    const { rank, cells, gradients } = ranks[predictor];
    return {
      label: PREDICTORS[predictor],
      cells: { rank: over(rank), cells: over(cells), gradients: over(gradients) },
    };
  });
  return {
    id: 'map',
    title: 'Who ranks the growth steps',
    setting: `Sort, full batch, growth at ${GROW.join(', ')} × step size after it ${AFTER.join(', ')}, ${BUDGET} steps in all, ${BEFORE} before the growth: ${GROW.length * AFTER.length} runs a seed, predicted from their growth on. Spearman’s rank correlation between predicted and measured final loss, all over the same runs, those that every predictor says something of; a run that diverged ranks as the highest loss. Rescaling predicts a branch from the next longer one of the same growth, so the longest of each growth is left out.`,
    findings: [
      `Rank correlations: ${rows.map(({ label, cells }) => `${label} ${meanOf(cells['rank']).toFixed(3)}`).join('; ')}, each over the same runs. Where the total time alone ranks the runs about as well, a prediction is no way to find the best growth step.`,
    ],
    command: `npm run sweep -- "${formatLink({ ...base, seed: seeds[0] ?? 0 })}" --over "grow=${GROW.join(',')}" --over "h2=${AFTER.join(',')}" --out DIR`,
    seeds,
    columns: [
      { key: 'rank', label: 'rank correlation', decimals: 3 },
      { key: 'cells', label: 'runs', decimals: 0 },
      { key: 'gradients', label: 'gradients a step of the runs', decimals: 2 },
    ],
    rows,
  };
}

/** All step sizes after one growth: measured, and predicted from the growth on. */
async function rowOf(large: T5Objective, theta: Pool, grow: number, budget: number): Promise<Cell[]> {
  const { space } = large;
  const steps = budget - grow;
  const runs: number[][] = [];
  const modified: { readonly final: number | null; readonly spent: number }[] = [];
  for (const h of AFTER) {
    const x = space.create();
    space.copy(theta, x);
    runs.push(await descend(large, x, h, steps));
    space.copy(theta, x);
    const [flow, integrator] = [modifiedFlow(large), stepDoubling(space)];
    let spent = 0;
    for (let step = 0; step < steps; step++) spent += (await finish(integrator.step(flow, x, h))).spent;
    const loss = await large.loss(x);
    modified.push({ final: Number.isFinite(loss) ? loss : null, spent });
    flow.dispose();
    integrator.dispose();
    space.dispose(x);
  }
  const { curve, work } = forecastGradientFlow(large, theta, steps * Math.max(...AFTER));
  let spent = 0;
  try {
    for await (const gradients of work) spent += gradients;
  } catch (error) {
    if (!(error instanceof ForecastLimitError)) throw error;
  }
  const branches = runs.map((losses, i) => ({
    measured: { steps: losses.map((_, step) => grow + step), losses },
    table: [[grow, AFTER[i] ?? 0]] as const,
  }));
  return AFTER.map((h, i) => {
    const end = runs[i]?.at(-1) ?? Number.NaN;
    const flow = lossAtTime(curve, Math.min(steps * h, curve.times.at(-1) ?? 0));
    const reached = steps * h <= (curve.times.at(-1) ?? 0) * (1 + 1e-9);
    return {
      final: Number.isFinite(end) ? end : Number.POSITIVE_INFINITY,
      time: BEFORE * grow + h * steps,
      predicted: {
        time: -(BEFORE * grow + h * steps),
        gradient: reached && Number.isFinite(flow) ? flow : null,
        modified: modified[i]?.final ?? null,
        rescaled: rescaledEnd(
          branches.filter((_, other) => other !== i),
          [[grow, h]],
          grow,
          budget,
        ),
      },
      gradients: { time: grow, gradient: spent / AFTER.length, modified: modified[i]?.spent ?? 0, rescaled: 0 },
    };
  });
}
