/**
 * Pages that share a store of kept runs, for tests: each ends when it is told to, and what it does later reaches the
 * store no more.
 */
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Device } from '../../../engine/device.ts';
import { nodeWasmDevice } from '../../../engine/wasm/node.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import type { KeptEntry, KeptEvent } from '../../../keep/reports.ts';
import { type KeptStore, openStore } from '../../../keep/store.ts';
import { readPrepared } from '../../testing/bench.ts';
import { Driver, tiny } from '../../testing/driver.ts';

let stores = 0;
/** Which runs are written by whom, in all pages that share a store. */
let locks: Set<string>;
let drivers: Driver[] = [];

/** After each test. */
export async function closePages(): Promise<void> {
  for (const driver of drivers) await driver.close();
  drivers = [];
}

/** A store of its own for a test; each page that opens it may change what it does. */
export function newStore(): (wrap?: (store: KeptStore) => KeptStore) => Promise<KeptStore> {
  const name = `test ${++stores}`;
  locks = new Set();
  const held = locks;
  return async (wrap = (store) => store) =>
    wrap(
      await openStore(
        {
          own: async (id) => {
            if (held.has(id)) return null;
            held.add(id);
            return () => void held.delete(id);
          },
          owned: async () => new Set(held),
          room: async () => null,
        },
        name,
      ),
    );
}

interface Page {
  readonly driver: Driver;
  /** Nothing that it does reaches the store any more. */
  kill(): void;
}

/** A page that keeps its runs in a store. @param wrap what it does to the store @param onDevice and to the device */
export function openPage(
  open: ReturnType<typeof newStore>,
  wrap: (store: KeptStore) => KeptStore = (store) => store,
  onDevice: (device: Device) => Device = (device) => device,
): Page {
  let dead = false;
  const owns = new Set<string>();
  const driver = new Driver({
    watched: false,
    readText: readPrepared,
    createDevice: async () => ({ device: onDevice(await nodeWasmDevice()), report: { kind: 'wasm', description: '', reason: null } }),
    yield: () => new Promise((resolve) => setImmediate(resolve)),
    openStore: () =>
      open((store) =>
        wrap({
          ...store,
          write: (write) => (dead ? Promise.resolve() : store.write(write)),
          own: async (id) => {
            const release = await store.own(id);
            if (release) owns.add(id);
            return release;
          },
        }),
      ),
  });
  drivers.push(driver);
  return {
    driver,
    kill: () => {
      dead = true;
      for (const id of owns) locks.delete(id);
    },
  };
}

/** The kept runs, as they are told. */
export async function listed(driver: Driver): Promise<Extract<KeptEvent, { type: 'kept' }>> {
  const told = driver.event((event) => event.type === 'kept');
  driver.send({ type: 'kept', request: { do: 'list' } });
  return (await told) as Extract<KeptEvent, { type: 'kept' }>;
}

export const entriesOf = async (driver: Driver): Promise<readonly KeptEntry[]> => (await listed(driver)).entries;

/** A run after its first step, as it is kept. */
export async function keptAtFirst(driver: Driver, experiment: Experiment): Promise<KeptEntry> {
  await driver.until('ready', { type: 'load', experiment });
  await driver.until('paused', { type: 'step' });
  driver.send({ type: 'keep' });
  await expect.poll(() => entriesOf(driver)).toHaveLength(1);
  const [entry] = await entriesOf(driver);
  if (!entry) throw new Error('nothing was kept');
  return entry;
}

/** The outcome: every curve, and a hash of every file of weights. */
export function outcome(driver: Driver): unknown {
  const files = driver.session.files(false).filter(({ path }) => path.endsWith('.safetensors'));
  return {
    curves: driver.curves(),
    weights: Object.fromEntries(files.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')])),
  };
}

/** The outcome of a run that nothing happens to. */
export async function undisturbed(experiment: Experiment): Promise<unknown> {
  const { driver } = openPage(newStore());
  await driver.until('ready', { type: 'load', experiment });
  await driver.until('finished', { type: 'run' });
  return outcome(driver);
}

export const small: Experiment = { ...tiny, probe: 8, grow: 7, steps: 14 };
