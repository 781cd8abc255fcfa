/** RMSProp against PyTorch's (fixtures/optimizers/make.py). */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Graph } from '../../engine/graph.ts';
import { makeLayout } from '../../engine/layout.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { rmspropWith } from './rmsprop.ts';

interface Case {
  readonly settings: { readonly lr: number; readonly alpha: number; readonly eps: number };
  readonly start: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}
const { settings, start, gradients, after } = JSON.parse(
  readFileSync(new URL('../../../fixtures/optimizers/rmsprop.json', import.meta.url), 'utf8'),
) as Case;

it('takes the steps that torch.optim.RMSprop takes, from the first on (11.3)', async () => {
  const device = await nodeWasmDevice();
  const layout = makeLayout(new Map([['theta', [start.length]]]));
  const pools = { parameters: device.createPool(layout), gradients: device.createPool(layout) };
  const moments = { slot1: device.createPool(layout), slot2: device.createPool(layout) };
  const optimizer = rmspropWith({ beta2: settings.alpha, epsilon: settings.eps });
  const graph = new Graph(layout);
  optimizer.append(graph, false);
  const program = await device.compile(graph, { ...pools, ...moments });
  const padded = (values: readonly number[]): Float32Array => {
    const data = new Float32Array(layout.size);
    data.set(values);
    return data;
  };
  device.write(pools.parameters, padded(start));
  for (const [step, gradient] of gradients.entries()) {
    device.write(pools.gradients, padded(gradient));
    program.setInput('values', optimizer.values(settings.lr, [step + 1]));
    program.run();
    const ours = await device.read(pools.parameters);
    after[step]?.forEach((value, i) => expect(Math.abs((ours[i] ?? Number.NaN) - value)).toBeLessThan(1e-6));
  }
  // Without a correction the first step is 1/√(1 − α) step sizes long.
  const first = Math.abs((after[0]?.[0] ?? 0) - (start[0] ?? 0)) / settings.lr;
  expect(first).toBeCloseTo(1 / Math.sqrt(1 - settings.alpha), 1);
  device.dispose();
});
