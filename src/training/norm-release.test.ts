import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../data/random.ts';
import type { Device } from '../engine/device.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import { fuse } from '../fusion/operators/fuse.ts';
import { randomModel, TINY, withWidths } from '../fusion/testing/models.ts';
import { logitsOf, toBatch } from '../fusion/testing/on-device.ts';
import { batchInputs } from '../model/batch-inputs.ts';
import { withOneNorm } from '../model/config.ts';
import { FORWARD_INPUTS, setInputs, T5Model } from '../model/t5-model.ts';
import { gradientDescent } from './optimizers/gradient-descent.ts';
import { T5Objective } from './t5-objective.ts';
import { groupedShare, Trainer, type TrainerState } from './trainer.ts';

let device: Device;
beforeAll(async () => {
  device = await nodeWasmDevice();
}, 60_000);
afterAll(() => device.dispose());

const batch = toBatch({
  input_ids: [
    [3, 4, 5, 6],
    [6, 2, 2, 5],
  ],
  labels: [
    [5, 3, 1],
    [2, 6, 1],
  ],
});
const sources = [withWidths(TINY, 8, 6, 2), withWidths(TINY, 4, 10, 3)].map((config, i) => randomModel(config, i));
const grown = fuse.grow(sources, { norm: 'grouped', offDiagonal: 'noise', sigma: 0.3 }, stream(1, 'growth'));
const releasing = { config: { ...grown.config, norm_release: true }, parameters: grown.parameters };
const standard = { config: withOneNorm(releasing.config), parameters: grown.parameters };

describe('grouped norms on their way into one', () => {
  it('are the grouped norm at share 1, the standard one at share 0', async () => {
    const model = new T5Model(device, releasing.config, grown.parameters);
    const program = await model.compileForward(batch);
    setInputs(program, batchInputs(batch, releasing.config.vocab_size), FORWARD_INPUTS);
    const at = async (share: number): Promise<Float32Array> => {
      model.setGroupedShare(share);
      program.run();
      return program.read('logits');
    };
    expect(await at(1)).toEqual(await logitsOf(device, grown, batch));
    expect(await at(0)).toEqual(await logitsOf(device, standard, batch));
    expect(await at(0.5)).not.toEqual(await at(0));
    program.dispose();
    model.dispose();
    expect(standard.config).not.toHaveProperty('norm_release');
  });

  it('have the gradient that the loss has in between', async () => {
    const objective = await T5Objective.create(device, releasing.config, batch);
    objective.setGroupedShare(0.4);
    const { space } = objective;
    const theta = space.fromTensors(grown.parameters);
    const gradient = space.create();
    await objective.lossAndGradient(theta, gradient);
    const squared = await space.dot(gradient, gradient);
    // Along the gradient itself: ‖g‖² is the slope. Central difference, float32 losses.
    const step = 2e-3 / Math.sqrt(squared);
    space.axpy(step, gradient, theta);
    const up = await objective.loss(theta);
    space.axpy(-2 * step, gradient, theta);
    const down = await objective.loss(theta);
    expect((up - down) / (2 * step) / squared).toBeCloseTo(1, 2);
    space.dispose(theta);
    space.dispose(gradient);
    objective.dispose();
  });

  it('fall evenly with the steps, and the loss follows the share of its step', async () => {
    const release = { from: 10, steps: 4 };
    expect([9, 10, 11, 13, 14, 20].map((step) => groupedShare(release, step))).toEqual([1, 1, 0.75, 0.25, 0, 0]);
    const state: TrainerState = { ...releasing, slots: {}, groups: undefined, counts: [0], release };
    const trainer = await Trainer.create(device, gradientDescent, { shape: batch, at: undefined, probe: batch }, state);
    trainer.moveTo(10);
    const losses: number[] = [];
    for (let step = 10; step < 14; step++) {
      const before = await trainer.probeLoss();
      const own = await trainer.step(step, 0);
      expect(own).toBe(before);
      losses.push(own);
    }
    // Nothing moves at step size 0: only the norm changes, from the grouped one to the standard one.
    losses.push(await trainer.probeLoss());
    const objective = await T5Objective.create(device, standard.config, batch);
    const theta = objective.space.fromTensors(grown.parameters);
    expect(losses.at(-1)).toBe(await objective.loss(theta));
    expect(new Set(losses).size).toBe(5);
    expect((await trainer.state()).release).toEqual(release);
    objective.space.dispose(theta);
    objective.dispose();
    trainer.dispose();
  });
});
