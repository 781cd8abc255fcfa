/** Clipping of the gradient: never above the bound, and nothing at all below it. */
import { tell } from '../../experiment/messages/tell.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatLink, parseLink } from '../../experiment/link/link.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { isPlainDescent } from '../../experiment/declared/optimizers.ts';
import { planOf, schedule } from '../../experiment/plan/plan.ts';
import { expectedBeside } from '../../experiment/cost/work-beside.ts';
import { countParameters, plannedCost, stepCosts, TYPICAL_SHAPE } from '../../experiment/cost/cost.ts';
import { fingerprint } from '../../experiment/fingerprint.ts';
import { readExperimentJson } from '../../experiment/link/json.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { Graph } from '../../engine/graph.ts';
import { makeLayout } from '../../engine/layout.ts';
import { ReferenceDevice } from '../../engine/reference/reference-device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { Device } from '../../engine/device.ts';
import { clipped } from './clipped.ts';
import { gradientDescent } from './gradient-descent.ts';
import { optimizerOf } from './registry.ts';

/** What gradient descent with a step size of 1 subtracts from zero: the gradient as the optimizer sees it. */
async function seen(device: Device, gradient: readonly number[], norm: number): Promise<number[]> {
  const layout = makeLayout(new Map([['theta', [gradient.length]]]));
  const pools = { parameters: device.createPool(layout), gradients: device.createPool(layout) };
  const graph = new Graph(layout);
  const optimizer = clipped(gradientDescent, norm);
  optimizer.append(graph, false);
  const program = await device.compile(graph, pools);
  const data = new Float32Array(layout.size);
  data.set(gradient);
  device.write(pools.gradients, data);
  program.setInput('values', optimizer.values(1, [1]));
  program.run();
  const after = await device.read(pools.parameters);
  program.dispose();
  device.disposePool(pools.parameters);
  device.disposePool(pools.gradients);
  return Array.from(after.subarray(0, gradient.length), (value) => -value);
}

it('the norm of the applied gradient is never above the bound; a shorter one is the same to the bit (11.3)', async () => {
  const wasm = await nodeWasmDevice();
  const reference = new ReferenceDevice();
  const floats = fc.array(fc.float({ min: -100, max: 100, noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 70 });
  await fc.assert(
    fc.asyncProperty(floats, fc.constantFrom(0.001, 0.5, 3, 1000), async (gradient, norm) => {
      const applied = await seen(wasm, gradient, norm);
      const length = Math.hypot(...gradient);
      expect(Math.hypot(...applied)).toBeLessThanOrEqual(norm * (1 + 1e-6));
      if (length < norm * (1 - 1e-5)) expect(applied.map((value) => value + 0)).toEqual(gradient.map((value) => value + 0));
      // What PyTorch's clip_grad_norm_ makes of it.
      const factor = Math.min(1, norm / (length + 1e-6));
      applied.forEach((value, i) => expect(Math.abs(value - factor * (gradient[i] ?? 0))).toBeLessThanOrEqual(1e-5 * norm));
      if (gradient.length > 60) {
        const plain = await seen(reference, gradient, norm);
        applied.forEach((value, i) => expect(Math.abs(value - (plain[i] ?? 0))).toBeLessThanOrEqual(1e-5 * norm));
      }
    }),
    { numRuns: 100, seed: 3 },
  );
  wasm.dispose();
});

it('is said in a link and a file only where it is on, and costs what it does (11.3)', () => {
  const plain = presetExperiment('first-fusion');
  const { experiment, problems } = parseLink('#clip=0.5');
  expect([problems, experiment]).toEqual([[], { ...plain, clip: 0.5 }]);
  expect(formatLink(experiment)).toBe('#v=2&preset=first-fusion&clip=0.5');
  expect(readExperimentJson(JSON.stringify(experiment))).toEqual({ experiment, problems: [] });
  for (const link of ['', '#clip=off']) expect(parseLink(link)).toMatchObject({ experiment: plain, problems: [] });
  expect('clip' in parseLink('#clip=off').experiment).toBe(false);
  expect(fingerprint(experiment)).not.toBe(fingerprint(plain));
  expect(parseLink('#clip=-1').problems.map(({ message }) => message)).toEqual([
    'clip=-1 is not a norm of the gradient or off (0.0001 to 1000), so off is used',
  ]);
  const steps = plain.grow ?? 0;
  const more = plannedCost(experiment, TYPICAL_SHAPE).flops['A'] ?? 0;
  expect(more - (plannedCost(plain, TYPICAL_SHAPE).flops['A'] ?? 0)).toBe(3 * steps * countParameters(plain.model, TYPICAL_SHAPE));
});

it('is not predicted, says why, and is expected to cost nothing for it (11.3)', () => {
  const plain = parseLink('#h=0.1').experiment;
  const expected = (experiment: Experiment): number => {
    const stages = schedule(planOf(experiment));
    return expectedBeside(experiment, stages, stepCosts(experiment, stages, TYPICAL_SHAPE)).predictions;
  };
  expect(expected(plain)).toBeGreaterThan(0);
  expect(expected({ ...plain, clip: 0.5 })).toBe(0);
  expect([isPlainDescent(plain), isPlainDescent({ ...plain, clip: 0.5 })]).toEqual([true, false]);
  const { modifiedFlow } = optimizerOf(parseLink('#clip=0.5').experiment);
  expect(modifiedFlow).toMatchObject({
    kind: 'none',
    unavailable: tell('unpredicted-clipped', { norm: 0.5 }),
  });
});
