/**
 * How often the host waits for the device (`Device.waits`): an adapter far away computes a small model faster than it answers.
 * On software WebGPU with the kernels and the habits of hardware.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Device } from '../../engine/device.ts';
import { openDevice } from '../../engine/webgpu/testing/open.ts';
import { randomModel, TINY, withWidths } from '../../fusion/testing/models.ts';
import { toBatch } from '../../fusion/testing/on-device.ts';
import { RunRecord } from '../../run/record.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { ritzSpectrum } from '../../theory/curvature/spectrum.ts';
import { modifiedFlow } from '../../theory/flows/flows.ts';
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
