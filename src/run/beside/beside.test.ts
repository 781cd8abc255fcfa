/**
 * What trains beside a plan for comparison changes no bit of it, whether it is there, is not there, or has to be left
 * out.
 */
import { tell } from '../../experiment/messages/tell.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { OutOfMemoryError } from '../../engine/faults.ts';
import { WatchedDevice } from '../../engine/testing/watched-device.ts';
import { type BaselineName, BASELINES, type Experiment, isBaseline, OPTIMIZERS } from '../../experiment/experiment.ts';
import { PRESETS } from '../../experiment/presets/presets.ts';
import type { Event, Phase } from '../../session/protocol.ts';
import { Bench } from '../../session/testing/bench.ts';
import { type Driver, tiny } from '../../session/testing/driver.ts';

let driver: Driver | undefined;
afterEach(async () => {
  await driver?.close();
  driver = undefined;
});

/** Every bit that came out of the plan's networks: losses, step sizes, sharpness it was held to, the growths. */
interface Bits {
  readonly curves: object;
  readonly sizes: object;
  readonly growths: object;
}

function bitsOf({ events }: Driver): Bits {
  const curves: Record<string, number[]> = {};
  for (const event of events) {
    if (event.type !== 'measured' || isBaseline(event.model)) continue;
    (curves[event.model] ??= []).push(...event.steps, ...event.losses);
  }
  return {
    curves: Object.fromEntries(Object.entries(curves).map(([id, values]) => [id, [...values].sort((a, b) => a - b)])),
    sizes: events.filter((event) => event.type === 'step-size' && !isBaseline(event.model)),
    growths: events.flatMap((event) => (event.type === 'growth' ? event.report : [])),
  };
}

async function toTheEnd(opened: Driver, experiment: Experiment): Promise<Bits> {
  driver = opened;
  await opened.until('ready', { type: 'load', experiment });
  const ended = opened.event((event) => event.type === 'phase' && ENDS.has(event.phase));
  opened.send({ type: 'run' });
  expect(await ended).toMatchObject({ phase: 'finished' });
  const bits = bitsOf(opened);
  await opened.close();
  driver = undefined;
  return bits;
}

const ENDS: ReadonlySet<Phase> = new Set(['finished', 'diverged', 'paused', 'failed']);

const besides: readonly (readonly BaselineName[])[] = [['scratch'], ['alone'], BASELINES];

/** The preset with few steps and few examples of a few letters; what it is about stays. */
function shortened(experiment: Experiment): Experiment {
  const { plan, h, optimizer } = experiment;
  return {
    ...experiment,
    // Stages with tasks of their own stay within the vocabulary of theirs.
    task: plan?.some((stage) => stage.task !== undefined) ? experiment.task : 'sort',
    examples: 8,
    probe: 8,
    model: { d: 8, ff: 8, heads: 1, dkv: 4, layers: 1 },
    batch: experiment.batch === 'full' ? 'full' : 4,
    h: h.kind === 'edge' && optimizer !== 'gd' && optimizer !== 'momentum' ? { kind: 'constant', value: 0.003 } : h,
    grow: experiment.grow === null ? null : 5,
    steps: plan ? 9 : 10,
    ...(plan ? { plan: plan.map((stage) => ({ ...stage, steps: 3, ...(stage.examples === undefined ? {} : { examples: 8 }) })) } : {}),
    predict: [],
    baseline: [],
    adapter: 'wasm',
    pace: 'max',
  };
}

describe.each([...PRESETS.values()].map(({ experiment }) => experiment))('beside $preset', (preset) => {
  it.each(OPTIMIZERS)('with %s a baseline that is added, taken away or left out changes no bit of the others (10.1)', async (optimizer) => {
    const experiment = shortened({ ...preset, optimizer });
    let most = 0;
    const alone = await toTheEnd(
      new Bench(false, (made) => {
        const device: WatchedDevice = new WatchedDevice(made, { before: () => (most = Math.max(most, device.held.pools)) });
        return device;
      }),
      experiment,
    );
    expect(Object.keys(alone.curves).length).toBeGreaterThan(0);
    for (const baseline of besides)
      expect(await toTheEnd(new Bench(), { ...experiment, baseline }), `beside ${baseline.join(' and ')}`).toEqual(alone);
    // As much memory as the plan itself needs, and no more.
    const cramped = new Bench(false, (made) => {
      const device: WatchedDevice = new WatchedDevice(made, {
        before: (action) => {
          if (action === 'createPool' && device.held.pools >= most)
            throw new OutOfMemoryError(tell('error', { text: 'a test has no memory' }));
        },
      });
      return device;
    });
    expect(await toTheEnd(cramped, { ...experiment, baseline: BASELINES }), 'without room for a baseline').toEqual(alone);
  });
});

describe('a baseline', () => {
  /** Step sizes by model. */
  const sizesOf = (of: Driver, model: string): readonly number[] =>
    of.of('step-size').flatMap((event) => (event.model === model ? [event.value] : []));

  it('has a step size of its own, held to its own sharpness, and the files say which tables are shared (10.1)', async () => {
    const opened = new Bench();
    driver = opened;
    await opened.until('ready', { type: 'load', experiment: { ...tiny, h: { kind: 'edge', edge: 1.2 }, baseline: BASELINES } });
    await opened.until('finished', { type: 'run' });
    expect(sizesOf(opened, 'A')).toEqual(sizesOf(opened, 'B'));
    expect(sizesOf(opened, 'S')[0]).not.toBe(sizesOf(opened, 'A')[0]);
    expect(sizesOf(opened, 'S').length).toBeGreaterThan(5);
    const result = opened.session.files(false).find(({ path }) => path === 'result.json');
    expect(JSON.parse(new TextDecoder().decode(result?.bytes))).toMatchObject({ stepSizeShared: [['A', 'B']] });
  });

  it('that diverges ends there and is told, and the plan goes on to its end (10.1)', async () => {
    // Four times as wide as its sources it diverges where they do not.
    const planned: Experiment = {
      ...tiny,
      k: 4,
      h: { kind: 'constant', value: 2 },
      h2: { kind: 'constant', value: 0.01 },
      steps: 40,
      grow: 30,
    };
    const alone = await toTheEnd(new Bench(), planned);
    const opened = new Bench();
    driver = opened;
    const told: Event[] = [];
    await opened.until('ready', { type: 'load', experiment: { ...planned, baseline: ['scratch'] } });
    await opened.until('finished', { type: 'run' });
    expect(bitsOf(opened)).toEqual(alone);
    told.push(...opened.of('log').filter(({ message }) => message.startsWith('The network from scratch ends at step ')));
    expect(told).toMatchObject([{ message: expect.stringContaining('it diverged') as string }]);
    expect(opened.of('diverged')).toEqual([]);
  });
});
