/**
 * Faults that are injected: whatever a device does to a run, it goes on from the last checkpoint, and is the run it
 * would have been.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { OutOfMemoryError, ShaderError } from '../../engine/faults.ts';
import { WatchedDevice, type Action, type WatchedOptions } from '../../engine/testing/watched-device.ts';
import type { DeviceKind } from '../../engine/device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { isBaseline, type AdapterChoice, type Experiment } from '../../experiment/experiment.ts';
import type { Event } from '../protocol.ts';
import { Driver, tiny } from '../testing/driver.ts';
import { predicted } from '../testing/leaks.ts';

const experiment: Experiment = { ...tiny, steps: 60, grow: 40, adapter: 'auto', predict: ['modified-flow'] };

let driver: Driver;
let devices: WatchedDevice[];
afterEach(() => driver.close());

/**
 * Devices that call themselves WebGPU until WebAssembly is asked for. `before` is asked before every action of the n-th
 * device.
 */
function open(
  before: (action: Action, device: WatchedDevice, index: number) => void,
  as: DeviceKind = 'webgpu',
  watched = false,
  tellsLate = false,
): void {
  devices = [];
  driver = new Driver({
    watched,
    readText: (path) => Promise.reject(new Error(`${path} is not needed here`)),
    createDevice: async (choice: AdapterChoice) => {
      const kind = choice === 'wasm' ? 'wasm' : as;
      const index = devices.length;
      const options: WatchedOptions = { kind, tellsLate, before: (action, device) => before(action, device, index) };
      const device = new WatchedDevice(await nodeWasmDevice(), options);
      devices.push(device);
      return { device, report: { kind, description: '', reason: tell('error', { text: `made for ${choice}` }) } };
    },
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

/** The curves of the run without a fault. */
async function undisturbed(planned: Experiment): Promise<ReturnType<Driver['curves']>> {
  open(() => undefined);
  await driver.until('ready', { type: 'load', experiment: planned });
  await driver.until('finished', { type: 'run' });
  const curves = driver.curves();
  await driver.close();
  return curves;
}

const faults = (): Extract<Event, { type: 'fault' }>[] => driver.of('fault');
const adapters = (): string[] => driver.of('ready').map(({ adapter }) => adapter.reason?.message ?? '');

/** Loses the first device at the n-th action of a kind. */
function losingAt(action: Action, at: number): (happening: Action, device: WatchedDevice, index: number) => void {
  let count = 0;
  return (happening, device, index) => {
    if (happening === action && index === 0 && ++count === at) device.lose('a test');
  };
}

/** Whether the fusion is under way. */
const growing = (): boolean => driver.of('phase').at(-1)?.phase === 'growing';

describe('a device that is lost', () => {
  it.each<[where: string, action: Action, nth: number, from: number, during: () => boolean]>([
    ['in the middle of a step', 'run', 2, 20, () => driver.of('phase').at(-1)?.phase === 'training'],
    ['while a loss is read', 'read', 3, 20, () => true],
    ['during a fusion, as the sources are asked', 'run', 2, 38, growing],
    ['during a fusion, as the fused network is made', 'createPool', 6, 38, growing],
    ['during a fusion, as its programs are made', 'compile', 7, 38, growing],
  ])('%s: the run goes on as if nothing had been', async (_, action, nth, from, during) => {
    const planned: Experiment = { ...experiment, predict: [] };
    const expected = await undisturbed(planned);
    let armed = false;
    let count = 0;
    open((happening, device, index) => {
      if (armed && index === 0 && happening === action && during() && ++count === nth) device.lose('a test');
    });
    await driver.until('ready', { type: 'load', experiment: planned });
    for (let i = 0; i < from; i++) await driver.until('paused', { type: 'step' });
    armed = true;
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual(expected);
    expect(faults()).toHaveLength(1);
    expect(faults()[0]).toMatchObject({
      kind: 'device-lost',
      fatal: false,
      message: expect.stringMatching(/^GPU lost \(a test\): continuing from step \d+$/) as string,
    });
    expect(adapters()).toEqual(['made for auto', 'made for auto']);
  });

  it('and says so only after what was under way has failed: it is waited for, however long it takes (11.1)', async () => {
    open(losingAt('run', 40), 'webgpu', false, true);
    await driver.until('ready', { type: 'load', experiment: { ...experiment, predict: [] } });
    await driver.until('finished', { type: 'run' });
    expect(faults()).toMatchObject([{ kind: 'device-lost', message: expect.stringContaining('GPU lost (a test)') as string }]);
  });

  it('during a prediction: the run goes on as if nothing had been, and the prediction is drawn to its end', async () => {
    const expected = await undisturbed({ ...experiment, predict: [] });
    // Nothing trains before Run is pressed: what runs then is the prediction.
    let armed = false;
    open((action, device, index) => {
      if (armed && index === 0 && action === 'run') device.lose('a test');
    });
    const drawn = driver.event((event) => event.type === 'predicted');
    await driver.until('ready', { type: 'load', experiment });
    await drawn;
    armed = true;
    await driver.event((event) => event.type === 'fault');
    await driver.phase('ready');
    await driver.until('finished', { type: 'run' });
    await predicted(driver, experiment);
    expect(driver.curves()).toEqual(expected);
    expect(faults()).toMatchObject([{ kind: 'device-lost', message: 'GPU lost (a test): continuing from step 0' }]);
  });

  it('no more than the steps since the checkpoint are lost', async () => {
    open(() => undefined);
    await driver.until('ready', { type: 'load', experiment });
    for (let i = 0; i < 11; i++) await driver.until('paused', { type: 'step' });
    const told = driver.event((event) => event.type === 'fault');
    const back = driver.phase('paused');
    devices[0]?.lose('a test');
    expect(await told).toMatchObject({ message: expect.stringContaining('step 10') as string });
    expect(await back).toMatchObject({ step: 10 });
    expect(driver.curves().get('A')?.at(-1)?.[0]).toBeGreaterThanOrEqual(9);
  });

  it('twice: on WebAssembly from there on, and the badge says why', async () => {
    const expected = await undisturbed(experiment);
    let runs = 0;
    open((action, device, index) => {
      if (action === 'run' && index < 2 && ++runs % 40 === 0) device.lose(`loss ${index + 1}`);
    });
    await driver.until('ready', { type: 'load', experiment });
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual(expected);
    expect(faults().map(({ kind }) => kind)).toEqual(['device-lost', 'device-lost']);
    expect(faults()[1]?.message).toMatch(/on WebAssembly$/);
    expect(adapters()).toEqual(['made for auto', 'made for auto', 'WebAssembly: WebGPU was lost 2 times (loss 2)']);
  });

  it('while an experiment is loaded: it is loaded again', async () => {
    open(losingAt('compile', 2));
    await driver.until('ready', { type: 'load', experiment });
    expect(devices).toHaveLength(2);
    expect(faults()[0]?.message).toContain('loading again');
    await driver.until('finished', { type: 'run' });
  });

  it('during a branch: the branch is run all the same', async () => {
    const change = { grow: 20 } as const;
    const expected = await undisturbed({ ...experiment, ...change });
    let armed = false;
    open((action, device, index) => {
      if (armed && index === 0 && action === 'compile') device.lose('a test');
    });
    await driver.until('ready', { type: 'load', experiment });
    await driver.until('finished', { type: 'run' });
    armed = true;
    // The first end is that of the run which is restored, if it comes to one.
    await driver.until('training', { type: 'run-branch', change });
    await driver.phase('finished');
    expect(driver.curves()).toEqual(expected);
    expect(faults()).toHaveLength(1);
  });

  it('while nothing needs it: nothing is told, and the next experiment has a new one', async () => {
    open(() => undefined);
    const refused = driver.phase('failed');
    await driver.until('ready', { type: 'load', experiment });
    driver.send({ type: 'load', experiment: { ...experiment, examples: 99_999_999 } });
    await refused;
    const before = faults().length;
    devices[0]?.lose('a test');
    await driver.until('ready', { type: 'load', experiment });
    expect(devices).toHaveLength(2);
    expect(faults()).toHaveLength(before);
  });
});

describe('no memory', () => {
  /** Refuses pools from the n-th on for which `during` is so, on devices of a kind. */
  const refusing = (kind: DeviceKind, from: number, during = (): boolean => true) => {
    let pools = 0;
    return (action: Action, device: WatchedDevice): void => {
      if (action === 'createPool' && device.kind === kind && during() && ++pools >= from)
        throw new OutOfMemoryError(tell('error', { text: 'a test has no memory for 3 MB' }));
    };
  };

  it('on WebGPU at a fusion: the run goes on on WebAssembly', async () => {
    const expected = await undisturbed(experiment);
    open(refusing('webgpu', 5, growing));
    await driver.until('ready', { type: 'load', experiment });
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual(expected);
    expect(faults()).toMatchObject([
      { kind: 'out-of-memory', fatal: false, message: expect.stringMatching(/3 MB: continuing from step 40 on WebAssembly$/) as string },
    ]);
    expect(adapters().at(-1)).toMatch(/^WebAssembly: WebGPU had no memory for this/);
    // Another experiment is tried on WebGPU again.
    await driver.until('ready', { type: 'load', experiment: { ...experiment, adapter: 'auto' } }).catch(() => undefined);
    expect(devices.at(-2)?.kind === 'webgpu' || devices.at(-1)?.kind === 'webgpu').toBe(true);
  });

  it('told by WebGPU after the fact: the same', async () => {
    const expected = await undisturbed(experiment);
    let runs = 0;
    open((action, device) => {
      if (device.kind === 'webgpu' && action === 'run' && ++runs === 60) device.lose('WebGPU error: out of memory', 'out-of-memory');
    });
    await driver.until('ready', { type: 'load', experiment });
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual(expected);
    expect(faults()).toMatchObject([{ kind: 'out-of-memory', message: expect.stringContaining('on WebAssembly') as string }]);
  });

  it('on WebAssembly at a fusion: back at the step before it, paused, and the run can go on once there is memory', async () => {
    const planned: Experiment = { ...experiment, adapter: 'wasm' };
    const expected = await undisturbed(planned);
    let full = true;
    const refuse = refusing('wasm', 5, growing);
    open((action, device) => {
      if (full && device === devices[0]) refuse(action, device);
    }, 'wasm');
    await driver.until('ready', { type: 'load', experiment: planned });
    await driver.until('paused', { type: 'run' });
    expect(faults()).toMatchObject([
      { kind: 'out-of-memory', fatal: false, message: expect.stringMatching(/back at step 40, paused$/) as string },
    ]);
    full = false;
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual(expected);
    await driver.close();
    expect(devices.at(-1)?.heldAtDispose).toEqual({ pools: 0, programs: 0, bytes: 0 });
  });

  it('on WebAssembly while loading: it is told', async () => {
    open(refusing('wasm', 1), 'wasm');
    await driver.until('failed', { type: 'load', experiment: { ...experiment, adapter: 'wasm' } });
    expect(faults()).toMatchObject([
      { kind: 'out-of-memory', fatal: false, message: expect.stringContaining('can’t be loaded') as string },
    ]);
  });

  it('for a prediction, wherever it ends: it is told, the training goes on, nothing is left over', async () => {
    const planned: Experiment = { ...experiment, adapter: 'wasm', steps: 12, grow: 6 };
    const without = await undisturbed({ ...planned, predict: [] });
    // The sources' own four pools are there, and the training of the fused network makes its pools while it grows.
    for (const nth of [5, 6, 7, 8, 9, 10, 11, 13, 16]) {
      let pools = 0;
      open((action) => {
        if (action === 'createPool' && !growing() && ++pools === nth) throw new OutOfMemoryError(tell('error', { text: 'a test' }));
      }, 'wasm');
      await driver.until('ready', { type: 'load', experiment: planned });
      await driver.until('finished', { type: 'run' });
      expect(driver.curves(), `without pool ${nth}`).toEqual(without);
      if (faults().length === 0) await driver.event((event) => event.type === 'fault');
      const why = tell('error', { text: 'a test' });
      expect(faults(), `without pool ${nth}`).toEqual([
        {
          type: 'fault',
          kind: 'out-of-memory',
          fatal: false,
          message: 'The prediction stopped: a test',
          said: { code: 'prediction-stopped', with: { why } },
        },
      ]);
      await driver.close();
      expect(devices, `without pool ${nth}`).toHaveLength(1);
      expect(devices[0]?.heldAtDispose, `without pool ${nth}`).toEqual({ pools: 0, programs: 0, bytes: 0 });
    }
  });

  describe('what is only shown', () => {
    it('is left out and told, in front of a watcher: the training goes on', async () => {
      const planned: Experiment = { ...experiment, adapter: 'wasm', predict: [], steps: 45 };
      const expected = await undisturbed(planned);
      // Beyond the training's own programs nothing fits; the fused network trains all the same.
      let compiled = 0;
      open(
        (action) => {
          if (action === 'compile' && !growing() && ++compiled > 4) throw new OutOfMemoryError(tell('error', { text: 'a test' }));
        },
        'wasm',
        true,
      );
      await driver.until('ready', { type: 'load', experiment: planned });
      await driver.until('finished', { type: 'run' });
      expect(driver.curves()).toEqual(expected);
      expect(faults().map(({ message }) => message)).toEqual(expect.arrayContaining(['The sharpness is not measured: a test']));
      expect(new Set(faults().map(({ kind }) => kind))).toEqual(new Set(['out-of-memory']));
      expect(devices).toHaveLength(1);
      await driver.close();
      expect(devices[0]?.heldAtDispose).toEqual({ pools: 0, programs: 0, bytes: 0 });
    });
  });
});

describe('a shader that does not compile', () => {
  it('at the start: on WebAssembly', async () => {
    open((action, device) => {
      if (action === 'compile' && device.kind === 'webgpu')
        throw new ShaderError(tell('error', { text: 'webgpu: the shader matmul does not compile: line 3' }));
    });
    await driver.until('ready', { type: 'load', experiment });
    expect(faults()).toMatchObject([
      {
        kind: 'no-webgpu',
        fatal: false,
        message: expect.stringMatching(/matmul does not compile: line 3: loading again on WebAssembly/) as string,
      },
    ]);
    await driver.until('finished', { type: 'run' });
    // It would be refused again: no other experiment asks for it.
    await driver.until('ready', { type: 'load', experiment: { ...experiment, seed: 2 } });
    expect(devices.map(({ kind }) => kind)).toEqual(['webgpu', 'wasm']);
    expect(adapters().at(-1)).toContain('matmul does not compile');
  });

  it('at a fusion: from the checkpoint of the growth on WebAssembly', async () => {
    const expected = await undisturbed(experiment);
    let compiled = 0;
    open((action, device) => {
      if (action === 'compile' && device.kind === 'webgpu' && growing() && ++compiled > 2)
        throw new ShaderError(tell('error', { text: 'webgpu: the shader wide does not compile: line 1' }));
    });
    await driver.until('ready', { type: 'load', experiment });
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual(expected);
    expect(faults()).toMatchObject([
      { kind: 'no-webgpu', message: expect.stringContaining('continuing from step 40 on WebAssembly') as string },
    ]);
  });
});

describe('sizes that can’t be are refused before anything is allocated', () => {
  it.each<[string, Partial<Experiment>, RegExp]>([
    ['a negative width', { model: { ...tiny.model, d: -4 } }, /d is -4.*2 to 1024/],
    ['no number', { model: { ...tiny.model, ff: Number.NaN } }, /ff is NaN/],
    ['half a head', { model: { ...tiny.model, heads: 1.5 } }, /heads is 1.5/],
    ['a batch of nothing', { batch: 0, examples: 16 }, /batch is 0/],
    ['more than fits', { model: { d: 1024, ff: 4096, heads: 16, dkv: 128, layers: 12 }, k: 8 }, /GB/],
  ])('%s', async (_, change, words) => {
    let actions = 0;
    open(() => actions++);
    await driver.until('failed', { type: 'load', experiment: { ...experiment, ...change } });
    expect(faults()).toMatchObject([{ fatal: false, message: expect.stringMatching(words) as string }]);
    expect(actions).toBe(0);
    expect(devices).toHaveLength(0);
  });
});

describe('no memory for what trains beside the plan', () => {
  const planned: Experiment = { ...experiment, predict: [], steps: 16, grow: 8, baseline: ['scratch', 'alone'] };
  const planOnly = (curves: ReturnType<Driver['curves']>): object => Object.fromEntries([...curves].filter(([id]) => !isBaseline(id)));

  it.each([3, 40])('told by WebGPU after the fact (run %s): the plan stays on its adapter, without it (10.1)', async (nth) => {
    const expected = planOnly(await undisturbed({ ...planned, baseline: [] }));
    let runs = 0;
    open((action, device, index) => {
      if (index === 0 && action === 'run' && ++runs === nth) device.lose('WebGPU error: out of memory', 'out-of-memory');
    });
    await driver.until('ready', { type: 'load', experiment: planned });
    await driver.until('finished', { type: 'run' });
    expect(planOnly(driver.curves())).toEqual(expected);
    expect(devices.map(({ kind }) => kind)).toEqual(['webgpu', 'webgpu']);
    expect(faults().map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^The network from scratch ends at step \d+: WebGPU error: out of memory/)]),
    );
  });
});
