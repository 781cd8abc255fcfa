/**
 * How the ladder's errors fall over a whole run, through the growth, when every step size is halved and twice as many
 * steps are made: the run of `first-fusion`, then its own table of step sizes halved, and halved again. An error at one
 * step size may be small by a cancellation between many steps; how it falls says of which order it is: by 2 for
 * gradient flow, 4 for the first order in both its forms, 8 for the third.
 */
import type { Experiment, PredictionName, StepSizeTable } from '../../experiment/experiment.ts';
import { FLOW_ROWS } from '../../experiment/declared/flows.ts';
import { formatLink } from '../../experiment/link/link.ts';
import type { MeasuredCell, MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { LADDER } from '../../theory/local-orders.ts';
import { meanOf, over } from '../measure/document.ts';
import { type RunWithFlows, runWithFlows } from '../measure/predicted.ts';
import { distance } from './presets.ts';
import type { TheoryScale } from './scale.ts';

/** How often the step sizes are halved. */
const HALVINGS = [0, 1, 2] as const;
const NAMES = ['h', 'h/2', 'h/4'] as const;

/**
 * The same experiment in steps of a half, a quarter, …: the table of step sizes that came out, halved so many times.
 */
function halved(experiment: Experiment, table: StepSizeTable, times: number): Experiment {
  const factor = 2 ** times;
  return {
    ...experiment,
    grow: experiment.grow === null ? null : experiment.grow * factor,
    steps: experiment.steps * factor,
    h: { kind: 'table', table: table.map(([step, size]) => [step * factor, size / factor] as const) },
    h2: null,
  };
}

export async function halving(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('halving');
  const base = presetExperiment('first-fusion');
  const experiment: Experiment = {
    ...base,
    predict: LADDER,
    from: ['0'],
    baseline: [],
    grow: scale.steps(base.grow ?? 100),
    steps: scale.steps(base.steps),
  };
  /** By seed, then by halving. */
  const runs: RunWithFlows[][] = [];
  for (const seed of seeds) {
    scale.note(`halving, seed ${seed}`);
    const own = { ...experiment, seed };
    const first = await runWithFlows(scale.device, own);
    const finer: RunWithFlows[] = [];
    for (const times of HALVINGS.slice(1)) {
      scale.note(`halving, seed ${seed}: ${NAMES[times]}`);
      finer.push(await runWithFlows(scale.device, halved(own, first.table, times)));
    }
    runs.push([first, ...finer]);
  }
  const off = (run: RunWithFlows | undefined, flow: PredictionName): number | null => (run ? distance(run, flow, run.last) : null);
  const fall = (of: readonly RunWithFlows[], flow: PredictionName, times: number): number | null => {
    const [coarse, fine] = [off(of[times - 1], flow), off(of[times], flow)];
    return coarse === null || fine === null ? null : coarse / fine;
  };
  const rows: MeasuredRow[] = LADDER.map((flow) => ({
    label: FLOW_ROWS[flow].title,
    cells: {
      should: 2 ** ((FLOW_ROWS[flow].order ?? 1) - 1),
      ...Object.fromEntries(HALVINGS.map((times): [string, MeasuredCell] => [`off${times}`, over(runs.map((of) => off(of[times], flow)))])),
      ...Object.fromEntries(
        HALVINGS.slice(1).map((times): [string, MeasuredCell] => [`fall${times}`, over(runs.map((of) => fall(of, flow, times)))]),
      ),
    },
  }));
  return {
    id: 'halving',
    title: 'The ladder, by halving h',
    setting: `First fusion, predicted from step 0 through the growth: with its own table of step sizes, with all of them halved and twice as many steps, and halved again. Mean distance between predicted and measured loss of the fused network, and how many times smaller it gets at each halving. Small errors drown in float32.`,
    findings: [
      `At the second halving the errors get smaller by ${rows.map(({ label, cells }) => `${meanOf(cells['fall2']).toFixed(1)} (${label}; in theory ${meanOf(cells['should'])})`).join(', ')}.`,
    ],
    command: `npm run experiment -- "${formatLink({ ...base, seed: seeds[0] ?? base.seed, predict: LADDER })}" --out DIR`,
    seeds,
    columns: [
      ...HALVINGS.map((times) => ({ key: `off${times}`, label: `off by, ${NAMES[times]}`, decimals: 5 })),
      { key: 'should', label: 'gets smaller by, in theory', decimals: 0 },
      ...HALVINGS.slice(1).map((times) => ({ key: `fall${times}`, label: `${NAMES[times - 1]} to ${NAMES[times]}`, decimals: 1 })),
    ],
    rows,
  };
}
