/**
 * Past the edge of stability: where hλ crosses 2, and how far each flow is off before and after, against the loss
 * averaged over 20 steps.
 */
import { formatLink } from '../../experiment/link/link.ts';
import type { PredictionName } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { meanAbsoluteDifference } from '../../curves/curve.ts';
import { meanOf, over } from '../measure/document.ts';
import { type RunWithFlows, runWithFlows, smooth } from '../measure/predicted.ts';
import type { TheoryScale } from './scale.ts';

const FLOWS: readonly (readonly [PredictionName, string])[] = [
  ['gradient-flow', 'Gradient flow'],
  ['modified-flow', 'Modified flow'],
  ['central-flow', 'Central flow'],
];
/** Descent's loss oscillates past the edge: what is compared is its mean over so many steps. */
const WINDOW = 21;

export async function edge(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('edge');
  const base = presetExperiment('edge');
  const grow = scale.steps(base.grow ?? 100);
  const experiment = {
    ...base,
    predict: FLOWS.map(([flow]) => flow),
    from: ['0'] as const,
    baseline: [],
    grow,
    steps: grow + scale.steps(base.steps - (base.grow ?? 100)),
  };
  const runs: RunWithFlows[] = [];
  for (const seed of seeds) {
    scale.note(`edge, seed ${seed}`);
    runs.push(await runWithFlows(scale.device, { ...experiment, seed }));
  }
  const off = ({ measured, flows, last, crossing }: RunWithFlows, flow: PredictionName, past: boolean): number | null => {
    const [run, curve] = [measured.get(last), flows.get(flow)?.curves.get(last)];
    if (!run || !curve) return null;
    const at = crossing ?? Number.POSITIVE_INFINITY;
    const [from, to] = past ? [at, Number.POSITIVE_INFINITY] : [Number.NEGATIVE_INFINITY, at - 1];
    const value = past
      ? meanAbsoluteDifference(smooth(run, WINDOW), smooth(curve, WINDOW), from, to)
      : meanAbsoluteDifference(run, curve, from, to);
    return Number.isFinite(value) ? value : null;
  };
  const rows: MeasuredRow[] = FLOWS.map(([flow, label]) => ({
    label,
    cells: {
      before: over(runs.map((run) => off(run, flow, false))),
      past: over(runs.map((run) => off(run, flow, true))),
      gradients: over(runs.map((run) => (run.flows.get(flow)?.gradients ?? 0) / run.modelSteps)),
    },
  }));
  const crossings = runs.map(({ crossing }) => crossing);
  const [gradient, modified, central] = rows.map((row) => meanOf(row.cells['past']));
  const small = (value: number | undefined): string => (value ?? Number.NaN).toPrecision(2);
  return {
    id: 'edge',
    title: 'Past the edge of stability',
    setting: `Sort, full batch of ${base.examples}, plain gradient descent with the constant step size ${base.h.kind === 'constant' ? base.h.value : ''}, growth at ${base.grow}, ${base.steps} steps, all predicted from step 0. Distance to the measured loss of the fused network before hλ crosses 2, and past it to its mean over ${WINDOW} steps.`,
    findings: [
      `hλ crosses 2 at step ${seeds.map((seed, i) => `${crossings[i] ?? 'never'} (seed ${seed})`).join(', ')}; the growth is at ${base.grow}.`,
      Number.isFinite(gradient)
        ? `Past the edge the flows are off by ${small(gradient)} (gradient), ${small(modified)} (modified) and ${small(central)} (central).`
        : 'No run went past the edge.',
      'The central flow explains at many gradients a step, and does not predict the onset or single spikes.',
    ],
    command: `npm run experiment -- "${formatLink({ ...base, seed: seeds[0] ?? base.seed, predict: experiment.predict })}" --out DIR`,
    seeds,
    columns: [
      { key: 'before', label: 'off by, before hλ = 2', decimals: 4 },
      { key: 'past', label: 'off by, past it', decimals: 4 },
      { key: 'gradients', label: 'gradients a step', decimals: 1 },
    ],
    rows,
  };
}
