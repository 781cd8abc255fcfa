/** Nothing leaks on software WebGPU either: fewer rounds than on wasm, since each takes long there. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WatchedDevice, type Held } from '../../engine/testing/watched-device.ts';
import type { WebGPUDevice } from '../../engine/webgpu/webgpu-device.ts';
import { heldBytes, openDevice } from '../../engine/webgpu/testing/open.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { Driver } from '../testing/driver.ts';
import { changeOfMind, fuseAndReset, predicted, tiniest } from '../testing/leaks.ts';

let driver: Driver;
let device: WebGPUDevice;
let watched: WatchedDevice;
let atFirst: number;

beforeEach(async () => {
  device = await openDevice();
  watched = new WatchedDevice(device);
  atFirst = heldBytes(device);
  driver = new Driver({
    watched: false,
    readText: (path) => Promise.reject(new Error(`${path} is not needed here`)),
    createDevice: () => Promise.resolve({ device: watched, report: { kind: 'webgpu-software', description: '', reason: null } }),
    yield: () => new Promise((resolve) => setTimeout(resolve, 0)),
  });
});
afterEach(() => driver.close());

function held(): Held {
  const { pools, programs } = watched.held;
  return { pools, programs, bytes: heldBytes(device) };
}

/** Another experiment gives back all that the one before it held. */
async function loadsEmpty(): Promise<void> {
  const refused = driver.phase('failed');
  driver.send({ type: 'load', experiment: { ...tiniest, examples: -1 } });
  await refused;
  expect(held()).toEqual({ pools: 0, programs: 0, bytes: atFirst });
}

async function open(experiment: Experiment): Promise<void> {
  await driver.until('ready', { type: 'load', experiment });
}

test('300 steps', async () => {
  await open({ ...tiniest, grow: null, steps: 300, batch: 2, examples: 16, h: { kind: 'constant', value: 1e-3 } });
  await driver.until('paused', { type: 'step' });
  const before = held();
  await driver.until('finished', { type: 'run' });
  const after = held();
  expect([after.pools, after.programs]).toEqual([before.pools, before.programs]);
  // A loss may still have been on its way at the pause.
  expect(after.bytes).toBeLessThanOrEqual(before.bytes);
  await loadsEmpty();
});

test('8 fusions and resets, 6 changes of mind with a prediction', async () => {
  const experiment: Experiment = { ...tiniest, predict: ['modified-flow'] };
  await open(experiment);
  await fuseAndReset(driver);
  const before = watched.held.programs;
  for (let i = 0; i < 7; i++) await fuseAndReset(driver);
  expect(watched.held.programs).toBe(before);
  for (let i = 0; i < 6; i++) await changeOfMind(driver, i);
  await predicted(driver, experiment);
  await loadsEmpty();
});
