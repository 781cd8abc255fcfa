/**
 * The map: growth step × step size after it, for a budget of steps. Which predictor ranks the final losses, and how well
 * the trivial one does it: the total time Σh alone. So the page makes no claim that theory finds the best growth step.
 */
import { formatLink } from '../../experiment/link.ts';
import type { Experiment, StepSizeTable } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { spearman } from '../../experiment/rank-correlation.ts';
import { rescaleTime } from '../../theory/time-rescaling.ts';
import { meanOf, over } from '../measure/document.ts';
import { type RunWithFlows, runWithFlows } from '../measure/predicted.ts';
import type { TheoryScale } from './scale.ts';

const GROW = [40, 80, 120, 160] as const;
const AFTER = [0.01, 0.02, 0.04, 0.08] as const;
const BUDGET = 200;
const BEFORE = 0.03;

const PREDICTORS = {
  time: 'Total time, Σh, alone',
  gradient: 'Gradient flow',
  modified: 'Modified flow',
  rescaled: 'A measured branch, rescaled in time',
} as const;
type Predictor = keyof typeof PREDICTORS;

interface Cell {
  readonly final: number;
  readonly predicted: Readonly<Record<Predictor, number>>;
}

export async function map(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('map');
  const { plan: _plan, ...preset } = presetExperiment('edge');
  const base: Experiment = {
    ...preset,
    h: { kind: 'constant', value: BEFORE },
    predict: ['gradient-flow', 'modified-flow'],
    from: ['0'],
    baseline: [],
    steps: scale.steps(BUDGET),
  };
  const correlations: Record<Predictor, (number | null)[]> = { time: [], gradient: [], modified: [], rescaled: [] };
  for (const seed of seeds) {
    const cells: Cell[] = [];
    for (const grow of GROW) {
      const branches: RunWithFlows[] = [];
      for (const value of AFTER) {
        scale.note(`map, seed ${seed}: growth at ${grow}, ${value} after it`);
        branches.push(await runWithFlows(scale.device, { ...base, seed, grow: scale.steps(grow), h2: { kind: 'constant', value } }));
      }
      cells.push(...branches.map((branch) => cellOf(branch, branches.at(-1) ?? branch)));
    }
    for (const predictor of Object.keys(PREDICTORS) as Predictor[]) {
      const usable = cells.filter(({ final, predicted }) => Number.isFinite(final) && Number.isFinite(predicted[predictor]));
      const correlation = spearman(
        usable.map(({ final }) => final),
        usable.map(({ predicted }) => predicted[predictor]),
      );
      // More time, less loss: the sign says nothing.
      correlations[predictor].push(Number.isFinite(correlation) ? Math.abs(correlation) : null);
    }
  }
  const rows: MeasuredRow[] = (Object.keys(PREDICTORS) as Predictor[]).map((predictor) => ({
    label: PREDICTORS[predictor],
    cells: { rank: over(correlations[predictor]) },
  }));
  return {
    id: 'map',
    title: 'Who ranks the growth steps',
    setting: `Sort, full batch, growth at ${GROW.join(', ')} × step size after it ${AFTER.join(', ')}, ${BUDGET} steps in all, ${BEFORE} before the growth: ${GROW.length * AFTER.length} runs a seed. Spearman’s rank correlation between predicted and measured final loss; rescaling predicts all but the branch with the largest step size from that one.`,
    findings: [
      `Rank correlations: ${rows.map(({ label, cells }) => `${label} ${meanOf(cells['rank']).toFixed(3)}`).join('; ')}. Where the total time alone ranks the runs about as well, a prediction is no way to find the best growth step.`,
    ],
    command: `npm run sweep -- "${formatLink({ ...base, seed: seeds[0] ?? 0 })}" --over "grow=${GROW.join(',')}" --over "h2=${AFTER.join(',')}" --out DIR`,
    seeds,
    columns: [{ key: 'rank', label: 'rank correlation', decimals: 3 }],
    rows,
  };
}

function cellOf(branch: RunWithFlows, longest: RunWithFlows): Cell {
  const { experiment, measured, flows, last, table } = branch;
  const end = (name: 'gradient-flow' | 'modified-flow'): number => flows.get(name)?.curves.get(last)?.losses.at(-1) ?? Number.NaN;
  const source = longest.measured.get(longest.last);
  const rescaled =
    branch === longest || !source ? null : rescaleTime({ measured: source, measuredTable: longest.table, table, to: experiment.steps });
  const reached = rescaled !== null && rescaled.steps.at(-1) === experiment.steps;
  return {
    final: measured.get(last)?.losses.at(-1) ?? Number.NaN,
    predicted: {
      time: totalTime(table, experiment.steps),
      gradient: end('gradient-flow'),
      modified: end('modified-flow'),
      rescaled: reached ? (rescaled.losses.at(-1) ?? Number.NaN) : Number.NaN,
    },
  };
}

/** Σh over all steps. */
function totalTime(table: StepSizeTable, steps: number): number {
  return table.reduce((sum, [from, h], i) => sum + h * (Math.min(table[i + 1]?.[0] ?? steps, steps) - from), 0);
}
