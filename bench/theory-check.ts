/**
 * How close the predicted flows are to the run, on the page's own data with the page's own engine:
 *
 *   npm run bench:theory-check -- [--preset first-fusion] [--seeds 3,5] [--from 0|growth] [--flows gradient-flow,modified-flow]
 *                                           [--substeps N | --tolerance X] [--check] [--json FILE] [--set steps=60,...]
 *
 * A seed s means the sources s, s + 1, … For each it trains with full-batch gradient descent and the preset's step
 * sizes, predicts with the same table, and prints mean |predicted - measured loss| before and after the growth, the
 * final losses, "trusted until" and what it cost. `--check` integrates again with four times the substeps and prints
 * the integration's own error beside it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadTaskData } from '../src/data/task-data.ts';
import { presetExperiment } from '../src/experiment/presets/presets.ts';
import type { Experiment } from '../src/experiment/experiment.ts';
import type { FlowName } from '../src/theory/flows/flows.ts';
import { fixedSubsteps, stepDoubling } from '../src/theory/integrate/integrators.ts';
import { meanAbsoluteDifference } from '../src/curves/curve.ts';
import { trustBand, trustOf } from '../src/curves/trust.ts';
import { measure, predict, prepare, type Laboratory, type Measured, type Predicted } from './theory-laboratory.ts';

const { values: options } = parseArgs({
  options: {
    preset: { type: 'string', default: 'first-fusion' },
    seeds: { type: 'string', default: '3,5' },
    flows: { type: 'string', default: 'gradient-flow,modified-flow' },
    from: { type: 'string', default: '0' },
    substeps: { type: 'string' },
    tolerance: { type: 'string' },
    check: { type: 'boolean', default: false },
    json: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
  },
});

const digits = (x: number | null, places = 4): string => (x === null ? '-' : x.toFixed(places));
const row = (cells: readonly string[]): void =>
  console.log(cells.map((cell, i) => (i < 2 ? cell.padEnd(i === 0 ? 10 : 20) : cell.padStart(11))).join(' '));

interface Line {
  readonly seed: number;
  readonly flow: string;
  readonly before: number | null;
  readonly after: number;
  readonly final: number;
  readonly measuredFinal: number;
  readonly trusted: number | null;
  readonly gradients: number;
  readonly gradientsPerStep: number;
  readonly seconds: number;
  readonly integration: number | null;
}

function compare(seed: number, measured: Measured, predicted: Predicted, finer: Predicted | null): Line {
  const last = measured.last;
  const [run, curve] = [measured.curves.get(last)!, predicted.curves.get(last)!];
  const sources = [...predicted.curves.keys()].filter((id) => id !== last);
  const before = sources.map((id) => meanAbsoluteDifference(measured.curves.get(id)!, predicted.curves.get(id)!));
  const modelSteps = [...predicted.curves.values()].reduce((sum, { steps }) => sum + steps.length - 1, 0);
  return {
    seed,
    flow: predicted.flow,
    before: before.length > 0 ? before.reduce((a, b) => a + b, 0) / before.length : null,
    after: meanAbsoluteDifference(run, curve),
    final: curve.losses.at(-1)!,
    measuredFinal: run.losses.at(-1)!,
    trusted: trustOf(
      trustBand([...measured.curves.values()]),
      [...predicted.curves].map(([id, each]) => ({ measured: measured.curves.get(id)!, predicted: each })),
    ).until,
    gradients: predicted.gradients,
    gradientsPerStep: predicted.gradients / modelSteps,
    seconds: predicted.seconds,
    integration: finer === null ? null : meanAbsoluteDifference(curve, finer.curves.get(last)!),
  };
}

const preset = presetExperiment(options.preset);
if (preset === undefined) throw new Error(`--preset ${options.preset} is not a preset`);
const changes = Object.fromEntries(
  options.set.flatMap((text) => text.split(',')).map((pair) => [pair.split('=')[0]!, Number(pair.split('=')[1])]),
);
const lines: Line[] = [];
row(['seed', 'flow', 'sources', 'last model', 'final', 'measured', 'trusted to', 'gradients', 'a step', 'seconds', 'integration']);
for (const seed of options.seeds.split(',').map(Number)) {
  const experiment: Experiment = { ...preset, ...changes, seed, batch: 'full' };
  const data = await loadTaskData(experiment, (path) => readFile(new URL(`../public/${path}`, import.meta.url), 'utf8'));
  const laboratory: Laboratory = await prepare(experiment, data);
  const measured = await measure(laboratory);
  for (const flow of options.flows.split(',') as FlowName[]) {
    const tolerance = options.tolerance === undefined ? {} : { tolerance: Number(options.tolerance) };
    const integrator =
      options.substeps === undefined
        ? <V>(space: Parameters<typeof stepDoubling<V>>[0]) => stepDoubling(space, tolerance)
        : <V>(space: Parameters<typeof fixedSubsteps<V>>[0]) => fixedSubsteps(space, Number(options.substeps));
    const predicted = await predict(laboratory, measured, flow, options.from, integrator);
    const finer = options.check ? await predict(laboratory, measured, flow, options.from, (space) => fixedSubsteps(space, 8)) : null;
    const line = compare(seed, measured, predicted, finer);
    lines.push(line);
    row([
      String(seed),
      flow,
      digits(line.before),
      digits(line.after),
      digits(line.final, 3),
      digits(line.measuredFinal, 3),
      line.trusted === null ? 'end' : String(line.trusted),
      String(line.gradients),
      digits(line.gradientsPerStep, 1),
      digits(line.seconds, 1),
      line.integration === null ? '-' : line.integration.toExponential(1),
    ]);
  }
  console.log(
    `${' '.repeat(10)} step sizes ${measured.table
      .slice(0, 3)
      .map(([step, h]) => `${step}:${h.toPrecision(3)}`)
      .join(', ')} … ${measured.table
      .slice(-2)
      .map(([step, h]) => `${step}:${h.toPrecision(3)}`)
      .join(
        ', ',
      )}; ${measured.sharpnessGradients} gradients for λ; largest hλ ${digits(measured.largestHLambda, 2)}; run ${digits(measured.seconds, 1)} s`,
  );
  laboratory.device.dispose();
}
if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(lines, null, 2)}\n`);
