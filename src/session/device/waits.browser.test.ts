/**
 * How often the host waits for the device (`Device.waits`): an adapter far away computes a small model faster than it
 * answers. On software WebGPU with the kernels and the habits of hardware.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Device, Pool } from '../../engine/device.ts';
import type { Objective, VectorSpace } from '../../engine/vector-space.ts';
import { openDevice } from '../../engine/webgpu/testing/open.ts';
import { randomModel, TINY, withWidths } from '../../fusion/testing/models.ts';
import { toBatch } from '../../fusion/testing/on-device.ts';
import { RunRecord } from '../../run/record.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { ritzSpectrum } from '../../theory/curvature/spectrum.ts';
import { modifiedFlow, type Flow } from '../../theory/flows/flows.ts';
import { inertialFlow, phaseObjective } from '../../theory/flows/inertial-flow.ts';
import { meanGradientFlow, miniBatchFlow } from '../../theory/flows/mini-batch-flow.ts';
import { compositeFlow } from '../../theory/growth/composite.ts';
import { stepDoubling } from '../../theory/integrate/integrators.ts';
import { toEnd } from '../../engine/jobs/job.ts';
import { OPTIMIZERS_BY_NAME } from '../../training/optimizers/registry.ts';
import { T5Objective } from '../../training/t5-objective.ts';
import { Trainer } from '../../training/trainer.ts';
import { Measurements, MOST_IN_FLIGHT } from '../observe/measurements.ts';

let far: Device;
let near: Device;
beforeAll(async () => {
  far = await openDevice({ hardwareKernels: true });
  near = await openDevice();
});
afterAll(() => {
  far.dispose();
  near.dispose();
});

const probe = toBatch({
  input_ids: [
    [3, 4, 5, 6],
    [6, 2, 2, 5],
  ],
  labels: [
    [5, 3, 1],
    [2, 6, 1],
  ],
});
const reversed = toBatch({
  input_ids: [
    [6, 5, 4, 3],
    [5, 2, 2, 6],
  ],
  labels: [
    [3, 5, 1],
    [6, 2, 1],
  ],
});
const { config, parameters } = randomModel(withWidths(TINY, 8, 6, 2), 1);
const objectiveOn = (device: Device): Promise<T5Objective> => T5Objective.create(device, config, probe);

test('a step of a prediction waits once, whether its error is checked or not', async () => {
  const objective = await objectiveOn(far);
  const { space } = objective;
  const theta = space.fromTensors(parameters);
  const integrator = stepDoubling(space, { checkedAtFirst: 2, tolerance: 10 });
  const flow = modifiedFlow(objective);
  const waits: number[] = [];
  for (let step = 0; step < 4; step++) {
    const before = far.waits;
    await toEnd(integrator.step(flow, theta, 0.01));
    waits.push(far.waits - before);
  }
  expect(waits).toEqual([1, 1, 1, 1]);
  objective.dispose();
});

/** Steps of a flow: how often each waits, and where they end. */
async function stepsOf<V>(space: VectorSpace<V>, flow: Flow<V>, theta: V): Promise<number[]> {
  const integrator = stepDoubling(space, { checkedAtFirst: 1, tolerance: 10 });
  const waits: number[] = [];
  for (let step = 0; step < 2; step++) {
    const before = far.waits;
    await toEnd(integrator.step(flow, theta, 0.01));
    waits.push(far.waits - before);
  }
  flow.dispose();
  integrator.dispose();
  return waits;
}

/** The same flow, waited for at each evaluation of its field. */
const oneByOne = <V>({ queue: _queue, ...flow }: Flow<V>): Flow<V> => flow;

test('flows with mass, of batches and through a growth wait once a step too, and end where they do when each evaluation is waited for', async () => {
  const objective = await objectiveOn(far);
  const { space } = objective;
  const ends: Record<string, Float32Array[]> = {};
  const waits: Record<string, number[]> = {};
  const compare = async <V>(name: string, vectors: VectorSpace<V>, make: () => Flow<V>, start: () => V, parameters: (at: V) => Pool) => {
    for (const flow of [make(), oneByOne(make())]) {
      const theta = start();
      const counted = await stepsOf(vectors, flow, theta);
      waits[name] ??= counted;
      (ends[name] ??= []).push(Float32Array.from([...(await space.toTensors(parameters(theta)))].flatMap(([, { data }]) => [...data])));
      vectors.dispose(theta);
    }
  };
  const phases = phaseObjective<Pool, T5Objective>(objective);
  const start = (): Pool => space.fromTensors(parameters);
  await compare(
    'mass',
    phases.space,
    () => inertialFlow(objective, 0.9),
    () => ({ position: start(), velocity: space.create() }),
    (at) => at.position,
  );
  const batches = [probe, reversed].map(
    (batch): Objective<Pool> => ({
      space,
      loss: (theta) => (objective.setBatch(batch), objective.loss(theta)),
      lossAndGradient: (theta, gradient) => (objective.setBatch(batch), objective.lossAndGradient(theta, gradient)),
      gradient: (theta, gradient) => (objective.setBatch(batch), objective.gradient(theta, gradient)),
    }),
  );
  await compare(
    'batches',
    space,
    () => miniBatchFlow(batches),
    start,
    (theta) => theta,
  );
  await compare(
    'their mean',
    space,
    () => meanGradientFlow(batches),
    start,
    (theta) => theta,
  );
  const stages = { before: objective, after: objective, metric: (vector: Pool) => space.scale(0.5, vector) };
  await compare(
    'growth',
    space,
    () => compositeFlow(stages, { a: 0.02, b: 0.02, h1: 0.01, h2: 0.01 }),
    start,
    (theta) => theta,
  );
  expect(waits).toEqual({ mass: [1, 1], batches: [1, 1], 'their mean': [1, 1], growth: [1, 1] });
  for (const [queued, waited] of Object.values(ends)) expect(queued).toEqual(waited);
  objective.dispose();
});

test('the sharpness and the spectrum are one wait each, and what they are where every number is waited for', async () => {
  const measured: { lambda: number; waits: number; values: number[] }[] = [];
  for (const device of [far, near]) {
    const objective = await objectiveOn(device);
    const { space } = objective;
    const theta = space.fromTensors(parameters);
    const probes = new SharpnessProbe(objective, { maxIterations: 12 });
    await probes.measure(theta);
    const before = device.waits;
    const { lambda } = await probes.measure(theta);
    const waits = device.waits - before;
    const gradient = space.create();
    objective.gradient(theta, gradient);
    const product = objective.gaussNewtonProduct();
    const beforeSpectrum = device.waits;
    const { values } = await toEnd(ritzSpectrum(space, product, theta, gradient, 4));
    measured.push({ lambda, waits: Math.max(waits, device.waits - beforeSpectrum), values: [...values] });
    objective.dispose();
  }
  const [ahead, oneByOne] = measured as [(typeof measured)[0], (typeof measured)[0]];
  expect(ahead.waits).toBe(1);
  expect(oneByOne.waits).toBeGreaterThan(10);
  expect(Math.abs(ahead.lambda / oneByOne.lambda - 1)).toBeLessThan(1e-3);
  ahead.values.forEach((value, i) => expect(Math.abs(value - oneByOne.values[i]!) / Math.max(...oneByOne.values)).toBeLessThan(1e-3));
});

test('training at full speed waits at most once in eight steps, and its losses are those of one that waits for each, to the bit', async () => {
  const state = { config, parameters, slots: {}, groups: undefined, counts: [0] };
  const source = { shape: probe, at: undefined, probe };
  const waited = await Trainer.create(far, OPTIMIZERS_BY_NAME.adam, source, state);
  const expected: number[] = [];
  for (let step = 0; step < 80; step++) expected.push(await waited.step(step, 0.001 * (1 + (step % 3))));
  waited.dispose();

  // However slow the machine: what is asked of the clock is that it goes.
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 0.01));
  const record = new RunRecord();
  const measured = vi.spyOn(record, 'measure').mockImplementation(() => undefined);
  const measurements = new Measurements(record, () => undefined);
  const trainer = await Trainer.create(far, OPTIMIZERS_BY_NAME.adam, source, state);
  const before: number[] = [];
  for (let step = 0; step < 80; step++) {
    before.push(far.waits);
    measurements.expect(step, 'A', trainer.step(step, 0.001 * (1 + (step % 3))), true);
    await measurements.settle(false);
  }
  expect(far.waits - (before[MOST_IN_FLIGHT] ?? 0)).toBeLessThanOrEqual((80 - MOST_IN_FLIGHT) / 8);
  await measurements.settle(true);
  clock.mockRestore();
  expect(measured.mock.calls.map(([, step, loss]) => [step, loss])).toEqual(expected.map((loss, step) => [step, loss]));
  trainer.dispose();
});

test('a loss that is no number is found at its step, however many steps are in flight', async () => {
  const state = { config, parameters, slots: {}, groups: undefined, counts: [0] };
  const source = { shape: probe, at: undefined, probe };
  const sizeAt = (step: number): number => (step === 9 ? 1e30 : 0.001);
  const waited = await Trainer.create(far, OPTIMIZERS_BY_NAME.gd, source, state);
  let first = 0;
  while (Number.isFinite(await waited.step(first, sizeAt(first)))) first++;
  waited.dispose();

  const record = new RunRecord();
  vi.spyOn(record, 'measure').mockImplementation(() => undefined);
  const measurements = new Measurements(record, () => undefined);
  const trainer = await Trainer.create(far, OPTIMIZERS_BY_NAME.gd, source, state);
  let found = null;
  for (let step = 0; step < 30 && !found; step++) {
    measurements.expect(step, 'A', trainer.step(step, sizeAt(step)), true);
    found = await measurements.settle(step === 29);
  }
  expect(found).toMatchObject({ model: 'A', step: first });
  trainer.dispose();
});
