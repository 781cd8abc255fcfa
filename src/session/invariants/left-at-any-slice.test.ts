/**
 * Work that is left at any of its slices leaves nothing behind: every kind that a session does is ended before its
 * first slice, after it, after the second and so on, and what the device and TensorFlow.js then hold is what they held
 * before.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensorsHeld } from '../../engine/testing/held-memory.ts';
import { WatchedDevice } from '../../engine/testing/watched-device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { stageAt, WORK, type Stage, type WorkRow } from '../testing/work.ts';

let device: WatchedDevice;
beforeAll(async () => {
  device = new WatchedDevice(await nodeWasmDevice());
});
afterAll(() => device.dispose());

const held = (): object => ({ ...device.held, tensors: tensorsHeld().tensors });

/**
 * Every slice up to here, then at longer and longer distances, so that long work takes no longer to test than its
 * square root.
 */
const EACH = 24;
const next = (slices: number): number => (slices < EACH ? slices + 1 : Math.ceil(slices * 1.2));

/** @returns the slices that there were, at most so many */
async function leftAfter(slices: number, row: WorkRow, stage: Stage): Promise<number> {
  const work = await row.begin(stage);
  let done = 0;
  while (done < slices && (await work.step())) done++;
  await work.leave();
  return done;
}

/** Answers of workers that were told to end may still be on their way. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(() => resolve())));

describe.each(Object.entries(WORK))('%s that is left at any slice leaves nothing', (_kind, rows) => {
  it.each(Object.entries(rows))('%s (11.1)', async (_name, row) => {
    const nothing = held();
    const stage = await stageAt(device, row.experiment, row.at);
    // The first time compiles what stays with the run.
    const all = await leftAfter(Number.POSITIVE_INFINITY, row, stage);
    await quiet();
    expect(stage.events.filter(({ type }) => type === 'fault')).toEqual([]);
    expect(all).toBeGreaterThan(1);
    const before = held();
    for (let slices = 0; slices <= all; slices = next(slices)) {
      await leftAfter(slices, row, stage);
      await quiet();
      expect(held(), `left after ${slices} of ${all} slices`).toEqual(before);
    }
    await stage.run.dispose();
    expect(held()).toEqual(nothing);
  });
});
