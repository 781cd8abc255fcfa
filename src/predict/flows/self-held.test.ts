import { describe, expect, it } from 'vitest';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { loadTaskData } from '../../data/task-data.ts';
import { parseLink } from '../../experiment/link/link.ts';
import { SharpnessProbe } from '../../theory/curvature/sharpness.ts';
import { Run } from '../../run/run.ts';
import { selfHeldStepSizes } from './self-held.ts';
import { runData } from '../../run/setup/setup.ts';

describe('step sizes that a forecast holds to its own sharpness (10.27)', () => {
  it('are c over the largest λ of the predicted networks, at the steps at which a run measures its own', async () => {
    const { experiment } = parseLink(
      '#v=1&task=sort&examples=16&d=8&ff=16&heads=2&dkv=4&seed=3&edge=0.8&edge2=0.5&grow=6&steps=9&predict=self-held',
    );
    const task = await loadTaskData(experiment, () => Promise.reject(new Error('nothing to read')));
    const device = await nodeWasmDevice();
    const run = await Run.create(device, experiment, runData(experiment, task));
    const sizes = selfHeldStepSizes(run);
    try {
      const states = await Promise.all(
        ['A', 'B'].map(async (model) => {
          const objective = await run.objective(run.configOf(model));
          return { model, objective, theta: objective.space.fromTensors(run.initial(model)) };
        }),
      );
      const largest = async (): Promise<number> => {
        const found = await Promise.all(states.map(({ objective, theta }) => new SharpnessProbe(objective).measure(theta)));
        return Math.max(...found.map(({ lambda }) => lambda));
      };
      const first = 0.8 / (await largest());
      expect(await sizes.at(0, states)).toEqual([first, first]);
      // Predicted networks are somewhere else than the run, which has not moved: half-way to the origin λ is another
      // one.
      for (const { objective, theta } of states) objective.space.scale(0.9, theta);
      expect(await sizes.at(1, states)).toEqual([first, first]);
      const spent = sizes.gradients;
      const [second] = await sizes.at(2, states);
      expect(sizes.gradients).toBeGreaterThan(spent);
      expect(second).not.toBeCloseTo(first, 3);
      expect(Math.abs((second ?? 0) * (await largest()) - 0.8)).toBeLessThan(0.03);
      expect(run.stepSizeOf('A', 0)).toBeUndefined();
    } finally {
      sizes.dispose();
      await run.dispose();
      device.dispose();
    }
  });
});
