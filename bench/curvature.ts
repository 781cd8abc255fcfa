/**
 * Sharpness and Gauss–Newton spectrum against float64, at checkpoints of the presets before and after the growth, and what
 * a product costs: `npm run bench:curvature -- --presets first-fusion,self-fusion`. The float64 values are Lanczos on
 * differences of a gradient that is written out in loops (engine/testing/float64.ts): minutes.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { makeBatch } from '../src/data/batch.ts';
import { loadTaskData } from '../src/data/task-data.ts';
import type { Pool } from '../src/engine/device.ts';
import type { Objective } from '../src/engine/vector-space.ts';
import { stepSizeAfter, tableAt, type StepSize } from '../src/experiment/experiment.ts';
import { presetExperiment } from '../src/experiment/presets.ts';
import type { TokenBatch } from '../src/model/batch-inputs.ts';
import { createFloat64Space } from '../src/theory/float64-space.ts';
import { gaussNewtonSpectrum } from '../src/theory/gauss-newton.ts';
import { HeldSharpness, isRefresh } from '../src/theory/held-sharpness.ts';
import { SharpnessProbe } from '../src/theory/sharpness.ts';
import type { T5Objective } from '../src/training/t5-objective.ts';
import { float64Objective } from '../src/training/testing/float64-objective.ts';
import { prepare } from './theory-laboratory.ts';

const { values: options } = parseArgs({
  options: {
    presets: { type: 'string', default: 'first-fusion,see-the-theory,self-fusion,broken-symmetry,four-to-one' },
    after: { type: 'string', default: '50' },
    vectors: { type: 'string', default: '10' },
  },
});

/** Gradient descent from step to step; λ is measured where the step size is held to it. Returns the probe's gradients and seconds. */
async function descend(objective: T5Objective, theta: Pool, spec: StepSize, from: number, to: number): Promise<string> {
  const { space } = objective;
  const [gradient, probe] = [space.create(), new SharpnessProbe(objective)];
  const held = spec.kind === 'edge' ? new HeldSharpness({ edge: spec.edge, from }) : null;
  let [h, spent, measured, seconds] = [spec.kind === 'constant' ? spec.value : Number.NaN, 0, 0, 0];
  for (let step = from; step < to; step++) {
    if (spec.kind === 'table') h = tableAt(spec.table, step);
    if (held !== null && isRefresh(from, step)) {
      const began = performance.now();
      const found = await probe.measure(theta);
      seconds += (performance.now() - began) / 1000;
      spent += found.gradients;
      measured++;
      h = held.refresh(step, [found.lambda]);
    }
    await objective.lossAndGradient(theta, gradient);
    space.axpy(-h, gradient, theta);
  }
  probe.dispose();
  space.dispose(gradient);
  return measured === 0
    ? ''
    : `${measured} measurements of λ: ${(spent / measured).toFixed(1)} gradients, ${((1000 * seconds) / measured).toFixed(1)} ms each`;
}

async function lambdaOf<V>(objective: Objective<V>, theta: V, tolerance: number): Promise<number> {
  const probe = new SharpnessProbe(objective, { tolerance, maxIterations: 80 });
  const { lambda } = await probe.measure(theta);
  probe.dispose();
  return lambda;
}

async function spectrumOf<V>(objective: Objective<V>, theta: V): Promise<Float64Array> {
  const work = gaussNewtonSpectrum(objective, theta, Number(options.vectors));
  let step = await work.next();
  while (step.done !== true) step = await work.next();
  return step.value.values;
}

/** Milliseconds of a gradient, and of a product with each matrix beside others at the same point. */
async function costs(objective: T5Objective, theta: Pool): Promise<string> {
  const { space } = objective;
  const [out, v, hessian, gaussNewton] = [space.create(), space.create(), objective.hessianProduct(), objective.gaussNewtonProduct()];
  await objective.lossAndGradient(theta, v);
  await hessian.apply(theta, v, out);
  await gaussNewton.apply(theta, v, out);
  const time = async (work: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 15; i++) {
      const began = performance.now();
      await work();
      await space.dot(out, out);
      times.push(performance.now() - began);
    }
    return times.toSorted((a, b) => a - b)[7] ?? Number.NaN;
  };
  const gradient = await time(() => objective.lossAndGradient(theta, out));
  const rows = {
    first: await time(() => hessian.apply(theta, v, out)),
    next: await time(() => hessian.apply(theta, v, out, true)),
    'Gauss–Newton first': await time(() => gaussNewton.apply(theta, v, out)),
    'Gauss–Newton next': await time(() => gaussNewton.apply(theta, v, out, true)),
  };
  return `gradient ${gradient.toFixed(2)} ms; in gradients: ${Object.entries(rows)
    .map(([name, ms]) => `${name} ${(ms / gradient).toFixed(2)}`)
    .join(', ')}`;
}

async function compare(what: string, objective: T5Objective, theta: Pool, batch: TokenBatch): Promise<void> {
  const parameters = await objective.space.toTensors(theta);
  const reference = float64Objective(objective.config, batch, createFloat64Space(objective.space.layout.size));
  const at = reference.fromTensors(parameters);
  const [ours, exact] = [await lambdaOf(objective, theta, 0.01), await lambdaOf(reference, at, 1e-4)];
  const [own, wanted] = [await spectrumOf(objective, theta), await spectrumOf(reference, at)];
  const percent = (a: number, b: number, of = b): string => `${((100 * (a - b)) / of).toFixed(4)} %`;
  const [top, most] = [own.at(-1) ?? Number.NaN, wanted.at(-1) ?? Number.NaN];
  console.log(
    `  ${what}: λ ${ours.toFixed(4)} (float64 ${exact.toFixed(4)}, ${percent(ours, exact)}); Gauss–Newton ${own[0]!.toFixed(4)} … ${top.toFixed(4)} (float64 ${wanted[0]!.toFixed(4)} … ${most.toFixed(4)}; of the largest ${percent(own[0]!, wanted[0]!, most)}, ${percent(top, most)})`,
  );
}

for (const name of options.presets.split(',')) {
  const experiment = presetExperiment(name as Parameters<typeof presetExperiment>[0]);
  const data = await loadTaskData(experiment, (path) => readFile(`public/${path}`, 'utf8'));
  const laboratory = await prepare(experiment, data);
  const { small, large, models } = laboratory;
  const batch = makeBatch(data.train, data);
  const grow = experiment.grow ?? 100;
  console.log(`${name}: seed ${experiment.seed}, ${large === undefined ? 'no growth' : `growth at ${grow}`}`);
  const sources: Pool[] = [];
  for (const model of models) {
    const theta = laboratory.start(model);
    const spent = await descend(small, theta, experiment.h, 0, grow);
    if (sources.length === 0 && spent !== '') console.log(`  ${model}: ${spent}`);
    sources.push(theta);
  }
  await compare(`${models[0]} at ${grow}`, small, sources[0]!, batch);
  if (large === undefined) continue;
  const theta = await laboratory.fuse(sources);
  await compare(`M at ${grow}`, large, theta, batch);
  const spent = await descend(large, theta, stepSizeAfter(experiment), grow, grow + Number(options.after));
  await compare(`M at ${grow + Number(options.after)}`, large, theta, batch);
  console.log(`  M: ${spent === '' ? '' : `${spent}; `}${await costs(large, theta)}`);
}
