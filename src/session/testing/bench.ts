/** A session under test on the wasm device in Node. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Device } from '../../engine/device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { Driver } from './driver.ts';

export { tiny } from './driver.ts';

const PUBLIC = fileURLToPath(new URL('../../../public/', import.meta.url));

/** The text of a prepared file. */
export const readPrepared = (path: string): Promise<string> => readFile(PUBLIC + path, 'utf8');

/** A session on wasm in Node, and all it says. */
export class Bench extends Driver {
  constructor(watched = false, wrap: (device: Device) => Device = (device) => device) {
    super({
      watched,
      readText: readPrepared,
      createDevice: async () => ({ device: wrap(await nodeWasmDevice()), report: { kind: 'wasm', description: '', reason: null } }),
      yield: () => new Promise((resolve) => setImmediate(resolve)),
    });
  }
}

/** Runs an experiment to its end; the caller closes the bench. */
export async function runToEnd(experiment: Experiment, watched = false): Promise<Bench> {
  const bench = new Bench(watched);
  await bench.until('ready', { type: 'load', experiment });
  await bench.until('finished', { type: 'run' });
  return bench;
}
