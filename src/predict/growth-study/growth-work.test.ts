/** What looks at a growth can be left at any slice, and leaves nothing on the device. */
import { afterEach, describe, expect, it } from 'vitest';
import { loadTaskData } from '../../data/task-data.ts';
import { WatchedDevice } from '../../engine/testing/watched-device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { Checkpoints } from '../../training/checkpoints.ts';
import { bracketAt, compositeAt, spectrumAt } from './growth-work.ts';
import { Run } from '../../run/run.ts';
import { runData } from '../../run/setup/setup.ts';
import { runCheckpoints, type Snapshot } from '../../run/snapshot.ts';
import { tiniest } from '../../session/testing/leaks.ts';

let run: Run;
let device: WatchedDevice;
let checkpoints: Checkpoints<Snapshot>;

/** Two steps, a growth, two more. */
async function grown(): Promise<void> {
  const task = await loadTaskData(tiniest, (path) => Promise.reject(new Error(`${path} is not needed here`)));
  device = new WatchedDevice(await nodeWasmDevice());
  run = await Run.create(device, tiniest, runData(tiniest, task));
  checkpoints = runCheckpoints();
  while (run.step < run.end) {
    if (run.needsTurn()) await run.turn();
    checkpoints.put(run.step, await run.snapshot());
    await run.advance(() => undefined);
  }
  // Objectives are the run's, and stay with it.
  for (const { id } of run.models()) await run.objective(run.configOf(id));
}

afterEach(async () => {
  await run.dispose();
  expect(device.held).toEqual({ pools: 0, programs: 0, bytes: 0 });
  device.dispose();
});

describe('work at a growth that is left early', () => {
  it.each([
    ['the spectrum', () => spectrumAt(run, run.growths[0]!)],
    ['the bracket', () => bracketAt(run, run.growths[0]!, [1, 1])],
    ['the composite', () => compositeAt(run, run.growths[0]!, [1, 1], checkpoints)],
  ])('%s, at every slice: no pool is left over', async (_, begin) => {
    await grown();
    // The first time compiles what stays with the objectives.
    for (const work = begin(); (await work.next()).done !== true; );
    const before = device.held;
    let slices = 0;
    for (let done = false; !done; slices++) {
      const work = begin();
      for (let slice = 0; slice <= slices && !done; slice++) done = (await work.next()).done === true;
      await work.return(undefined as never);
      expect(device.held, `left after ${slices + 1} slices`).toEqual(before);
    }
    expect(slices).toBeGreaterThan(3);
  });
});
