/**
 * How good and how dear the predictions are that cost less than training, from the growth on, on the page's own data
 * with the page's own engine:
 *
 *   npm run bench:theory-cheap -- [--preset first-fusion] [--seeds 3,5] [--step-sizes .5,1,1.5]
 *
 * A seed s means the sources s, s + 1, … They train to the growth with the preset's step sizes; from there on gradient
 * descent at these multiples of 1/λ is compared with the Gauss–Newton spectrum's curve: (predicted - measured)/(drop so
 * far) at times n·h, and so is gradient flow by RKC, with the gradients it spends a step of training.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { toEnd } from '../src/engine/jobs/job.ts';
import { loadTaskData } from '../src/data/task-data.ts';
import { presetExperiment } from '../src/experiment/presets/presets.ts';
import { forecastCurve, forecastGradientFlow } from '../src/theory/integrate/chebyshev.ts';
import { gradientFlow } from '../src/theory/flows/flows.ts';
import { fixedSubsteps } from '../src/theory/integrate/integrators.ts';
import { gaussNewtonSpectrum, type GaussNewtonSpectrum, spectralCurve } from '../src/theory/curvature/gauss-newton.ts';
import { SharpnessProbe } from '../src/theory/curvature/sharpness.ts';
import { measure, prepare } from './theory-laboratory.ts';

const { values: options } = parseArgs({
  options: {
    preset: { type: 'string', default: 'first-fusion' },
    seeds: { type: 'string', default: '3,5' },
    'step-sizes': { type: 'string', default: '0.3,1,1.5' },
    vectors: { type: 'string', default: '10' },
    time: { type: 'string', default: '3' },
    tolerances: { type: 'string', default: '0.05' },
  },
});
const TIMES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1];

for (const seed of options.seeds.split(',').map(Number)) {
  const preset = presetExperiment(options.preset as Parameters<typeof presetExperiment>[0]);
  const experiment = { ...preset, seed };
  const data = await loadTaskData(experiment, (path) => readFile(`public/${path}`, 'utf8'));
  const laboratory = await prepare(experiment, data);
  const { large } = laboratory;
  if (large === undefined || experiment.grow === null) throw new Error(`${options.preset} has no growth`);
  const { atGrowth } = await measure({ ...laboratory, experiment: { ...experiment, steps: experiment.grow } });
  const theta = atGrowth!;
  const { lambda } = await new SharpnessProbe(large).measure(theta);
  const spectrum: GaussNewtonSpectrum = await toEnd(gaussNewtonSpectrum(large, theta, Number(options.vectors)));
  console.log(
    `${options.preset} seed ${seed}: loss ${spectrum.loss.toFixed(4)}, λ ${lambda.toFixed(2)}, largest of G ${spectrum.values.at(-1)!.toFixed(2)}, ${spectrum.gradients} gradients`,
  );
  const [moved, gradient] = [large.space.create(), large.space.create()];
  for (const share of options['step-sizes'].split(',').map(Number)) {
    const h = share / lambda;
    const steps = Math.round(TIMES.at(-1)! / h);
    const { losses } = spectralCurve({ spectrum, table: [[0, h]], from: 0, to: steps });
    large.space.copy(theta, moved);
    const run: number[] = [];
    for (let i = 0; i <= steps; i++) {
      run.push(await large.lossAndGradient(moved, gradient));
      large.space.axpy(-h, gradient, moved);
    }
    const cells = TIMES.map((time) => {
      const i = Math.round(time / h);
      return `${time}: ${((100 * (losses[i]! - run[i]!)) / (run[0]! - run[i]!)).toFixed(1)} %`;
    });
    console.log(`  hλ ${share}, h ${h.toFixed(4)}: ${cells.join('  ')}  (drop ${(run[0]! - run.at(-1)!).toFixed(3)})`);
  }
  // Gradient flow itself, by Runge–Kutta 4 with steps of a fifth of 1/λ.
  const duration = Number(options.time);
  const h = 0.2 / lambda;
  const fine = Math.round(duration / h);
  const exact: number[] = [];
  large.space.copy(theta, moved);
  const [flow, integrator] = [gradientFlow(large), fixedSubsteps(large.space, 1)];
  for (let i = 0; i <= fine; i++) {
    exact.push(await large.loss(moved));
    for await (const _spent of integrator.step(flow, moved, h));
  }
  for (const tolerance of options.tolerances.split(',').map(Number)) {
    for (const given of [false, true]) {
      const { curve, work } = forecastGradientFlow(large, theta, duration, { tolerance, ...(given ? { lambdaAt: () => lambda } : {}) });
      let spent = 0;
      for await (const gradients of work) spent += gradients;
      const { losses } = forecastCurve(curve, [[0, h]], 0, fine);
      const worst = Math.max(...Array.from(losses, (loss, i) => (i * h < 0.05 ? 0 : Math.abs(loss - exact[i]!) / (exact[0]! - exact[i]!))));
      console.log(
        `  RKC to the time ${duration}, tolerance ${tolerance}, λ ${given ? 'given' : 'measured'}: ${spent} gradients in ${curve.times.length - 1} steps, worst error ${(100 * worst).toFixed(2)} % of the drop, at the end ${((100 * (losses.at(-1)! - exact[losses.length - 1]!)) / (exact[0]! - exact[losses.length - 1]!)).toFixed(2)} %; a step of training costs ${options[
          'step-sizes'
        ]
          .split(',')
          .map((share) => `${((spent * Number(share)) / lambda / duration).toFixed(2)} at hλ ${share}`)
          .join(', ')}`,
      );
    }
  }
}
