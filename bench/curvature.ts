/**
 * Sharpness and Gauss–Newton spectrum against float64 at the checkpoints of runs, and what a product costs:
 *
 *   npm run experiment -- "#preset=first-fusion" --out out/first-fusion
 *   npm run bench:curvature -- out/first-fusion [--examples 64]
 *
 * A result folder holds every model at its first and last step, so before and after each growth. The float64 values are
 * Lanczos on differences of a gradient that is written out in loops (engine/testing/float64.ts): a minute each.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toEnd } from '../src/engine/jobs/job.ts';
import { readExperiment } from '../src/cli/command/read-experiment.ts';
import { makeBatch } from '../src/data/batch.ts';
import { loadTaskData } from '../src/data/task-data.ts';
import type { Pool } from '../src/engine/device.ts';
import type { Objective } from '../src/engine/vector-space.ts';
import type { TokenBatch } from '../src/model/batch-inputs.ts';
import { readCheckpoint } from '../src/storage/checkpoint/read-checkpoint.ts';
import { createFloat64Space } from '../src/theory/float64-space.ts';
import { gaussNewtonSpectrum } from '../src/theory/curvature/gauss-newton.ts';
import { SharpnessProbe } from '../src/theory/curvature/sharpness.ts';
import { T5Objective } from '../src/training/t5-objective.ts';
import { float64Objective } from '../src/training/testing/float64-objective.ts';
import { laboratoryDevice } from './theory-device.ts';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    /** Most examples of the probe set. */
    examples: { type: 'string', default: '64' },
    vectors: { type: 'string', default: '10' },
  },
});
if (folders.length === 0) throw new Error('which result folders? npm run experiment -- "#preset=first-fusion" --out DIR makes one');

async function lambdaOf<V>(objective: Objective<V>, theta: V, tolerance: number): Promise<number> {
  const probe = new SharpnessProbe(objective, { tolerance, maxIterations: 80 });
  const { lambda } = await probe.measure(theta);
  probe.dispose();
  return lambda;
}

async function spectrumOf<V>(objective: Objective<V>, theta: V): Promise<Float64Array> {
  return (await toEnd(gaussNewtonSpectrum(objective, theta, Number(options.vectors)))).values;
}

/** Milliseconds of processor time of a gradient, and of a product with each matrix beside others at the same point. */
async function costs(objective: T5Objective, theta: Pool): Promise<string> {
  const { space } = objective;
  const [out, v, hessian, gaussNewton] = [space.create(), space.create(), objective.hessianProduct(), objective.gaussNewtonProduct()];
  await objective.lossAndGradient(theta, v);
  await hessian.apply(theta, v, out);
  await gaussNewton.apply(theta, v, out);
  // Processor time: what else runs on the machine does not count.
  const time = async (work: () => Promise<unknown>): Promise<number> => {
    const rounds = 15;
    const before = process.cpuUsage();
    for (let i = 0; i < rounds; i++) {
      await work();
      await space.dot(out, out);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / rounds;
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

const device = await laboratoryDevice();
for (const folder of folders) {
  const { experiment } = readExperiment(join(folder, 'result.json'));
  const data = await loadTaskData(experiment, (path) => readFile(`public/${path}`, 'utf8'));
  const batch = makeBatch(data.probe.slice(0, Number(options.examples)), data);
  console.log(`${folder}: ${batch.batch} examples`);
  for (const name of readdirSync(join(folder, 'checkpoints')).toSorted()) {
    const file = (of: string): string => join(folder, 'checkpoints', name, of);
    const { config, parameters } = readCheckpoint(
      readFileSync(file('config.json'), 'utf8'),
      new Uint8Array(readFileSync(file('model.safetensors'))),
    );
    const objective = await T5Objective.create(device, config, batch);
    const theta = objective.space.fromTensors(parameters);
    await compare(name, objective, theta, batch);
    console.log(`    ${await costs(objective, theta)}`);
    objective.dispose();
  }
}
