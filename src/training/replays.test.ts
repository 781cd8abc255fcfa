/** Captured programs on wasm: 50 replays with changing values and mini-batches, each bit for bit an eager step. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Device, Program } from '../engine/device.ts';
import { nodeWasmDevice } from '../engine/wasm/node.ts';
import type { WasmDevice } from '../engine/wasm/wasm-device.ts';
import { OPTIMIZERS_BY_NAME } from './optimizers/registry.ts';
import { QUESTIONS, REPLAYED_STEPS, replayObjective, replayTraining } from './testing/replays.ts';

const same = { different: [], distinct: REPLAYED_STEPS };

let device: WasmDevice;
beforeAll(async () => {
  device = await nodeWasmDevice();
});
afterAll(() => device.dispose());

test.each(Object.values(OPTIMIZERS_BY_NAME).map((optimizer) => [optimizer.name, optimizer] as const))(
  'a training step with %s',
  async (_, optimizer) => {
    const before = device.bytes();
    expect(await replayTraining(device, optimizer, REPLAYED_STEPS)).toEqual(same);
    if (optimizer.state.length > 0) expect(await replayTraining(device, optimizer, REPLAYED_STEPS, true)).toEqual(same);
    expect(device.bytes()).toBe(before);
  },
);

test.each(QUESTIONS)('on the probe set: %s', async (what) => {
  const before = device.bytes();
  expect(await replayObjective(device, what, REPLAYED_STEPS)).toEqual(same);
  expect(device.bytes()).toBe(before);
});

test('a replay that keeps the values of an earlier step is noticed', async () => {
  const compile: Device['compile'] = async (graph, pools) => {
    const program = await device.compile(graph, pools);
    let set = 0;
    const setInput: Program['setInput'] = (name, data) => {
      if (name !== 'values' || set++ < 3) program.setInput(name, data);
    };
    return new Proxy(program, { get: (target, key) => (key === 'setInput' ? setInput : bound(target, key)) });
  };
  const forgetful = new Proxy<Device>(device, { get: (target, key) => (key === 'compile' ? compile : bound(target, key)) });
  const { different } = await replayTraining(forgetful, OPTIMIZERS_BY_NAME.adam, 6);
  expect(different).toEqual([3, 4, 5]);
});

function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key);
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}
