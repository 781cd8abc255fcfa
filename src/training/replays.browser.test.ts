/**
 * Captured programs on software WebGPU: 50 replays with changing values and mini-batches, each bit for bit an eager
 * step.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDevice } from '../engine/webgpu/testing/open.ts';
import type { WebGPUDevice } from '../engine/webgpu/webgpu-device.ts';
import { OPTIMIZERS_BY_NAME } from './optimizers/registry.ts';
import { QUESTIONS, REPLAYED_STEPS, replayObjective, replayTraining } from './testing/replays.ts';

const same = { different: [], distinct: REPLAYED_STEPS };

let device: WebGPUDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => device.dispose());

test.each(Object.values(OPTIMIZERS_BY_NAME).map((optimizer) => [optimizer.name, optimizer] as const))(
  'a training step with %s',
  async (_, optimizer) => {
    expect(await replayTraining(device, optimizer, REPLAYED_STEPS)).toEqual(same);
    if (optimizer.state.length > 0) expect(await replayTraining(device, optimizer, REPLAYED_STEPS, true)).toEqual(same);
  },
);

test.each(QUESTIONS)('on the probe set: %s', async (what) => {
  expect(await replayObjective(device, what, REPLAYED_STEPS)).toEqual(same);
});
