/**
 * Runs that end without a word, as a tab that is closed or a browser that crashes does, and go on from what stood in the store.
 * This file is over 400 lines because every kind of run is killed and taken up by the same harness.
 */
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Device } from '../../engine/device.ts';
import { WatchedDevice } from '../../engine/testing/watched-device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { OptimizerName } from '../../experiment/declared/optimizers.ts';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { withPlan } from '../../experiment/plan/plan-size.ts';
import { pack } from '../../keep/pack.ts';
import { KEPT_FORMAT, type KeptEntry, type KeptEvent } from '../../keep/reports.ts';
import { type KeptStore, openStore } from '../../keep/store.ts';
import { stream } from '../../data/random.ts';
import { readPrepared } from '../testing/bench.ts';
import { Driver, tiny } from '../testing/driver.ts';

let stores = 0;
/** Which runs are written by whom, in all pages that share a store. */
let locks: Set<string>;
let drivers: Driver[] = [];
afterEach(async () => {
  for (const driver of drivers) await driver.close();
  drivers = [];
});

/** A store of its own for a test; `at`: what a page that opens it may do to it. */
function newStore(): (wrap?: (store: KeptStore) => KeptStore) => Promise<KeptStore> {
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

function openPage(
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

async function listed(driver: Driver): Promise<Extract<KeptEvent, { type: 'kept' }>> {
  const told = driver.event((event) => event.type === 'kept');
  driver.send({ type: 'kept', request: { do: 'list' } });
  return (await told) as Extract<KeptEvent, { type: 'kept' }>;
}

const entriesOf = async (driver: Driver): Promise<readonly KeptEntry[]> => (await listed(driver)).entries;

/** A run after its first step, as it is kept. */
async function keptAtFirst(driver: Driver, experiment: Experiment): Promise<KeptEntry> {
  await driver.until('ready', { type: 'load', experiment });
  await driver.until('paused', { type: 'step' });
  driver.send({ type: 'keep' });
  await expect.poll(() => entriesOf(driver)).toHaveLength(1);
  const [entry] = await entriesOf(driver);
  if (!entry) throw new Error('nothing was kept');
  return entry;
}

/** What came out: every curve, and a hash of every file of weights. */
function outcome(driver: Driver): unknown {
  const files = driver.session.files(false).filter(({ path }) => path.endsWith('.safetensors'));
  return {
    curves: driver.curves(),
    weights: Object.fromEntries(files.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')])),
  };
}

async function undisturbed(experiment: Experiment): Promise<unknown> {
  const { driver } = openPage(newStore());
  await driver.until('ready', { type: 'load', experiment });
  await driver.until('finished', { type: 'run' });
  return outcome(driver);
}

const small: Experiment = { ...tiny, probe: 8, grow: 7, steps: 14 };
const constant = (value: number) => ({ kind: 'constant', value }) as const;
const OPTIMIZERS: Readonly<Record<OptimizerName, Partial<Experiment>>> = {
  gd: {},
  momentum: { moments: 'transfer' },
  adam: { batch: 4, moments: 'transfer', h: constant(0.003) },
  adamw: { batch: 4, moments: 'fill', h: constant(0.003) },
  adafactor: { batch: 4, h: constant(0.003) },
  rmsprop: { moments: 'reset', h: constant(0.003) },
};
const texts: Experiment = { ...small, task: 'spans', examples: 64, probe: 16, batch: 8, h: constant(0.003), optimizer: 'adam' };
const CASES: readonly (readonly [string, Experiment])[] = [
  ...Object.entries(OPTIMIZERS).map(([name, more]): [string, Experiment] => [
    name,
    { ...small, ...more, optimizer: name as OptimizerName },
  ]),
  ['a held sharpness, with every baseline', { ...small, h: { kind: 'edge', edge: 1.2 }, baseline: ['scratch', 'alone', 'ensemble'] }],
  ['norms that are released', { ...small, norm: 'grouped', release: 4, optimizer: 'adam', batch: 4, h: constant(0.003) }],
  ['a plan of two growths', withPlan(small, parsePlan('A:3,B:3,C:5,D:5,A+B>M:2,C+D>N:2,M+N>L:4'))],
  ['stages with tasks of their own', withPlan(texts, parsePlan('A:4,B:4,A+B>M:3,M:4(task=who,examples=20,h=0.001)'))],
  ['a self-fusion with predictions', { ...small, operator: 'self', k: 2, offDiagonal: 'noise', sigma: 0.3, predict: ['modified-flow'] }],
];

describe('a run whose page ends without a word', () => {
  it.each(CASES)('goes on where it was kept last, and has every bit of one that was left alone: %s', async (what, experiment) => {
    const expected = await undisturbed(experiment);
    const open = newStore();
    const random = stream(
      CASES.findIndex(([name]) => name === what),
      'where a page ends',
    );
    let page = openPage(open);
    await page.driver.until('ready', { type: 'load', experiment });
    for (let ends = 0; ends < 4; ends++) {
      for (let steps = 1 + random.integer(2); steps > 0; steps--) {
        await page.driver.until('paused', { type: 'step' });
        if (steps > 1 || ends % 2 === 0) page.driver.send({ type: 'keep' });
      }
      // Some of it was kept, the steps after that are lost.
      if (ends > 0 || (await kept(page.driver))) {
        await page.driver.idle();
        page.kill();
        page = openPage(open);
        const { offer } = await listed(page.driver);
        if (!offer) throw new Error('nothing was offered');
        await page.driver.until('paused', { type: 'take-up', kept: offer.id });
        expect(page.driver.of('phase').at(-1)).toMatchObject({ phase: 'paused', step: offer.step });
      }
    }
    await page.driver.until('finished', { type: 'run' });
    expect(outcome(page.driver)).toEqual(expected);
  });

  /** Whether something stands in the store. */
  async function kept(driver: Driver): Promise<boolean> {
    await driver.idle();
    return (await listed(driver)).entries.length > 0;
  }

  it('has its predictions with their cost and when they were said, and those under way are drawn to their end', async () => {
    const experiment: Experiment = { ...small, predict: ['modified-flow'] };
    const open = newStore();
    const first = openPage(open);
    await first.driver.until('ready', { type: 'load', experiment });
    await first.driver.idle();
    await first.driver.until('paused', { type: 'step' });
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    const made = first.driver
      .of('predicted')
      .flatMap(({ model, steps, losses, madeAt }) => [...steps].map((step, i) => [model, step, losses[i], madeAt[i]]));
    expect(made.length).toBeGreaterThan(10);
    first.kill();
    const second = openPage(open);
    const { offer } = await listed(second.driver);
    await second.driver.until('paused', { type: 'take-up', kept: offer?.id ?? '' });
    await second.driver.idle();
    const told = second.driver
      .of('predicted')
      .flatMap(({ model, steps, losses, madeAt }) => [...steps].map((step, i) => [model, step, losses[i], madeAt[i]]));
    const sorted = (list: unknown[][]): string[] => list.map((each) => JSON.stringify(each)).sort();
    expect(sorted(told)).toEqual(sorted(made));
    expect(second.driver.of('prediction-state').at(-1)?.cost).toMatchObject({
      state: 'done',
      gradients: first.driver.of('prediction-state').at(-1)?.cost.gradients,
    });
  });

  it('is offered until it is finished, and not while another page writes it, where it goes on as a copy', async () => {
    const open = newStore();
    const first = openPage(open);
    await first.driver.until('ready', { type: 'load', experiment: small });
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    const second = openPage(open);
    const { offer, entries } = await listed(second.driver);
    expect([offer, entries.length]).toEqual([null, 1]);
    await second.driver.until('paused', { type: 'take-up', kept: entries[0]?.id ?? '' });
    await second.driver.until('finished', { type: 'run' });
    await second.driver.idle();
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    const states = async () => (await listed(second.driver)).entries.map(({ step, state }) => `${step} ${state}`).sort();
    await expect.poll(states).toEqual(['14 finished', '2 under-way']);
  });

  it('of another version of the page is shown, and refused in words', async () => {
    const open = newStore();
    const first = openPage(open, (store) => ({
      ...store,
      write: (write) => store.write({ ...write, entry: { ...write.entry, format: KEPT_FORMAT - 1 } }),
    }));
    await first.driver.until('ready', { type: 'load', experiment: small });
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    first.kill();
    const { driver } = openPage(open);
    const { offer, entries } = await listed(driver);
    expect(offer).toBeNull();
    await driver.until('failed', { type: 'take-up', kept: entries[0]?.id ?? '' });
    expect(driver.of('fault').at(-1)?.message).toContain('an older version of this page');
    const curves = driver.event((event) => event.type === 'kept-curves');
    driver.send({ type: 'kept', request: { do: 'curves', id: entries[0]?.id ?? '' } });
    expect(await curves).toMatchObject({
      measured: [
        { model: 'A', steps: [0] },
        { model: 'B', steps: [0] },
      ],
    });
  });
});

describe('the run of a page', () => {
  it('is kept anew at the same step where its step size was changed there', async () => {
    const { driver } = openPage(newStore());
    const { experiment } = await keptAtFirst(driver, small);
    expect(experiment.h).toEqual(small.h);
    const changed = driver.event((event) => event.type === 'experiment');
    driver.send({ type: 'set-step-size', which: 'h', value: constant(0.02) });
    await changed;
    const h = driver.of('experiment').at(-1)?.experiment.h;
    driver.send({ type: 'keep' });
    await expect.poll(() => entriesOf(driver)).toMatchObject([{ step: 1, experiment: { h } }]);
  });

  it('is kept as finished as soon as its last step was taken alone', async () => {
    const { driver } = openPage(newStore());
    await driver.until('ready', { type: 'load', experiment: { ...small, grow: 1, steps: 2 } });
    await driver.until('paused', { type: 'step' });
    await driver.until('finished', { type: 'step' });
    await expect.poll(() => entriesOf(driver)).toMatchObject([{ step: 2, state: 'finished' }]);
  });

  it('stays the one that is written when it is taken up there', async () => {
    const { driver } = openPage(newStore());
    const { id } = await keptAtFirst(driver, small);
    await driver.until('paused', { type: 'take-up', kept: id });
    expect(driver.of('log').map(({ said }) => said.code)).not.toContain('kept-elsewhere');
    await driver.until('paused', { type: 'step' });
    driver.send({ type: 'keep' });
    await expect.poll(() => entriesOf(driver)).toMatchObject([{ id, step: 2 }]);
  });

  it('has no piece of a course that was left after it was taken up', async () => {
    const open = newStore();
    const first = openPage(open);
    await first.driver.until('ready', { type: 'load', experiment: small });
    await first.driver.until('finished', { type: 'run' });
    await expect.poll(() => entriesOf(first.driver)).toMatchObject([{ state: 'finished' }]);
    const id = (await entriesOf(first.driver))[0]?.id ?? '';
    const store = await open();
    const names = async () => [...(await store.pieces(id)).keys()].sort();
    const ofTheFusion = async () => (await names()).filter((name) => name.endsWith('7'));
    expect(await ofTheFusion()).toEqual(['checkpoint 7', 'stage A-7', 'stage B-7', 'stage M-7']);
    first.kill();
    const { driver } = openPage(open);
    await driver.until('finished', { type: 'take-up', kept: id });
    driver.send({ type: 'go-back', step: 0, stepSize: 0.02 });
    await driver.until('paused', { type: 'pause' });
    await driver.until('paused', { type: 'step' });
    driver.send({ type: 'keep' });
    await expect.poll(() => entriesOf(driver)).toMatchObject([{ id, state: 'under-way' }]);
    expect(await ofTheFusion()).toEqual([]);
  });

  it('is taken up where it was kept, also if the device is lost meanwhile', async () => {
    const open = newStore();
    const first = openPage(open);
    const { id } = await keptAtFirst(first.driver, small);
    first.kill();
    let lost = false;
    const { driver } = openPage(
      open,
      undefined,
      (device) =>
        new WatchedDevice(device, {
          before: (action, watched) => {
            if (action !== 'compile' || lost) return;
            lost = true;
            watched.lose('a test');
          },
        }),
    );
    await driver.until('paused', { type: 'take-up', kept: id });
    expect(lost).toBe(true);
    expect(driver.of('phase').at(-1)).toMatchObject({ phase: 'paused', step: 1 });
    expect(driver.of('experiment').at(-1)?.experiment).toEqual(small);
  });
});

describe('a store without room', () => {
  it('at any write ends no run and changes no bit; what could be deleted is told, the oldest first and starred runs last', async () => {
    const expected = await undisturbed(small);
    for (let failing = 0; failing < 4; failing++) {
      const open = newStore();
      for (const [id, changed, starred] of [
        ['old', 1, true],
        ['new', 3, false],
        ['mid', 2, false],
      ] as const) // prettier-ignore
        await (await open()).write({
          entry: {
            id,
            changed,
            starred,
            format: KEPT_FORMAT,
            experiment: small,
            adapter: 'wasm',
            name: '',
            note: '',
            created: 0,
            step: 3,
            end: 14,
            state: 'finished',
            final: null,
            bytes: 1,
          },
          put: new Map(),
          remove: [],
        });
      let writes = 0;
      const { driver } = openPage(open, (store) => ({
        ...store,
        write: (write) => (writes++ === failing ? Promise.reject(new DOMException('no room', 'QuotaExceededError')) : store.write(write)),
      }));
      await driver.until('ready', { type: 'load', experiment: small });
      for (let step = 0; step < 4; step++) {
        await driver.until('paused', { type: 'step' });
        driver.send({ type: 'keep' });
        await driver.idle();
      }
      await driver.until('finished', { type: 'run' });
      await driver.idle();
      expect(outcome(driver)).toEqual(expected);
      const problems = driver.of('kept').flatMap(({ problem }) => problem ?? []);
      expect(problems[0]).toEqual({ kind: 'full', free: ['mid', 'new', 'old'], bytes: 3 });
    }
  });

  it('or none at all: it is said, and the run is what it would have been', async () => {
    const expected = await undisturbed(small);
    const { driver } = openPage(() => Promise.reject(new DOMException('private', 'SecurityError')));
    await driver.until('ready', { type: 'load', experiment: small });
    await driver.until('finished', { type: 'run' });
    expect(outcome(driver)).toEqual(expected);
    expect(await listed(driver)).toMatchObject({ entries: [], problem: { kind: 'blocked' } });
  });
});

describe('what is asked of kept runs', () => {
  it('a delete holds although the training goes on, and its undoing brings the newest state', async () => {
    const open = newStore();
    const { driver } = openPage(open);
    const { id } = await keptAtFirst(driver, small);
    driver.send({ type: 'kept', request: { do: 'delete', ids: [id] } });
    await expect.poll(() => entriesOf(driver)).toEqual([]);
    await driver.until('paused', { type: 'step' });
    driver.send({ type: 'keep' });
    const store = await open();
    await expect.poll(async () => (await store.entries())[0]?.step).toBe(2);
    expect(await entriesOf(driver)).toEqual([]);
    driver.send({ type: 'kept', request: { do: 'undelete', ids: [id] } });
    await expect.poll(() => entriesOf(driver)).toMatchObject([{ id, step: 2 }]);
  });

  it('a file with a run that no list could show is refused, and nothing is changed', async () => {
    const { driver } = openPage(newStore());
    const runs = [{ entry: { id: 'x', step: 1, name: 5 }, pieces: new Map([['newest', Uint8Array.of(1)]]) }];
    driver.send({ type: 'kept', request: { do: 'import', bytes: pack({ schema: 'deep-fusion/runs/1', runs }) } });
    await expect.poll(() => driver.of('fault').at(-1)?.message).toContain('one of them is not whole');
    expect(await entriesOf(driver)).toEqual([]);
  });

  it('a store that can’t be read any more is told, and the training goes on', async () => {
    const { driver } = openPage(newStore(), (store) => ({
      ...store,
      entries: () => Promise.reject(new DOMException('it was closed', 'InvalidStateError')),
    }));
    await driver.until('ready', { type: 'load', experiment: small });
    await driver.until('finished', { type: 'run' });
    await expect.poll(() => driver.of('fault').at(-1)?.message).toContain('it was closed');
  });

  it('names, notes and stars outlive the training; a delete can be undone; all leave as one file and come back', async () => {
    const open = newStore();
    const { driver } = openPage(open);
    await driver.until('ready', { type: 'load', experiment: small });
    await driver.until('paused', { type: 'step' });
    driver.send({ type: 'keep' });
    await driver.idle();
    await expect.poll(async () => (await listed(driver)).entries).toHaveLength(1);
    const id = (await listed(driver)).entries[0]?.id ?? '';
    driver.send({ type: 'kept', request: { do: 'change', id, change: { name: 'mine', note: 'why', starred: true } } });
    await driver.until('finished', { type: 'run' });
    await driver.idle();
    await expect
      .poll(async () => (await listed(driver)).entries)
      .toMatchObject([{ id, name: 'mine', note: 'why', starred: true, state: 'finished', step: 14 }]);
    driver.send({ type: 'kept', request: { do: 'delete', ids: [id] } });
    await expect.poll(async () => (await listed(driver)).entries).toEqual([]);
    driver.send({ type: 'kept', request: { do: 'undelete', ids: [id] } });
    await expect.poll(async () => (await listed(driver)).entries).toMatchObject([{ id, name: 'mine' }]);
    const file = driver.event((event) => event.type === 'kept-file');
    driver.send({ type: 'kept', request: { do: 'export' } });
    const { bytes } = (await file) as Extract<KeptEvent, { type: 'kept-file' }>;
    const expected = outcome(driver);

    const other = openPage(newStore()).driver;
    other.send({ type: 'kept', request: { do: 'import', bytes } });
    await expect.poll(async () => (await listed(other)).entries).toMatchObject([{ id, name: 'mine', step: 14 }]);
    await other.until('finished', { type: 'take-up', kept: id });
    expect(outcome(other)).toEqual(expected);
    // The same file again changes nothing; a broken one neither, and is refused in words.
    other.send({ type: 'kept', request: { do: 'import', bytes } });
    other.send({ type: 'kept', request: { do: 'import', bytes: bytes.slice(0, 300) } });
    await expect.poll(() => other.of('fault').at(-1)?.message).toContain('this is not a kept run');
    expect((await listed(other)).entries).toHaveLength(1);
  });
});
