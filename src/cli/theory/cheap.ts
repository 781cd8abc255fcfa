/**
 * The predictions that cost less than training, from the growth on: how far each is off when it is asked within its
 * window and beyond, and what it costs.
 */
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { formatLink } from '../../experiment/link/link.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { rescaledEnd } from '../../theory/growth/branch-rescaling.ts';
import { forecastGradientFlow, lossAtTime } from '../../theory/integrate/chebyshev.ts';
import { gaussNewtonSpectrum, spectralCurve } from '../../theory/curvature/gauss-newton.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { meanOf, over } from '../measure/document.ts';
import { descend, finish, laboratory } from './laboratory.ts';
import type { TheoryScale } from './scale.ts';

/** hλ of the branch that is predicted, at the growth. */
const PRODUCT = 0.5;
const TIMES = [0.25, 0.5, 1, 2] as const;
const PREDICTORS = {
  spectral: 'Gauss–Newton spectrum',
  rescaled: 'Branch of twice the step size, rescaled',
  forecast: 'Gradient flow, by RKC',
} as const;
type Predictor = keyof typeof PREDICTORS;

export async function cheap(scale: TheoryScale): Promise<MeasuredTable> {
  const seeds = scale.seedsOf('cheap');
  const base = presetExperiment('edge');
  const grow = scale.steps(base.grow ?? 100);
  const h = base.h.kind === 'constant' ? base.h.value : 0.03;
  /** By predictor, time and seed: (predicted - measured)/(drop so far). */
  const off: Record<Predictor, (number | null)[][]> = { spectral: [], rescaled: [], forecast: [] };
  const gradients: Record<Predictor, number[]> = { spectral: [], rescaled: [], forecast: [] };
  for (const seed of seeds) {
    scale.note(`cheap predictions, seed ${seed}`);
    const { small, large, starts, grow: fuse, dispose } = await laboratory(scale.device, { ...base, seed, grow });
    const thetas = starts();
    for (const theta of thetas) await descend(small, theta, h, grow);
    const theta = large.space.fromTensors((await fuse(thetas)).parameters);
    const { lambda } = await new SharpnessProbe(large).measure(theta);
    const after = PRODUCT / lambda;
    const steps = Math.ceil(TIMES[TIMES.length - 1]! / after);
    const branch = async (size: number, count: number): Promise<number[]> => {
      const moved = large.space.create();
      large.space.copy(theta, moved);
      const losses = await descend(large, moved, size, count);
      large.space.dispose(moved);
      return losses;
    };
    const run = await branch(after, steps);
    const faster = await branch(2 * after, Math.ceil(steps / 2));
    const { value: spectrum, spent: looked } = await finish(gaussNewtonSpectrum(large, theta));
    const { curve, work } = forecastGradientFlow(large, theta, steps * after);
    const { spent: forecast } = await finish(work);
    const spectral = spectralCurve({ spectrum, table: [[0, after]], from: 0, to: steps }).losses;
    const measured = { steps: faster.map((_, i) => i), losses: faster };
    gradients.spectral.push(looked / steps);
    gradients.rescaled.push(0);
    gradients.forecast.push(forecast / steps);
    const at: Record<Predictor, (step: number) => number | null> = {
      spectral: (step) => spectral[step] ?? null,
      rescaled: (step) => rescaledEnd([{ measured, table: [[0, 2 * after]] }], [[0, after]], 0, step),
      forecast: (step) => lossAtTime(curve, Math.min(step * after, curve.times.at(-1) ?? 0)),
    };
    for (const predictor of Object.keys(PREDICTORS) as Predictor[])
      off[predictor].push(
        TIMES.map((time) => {
          const step = Math.min(Math.round(time / after), steps);
          const [start, end, predicted] = [run[0] ?? Number.NaN, run[step] ?? Number.NaN, at[predictor](step)];
          return predicted === null ? null : (100 * Math.abs(predicted - end)) / (start - end);
        }),
      );
    dispose();
  }
  const rows: MeasuredRow[] = (Object.keys(PREDICTORS) as Predictor[]).map((predictor) => ({
    label: PREDICTORS[predictor],
    cells: {
      ...Object.fromEntries(TIMES.map((time, i) => [`t${time}`, over(off[predictor].map((bySeed) => bySeed[i] ?? null))])),
      gradients: over(gradients[predictor]),
    },
  }));
  const figure = (row: number, key: string): string => meanOf(rows[row]?.cells[key]).toPrecision(2);
  return {
    id: 'cheap',
    title: 'What costs less than training',
    setting: `Sort, growth at ${base.grow}, from there on steps of ${PRODUCT}/λ. Distance between predicted and measured loss in percent of the drop since the growth, at times n·h after it; the spectrum’s window ends at 0.5. Gradients a step of training over the whole time.`,
    findings: [
      `At n·h = 0.5 the spectrum is off by ${figure(0, 't0.5')} % of the drop, at 2 by ${figure(0, 't2')} %; the rescaled branch by ${figure(1, 't2')} % at 2, gradient flow by ${figure(2, 't2')} %.`,
      `Gradients a step of training: spectrum ${figure(0, 'gradients')}, rescaling none, gradient flow ${figure(2, 'gradients')}.`,
    ],
    command: 'npm run validate-theory -- --only cheap',
    link: formatLink({ ...base, predict: ['gradient-flow', 'spectral'] }),
    seeds,
    columns: [
      ...TIMES.map((time) => ({ key: `t${time}`, label: `off by, % of the drop, n·h = ${time}`, decimals: 1 })),
      { key: 'gradients', label: 'gradients a step', decimals: 2 },
    ],
    rows,
  };
}
