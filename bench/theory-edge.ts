/**
 * Past the edge of stability, on the page's own data: how far gradient, modified and central flow are from the mean of
 * the loss that descent shows (over 20 steps), after hλ has crossed 2.
 *
 *   npm run bench:theory-edge -- [--preset edge] [--seeds 3,5] [--directions 3] [--set steps=200]
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadTaskData } from '../src/data/task-data.ts';
import type { Experiment } from '../src/experiment/experiment.ts';
import { presetExperiment } from '../src/experiment/presets/presets.ts';
import { CentralFlow } from '../src/theory/flows/central-flow.ts';
import { stepDoubling } from '../src/theory/integrate/integrators.ts';
import { meanAbsoluteDifference } from '../src/curves/curve.ts';
import { measure, predict, prepare, type LossCurve } from './theory-laboratory.ts';

const { values: options } = parseArgs({
  options: {
    preset: { type: 'string', default: 'edge' },
    seeds: { type: 'string', default: '3,5' },
    directions: { type: 'string', default: '3' },
    set: { type: 'string', multiple: true, default: [] },
  },
});

/** Mean over 20 steps, centred, as far as there are so many. */
function smooth({ steps, losses }: LossCurve): LossCurve {
  const middles = steps.slice(10, -10);
  return { steps: middles, losses: middles.map((_, i) => losses.slice(i, i + 21).reduce((a, b) => a + b, 0) / 21) };
}

const changes = Object.fromEntries(
  options.set.flatMap((text) => text.split(',')).map((pair) => [pair.split('=')[0]!, Number(pair.split('=')[1])]),
);
console.log('seed  flow            last model   first 50      later   final   gradients   seconds');
for (const seed of options.seeds.split(',').map(Number)) {
  const experiment: Experiment = { ...presetExperiment(options.preset), ...changes, seed, batch: 'full' };
  const data = await loadTaskData(experiment, (path) => readFile(new URL(`../public/${path}`, import.meta.url), 'utf8'));
  const laboratory = await prepare(experiment, data);
  const measured = await measure(laboratory);
  const run = smooth(measured.curves.get(measured.last)!);
  const from = run.steps[0]!;
  for (const name of ['gradient-flow', 'modified-flow', 'central-flow'] as const) {
    const predicted =
      name === 'central-flow'
        ? await predict(laboratory, measured, 'modified-flow', '0', (_space, objective) =>
            new CentralFlow(objective, { maxDirections: Number(options.directions) }).asIntegrator(),
          )
        : await predict(laboratory, measured, name, '0', (space) => stepDoubling(space));
    const curve = smooth(predicted.curves.get(measured.last)!);
    const cells = [
      meanAbsoluteDifference(run, curve),
      meanAbsoluteDifference(run, curve, from, from + 40),
      meanAbsoluteDifference(run, curve, from + 41),
    ].map((x) => x.toFixed(4).padStart(10));
    console.log(
      `${String(seed).padEnd(5)} ${name.padEnd(14)} ${cells.join(' ')} ${curve.losses.at(-1)!.toFixed(3).padStart(7)} ${String(predicted.gradients).padStart(11)} ${predicted.seconds.toFixed(1).padStart(9)}`,
    );
  }
  console.log(`      measured mean at the end ${run.losses.at(-1)!.toFixed(3)}; largest hλ ${measured.largestHLambda.toFixed(2)}`);
  laboratory.device.dispose();
}
