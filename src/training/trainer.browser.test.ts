/**
 * Training steps of a T5 on software WebGPU against the reference: every optimizer, with step counts by group, and
 * norms that are being released.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../data/random.ts';
import type { Device } from '../engine/device.ts';
import { openDevice, openReference } from '../engine/webgpu/testing/open.ts';
import { fuse } from '../fusion/operators/fuse.ts';
import { growFactoredSlots } from '../fusion/state/factored-state.ts';
import { growSlots, type OptimizerState } from '../fusion/state/optimizer-state.ts';
import { randomModel, TINY, withWidths } from '../fusion/testing/models.ts';
import { toBatch } from '../fusion/testing/on-device.ts';
import { clipped } from './optimizers/clipped.ts';
import { OPTIMIZERS_BY_NAME } from './optimizers/registry.ts';
import { Trainer, type TrainerState } from './trainer.ts';

let devices: readonly [Device, Device];
beforeAll(async () => {
  devices = [await openDevice(), await openReference()];
}, 60_000);
afterAll(() => {
  for (const device of devices) device.dispose();
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
const source = { shape: probe, at: undefined, probe };
const models = [withWidths(TINY, 8, 6, 2), withWidths(TINY, 4, 10, 3)].map((config, i) => randomModel(config, i));

const OPTIMIZERS = { ...OPTIMIZERS_BY_NAME, 'gd, with clipped gradients': clipped(OPTIMIZERS_BY_NAME.gd, 0.5) };

async function losses(
  device: Device,
  name: keyof typeof OPTIMIZERS,
  state: TrainerState,
  from: number,
): Promise<{ losses: number[]; state: TrainerState }> {
  const trainer = await Trainer.create(device, OPTIMIZERS[name], source, state);
  trainer.moveTo(from);
  const seen: number[] = [];
  for (let step = from; step < from + 4; step++) seen.push(await trainer.step(step, 0.01));
  seen.push(await trainer.probeLoss());
  const end = await trainer.state();
  trainer.dispose();
  return { losses: seen, state: end };
}

const close = (ours: readonly number[], reference: readonly number[]): void => {
  expect(new Set(reference).size).toBe(reference.length);
  ours.forEach((loss, i) => expect(Math.abs(loss / (reference[i] ?? Number.NaN) - 1), `loss ${i}`).toBeLessThan(1e-4));
};

describe.each(Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[])('%s', (name) => {
  it('follows the reference before a growth and, with transferred state and releasing norms, after it', async () => {
    const ends: OptimizerState[] = [];
    for (const model of models) {
      const state: TrainerState = { ...model, slots: {}, groups: undefined, counts: [0] };
      const [ours, reference] = [await losses(devices[0], name, state, 0), await losses(devices[1], name, state, 0)];
      close(ours.losses, reference.losses);
      ends.push(reference.state);
    }
    const grown = fuse.grow(models, { norm: 'grouped', offDiagonal: 'noise', sigma: 0.3 }, stream(1, 'growth'));
    const carry = OPTIMIZERS[name].secondMoments === 'factored' ? growFactoredSlots : growSlots;
    const carried = carry('transfer', ends, grown.provenance, grown.config);
    const state: TrainerState = {
      ...carried,
      parameters: grown.parameters,
      config: { ...grown.config, norm_release: true },
      release: { from: 4, steps: 6 },
    };
    close((await losses(devices[0], name, state, 4)).losses, (await losses(devices[1], name, state, 4)).losses);
  });
});
