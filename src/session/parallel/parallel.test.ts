/**
 * Sources that train in workers of their own: the same bits, nothing left over, and no harm from a worker that dies.
 */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { WatchedDevice } from '../../engine/testing/watched-device.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { stepFlops } from '../../experiment/cost/cost.ts';
import { Driver, tiny } from '../testing/driver.ts';
import { startThread } from './node.ts';
import type { TrainerPort } from './protocol.ts';
import { PortHere } from './testing/here.ts';
import { FEWEST_FLOPS } from './trainer-workers.ts';

/** Just large enough for workers of its own: a step of 2 ms. */
const worthIt: Experiment = { ...tiny, examples: 24, model: { d: 48, ff: 96, heads: 3, dkv: 16, layers: 2 }, grow: 6, steps: 9 };

let driver: Driver;
let device: WatchedDevice;
afterEach(() => driver.close());

function open(startTrainer: (() => TrainerPort) | null, { cores = 4, watched = false } = {}): void {
  driver = new Driver({
    watched,
    ...(startTrainer ? { startTrainer } : {}),
    cores,
    readText: (path) => Promise.reject(new Error(`${path} is not needed here`)),
    createDevice: async () => {
      device = new WatchedDevice(await nodeWasmDevice());
      return { device, report: { kind: 'wasm', description: '', reason: null } };
    },
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

/** Curves and growths of a run, and what says the bits of its checkpoints. */
async function results(experiment: Experiment): Promise<object> {
  await driver.until('ready', { type: 'load', experiment });
  await driver.until('finished', { type: 'run' });
  driver.send({ type: 'export' });
  await driver.event((event) => event.type === 'files');
  const files = driver.of('files').at(-1)?.files ?? [];
  const weights = files
    .filter(({ path }) => path.endsWith('.safetensors'))
    .map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')] as const);
  expect(weights.length).toBeGreaterThan(0);
  return { curves: driver.curves(), growth: driver.of('growth').map(({ report }) => report), weights: new Map(weights) };
}

async function alone(experiment: Experiment): Promise<object> {
  open(null);
  const found = await results(experiment);
  await driver.close();
  return found;
}

it('is for networks whose step is worth it', () => {
  open(null);
  const shape = { vocabulary: 10, sourceLength: 6, targetLength: 6, buckets: 32, gated: true, tied: false };
  expect(stepFlops(worthIt.model, shape, 24, 'gd')).toBeGreaterThan(FEWEST_FLOPS);
  expect(stepFlops(tiny.model, shape, 16, 'gd')).toBeLessThan(FEWEST_FLOPS);
});

describe('the same bits as training in one', () => {
  it.each<[string, Partial<Experiment>]>([
    ['full batch, gradient descent', {}],
    [
      'mini-batches, Adam with settings of its own, moments carried over',
      { batch: 24, examples: 72, optimizer: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-4, h: { kind: 'constant', value: 0.002 } },
    ],
    [
      'a table of step sizes, momentum, clipped gradients, a baseline beside',
      {
        optimizer: 'momentum',
        clip: 0.5,
        h: {
          kind: 'table',
          table: [
            [0, 0.01],
            [3, 0.02],
          ],
        },
        baseline: ['scratch', 'alone'],
      },
    ],
  ])('%s', async (_, change) => {
    const experiment = { ...worthIt, ...change };
    const expected = await alone(experiment);
    const ports: PortHere[] = [];
    open(() => {
      const port = new PortHere();
      ports.push(port);
      return port;
    });
    expect(await results(experiment)).toEqual(expected);
    expect(ports.length).toBeGreaterThanOrEqual(2);
    for (const port of ports)
      expect(port.posted.filter((type) => type === 'step').length).toBeGreaterThanOrEqual(experiment.baseline.length > 0 ? 1 : 6);
  });

  it('in threads, in front of a watcher with predictions, paused on the way', async () => {
    const experiment: Experiment = { ...worthIt, predict: ['gradient-flow'] };
    const expected = await alone({ ...experiment, predict: [] });
    let threads = 0;
    open(
      () => {
        threads++;
        return startThread();
      },
      { watched: true },
    );
    await driver.until('ready', { type: 'load', experiment });
    for (let i = 0; i < 3; i++) await driver.until('paused', { type: 'step' });
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual((expected as { curves: unknown }).curves);
    expect(threads).toBe(2);
    expect(driver.of('sharpness').length).toBeGreaterThan(0);
    expect(driver.of('fault')).toEqual([]);
  });
});

it('branches and resets use the same workers, and nothing is left on any device', async () => {
  const ports: PortHere[] = [];
  const devices: WatchedDevice[] = [];
  open(() => {
    const port = new PortHere(async () => {
      const made = new WatchedDevice(await nodeWasmDevice());
      devices.push(made);
      return made;
    });
    ports.push(port);
    return port;
  });
  await driver.until('ready', { type: 'load', experiment: worthIt });
  await driver.until('finished', { type: 'run' });
  await driver.until('finished', { type: 'run-branch', change: { grow: 3 } });
  await driver.until('ready', { type: 'reset' });
  await driver.until('finished', { type: 'run' });
  await driver.until('ready', { type: 'load', experiment: tiny });
  expect(ports).toHaveLength(2);
  for (const apart of devices) expect(apart.held).toMatchObject({ pools: 0, programs: 0 });
  await driver.close();
  expect(device.heldAtDispose).toEqual({ pools: 0, programs: 0, bytes: 0 });
});

describe('a worker that dies', () => {
  it('in the middle of the training: all train in one from the last checkpoint, with the same bits', async () => {
    const expected = await alone(worthIt);
    const ports: PortHere[] = [];
    open(() => {
      const port = new PortHere();
      ports.push(port);
      return port;
    });
    await driver.until('ready', { type: 'load', experiment: worthIt });
    for (let i = 0; i < 2; i++) await driver.until('paused', { type: 'step' });
    const finished = driver.phase('finished');
    driver.send({ type: 'run' });
    ports[1]?.crash('a test');
    await finished;
    expect(driver.curves()).toEqual((expected as { curves: unknown }).curves);
    expect(driver.of('fault')).toEqual([]);
    expect(driver.of('log').map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/own worker stopped: a test: all sources train in one worker, continuing from step 0/) as string,
      ]),
    );
    // No worker is started again.
    await driver.until('ready', { type: 'reset' });
    expect(ports).toHaveLength(2);
  });

  it('before it has begun: all train in one, and no one notices', async () => {
    const expected = await alone(worthIt);
    open(() => new PortHere(() => Promise.reject(new Error('no WebAssembly there'))));
    expect(await results(worthIt)).toEqual(expected);
    expect(driver.of('fault')).toEqual([]);
    expect(driver.of('log')[0]?.message).toContain('no WebAssembly there');
  });

  it('as a thread that ends', async () => {
    const expected = await alone(worthIt);
    let threads: TrainerPort[] = [];
    open(() => {
      const thread = startThread();
      threads = [...threads, thread];
      return thread;
    });
    await driver.until('ready', { type: 'load', experiment: worthIt });
    await driver.until('paused', { type: 'step' });
    expect(driver.of('log')).toEqual([]);
    threads[0]?.terminate();
    await driver.until('finished', { type: 'run' });
    expect(driver.curves()).toEqual((expected as { curves: unknown }).curves);
  });
});

describe('one worker is enough', () => {
  const none = (): TrainerPort => {
    throw new Error('a worker was started');
  };
  it.each<[string, Experiment, { cores?: number; watched?: boolean }]>([
    ['for small networks', tiny, {}],
    ['on one core', worthIt, { cores: 1 }],
    ['at a pace to be watched', { ...worthIt, pace: 500, steps: 2, grow: 1 }, { watched: true }],
    ['for step sizes that are held to the sharpness', { ...worthIt, steps: 2, grow: 1, h: { kind: 'edge', edge: 0.5 } }, {}],
  ])('%s', async (_, experiment, host) => {
    open(none, host);
    await driver.until('ready', { type: 'load', experiment });
    await driver.until('finished', { type: 'run' });
    expect(driver.of('fault')).toEqual([]);
  });
});
