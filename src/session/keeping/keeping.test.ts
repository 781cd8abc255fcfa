/** The run of a page is kept as it goes, whatever becomes of the store; and what is asked of the runs that are kept. */
import { afterEach, describe, expect, it } from 'vitest';
import { WatchedDevice } from '../../engine/testing/watched-device.ts';
import { pack } from '../../keep/pack.ts';
import type { KeptEvent } from '../../keep/reports.ts';
import { StoreError } from '../../keep/store.ts';
import { keptEntry } from '../../keep/testing/entry.ts';
import type { Driver } from '../testing/driver.ts';
import { constant } from '../testing/by-optimizer.ts';
import { closePages, entriesOf, keptAtFirst, listed, newStore, openPage, outcome, small, undisturbed } from './testing/pages.ts';

afterEach(closePages);

const noRoom = (): Promise<never> => Promise.reject(new StoreError(new DOMException('no room', 'QuotaExceededError'), 'failed'));

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

describe('a run that another page writes', () => {
  it('is taken up as a copy, which is said only where it could be loaded', async () => {
    const open = newStore();
    const { id } = await keptAtFirst(openPage(open).driver, small);
    const codes = (driver: Driver) => driver.of('log').map(({ said }) => said.code);
    const second = openPage(open).driver;
    await second.until('paused', { type: 'take-up', kept: id });
    await expect.poll(() => codes(second)).toContain('kept-elsewhere');
    await second.until('paused', { type: 'step' });
    second.send({ type: 'keep' });
    await expect.poll(async () => (await entriesOf(second)).map(({ step }) => step).toSorted((a, b) => a - b)).toEqual([1, 2]);
    const { driver } = openPage(open, undefined, () => {
      throw new Error('no device here');
    });
    await driver.until('failed', { type: 'take-up', kept: id });
    await driver.idle();
    expect(codes(driver)).not.toContain('kept-elsewhere');
  });
});

describe('a run that can’t be loaded', () => {
  it('is held by nobody, so that it can be opened again', async () => {
    const open = newStore();
    const first = openPage(open);
    const { id } = await keptAtFirst(first.driver, small);
    first.kill();
    const { driver } = openPage(open, undefined, () => {
      throw new Error('no device here');
    });
    await driver.until('failed', { type: 'take-up', kept: id });
    await expect.poll(async () => (await listed(driver)).present).toBeNull();
    const store = await open();
    await expect.poll(() => store.owned()).toEqual(new Set());
  });
});

describe('a store that takes nothing', () => {
  it.each([
    ['because a newer page has made it its own', new StoreError(new DOMException('', 'VersionError'), 'blocked'), { kind: 'newer' }],
    ['because the browser allows none', new StoreError(new DOMException('', 'SecurityError'), 'blocked'), { kind: 'blocked' }],
    ['because its files can’t be read', new StoreError(new DOMException('', 'UnknownError'), 'blocked'), { kind: 'failed' }],
  ])('%s: that is what is said', async (_, error, problem) => {
    const { driver } = openPage(() => Promise.reject(error));
    expect(await listed(driver)).toMatchObject({ entries: [], problem });
  });

  it('for a reason of its own is not called full, and is opened anew for the next state', async () => {
    const open = newStore();
    let opened = 0;
    const { driver } = openPage(
      (wrap) => {
        opened++;
        return open(wrap);
      },
      (store) => ({ ...store, write: () => Promise.reject(new StoreError(new Error('it was closed'), 'failed')) }),
    ); // prettier-ignore
    await driver.until('ready', { type: 'load', experiment: small });
    await driver.until('paused', { type: 'step' });
    driver.send({ type: 'keep' });
    await expect.poll(() => driver.of('kept').at(-1)?.problem).toMatchObject({ kind: 'failed', why: { message: 'it was closed' } });
    expect(opened).toBeGreaterThan(1);
  });

  it('and is empty when it is opened anew has every piece again', async () => {
    const [before, after] = [newStore(), newStore()];
    let gone = false;
    const { driver } = openPage(
      (wrap) => (gone ? after : before)(wrap),
      (store) => {
        const isOld = !gone;
        const refused = () => Promise.reject(new StoreError(new Error('it was closed'), 'failed'));
        return { ...store, write: (write) => (isOld && gone ? refused() : store.write(write)) };
      },
    );
    await driver.until('ready', { type: 'load', experiment: small });
    await driver.until('finished', { type: 'run' });
    await expect.poll(() => entriesOf(driver)).toMatchObject([{ state: 'finished' }]);
    const id = (await entriesOf(driver))[0]?.id ?? '';
    const names = async (open: typeof before) => [...(await (await open()).pieces(id)).keys()].sort();
    const all = await names(before);
    expect(all).toContain('stage M-7');
    gone = true;
    driver.send({ type: 'keep' });
    await expect.poll(() => driver.of('kept').at(-1)?.problem).toMatchObject({ kind: 'failed' });
    driver.send({ type: 'keep' });
    await expect.poll(() => names(after)).toEqual(all);
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
          entry: keptEntry(id, { changed, starred, experiment: small, step: 3, end: 14 }),
          put: new Map(),
          remove: [],
        });
      let writes = 0;
      const { driver } = openPage(open, (store) => ({
        ...store,
        write: (write) => (writes++ === failing ? noRoom() : store.write(write)),
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

  it('that has some again has the run at once, although nothing trains', async () => {
    let full = true;
    const { driver } = openPage(newStore(), (store) => ({
      ...store,
      write: (write) => (full ? noRoom() : store.write(write)),
    }));
    await driver.until('ready', { type: 'load', experiment: small });
    await driver.until('paused', { type: 'step' });
    driver.send({ type: 'keep' });
    await expect.poll(() => driver.of('kept').at(-1)?.problem).toMatchObject({ kind: 'full' });
    full = false;
    driver.send({ type: 'kept', request: { do: 'clear', ids: [] } });
    await expect.poll(() => entriesOf(driver)).toMatchObject([{ step: 1 }]);
  });

  it('offers no run for it that another page writes, and takes none of its pieces away', async () => {
    const open = newStore();
    const { id } = await keptAtFirst(openPage(open).driver, small);
    const { driver } = openPage(open, (store) => ({
      ...store,
      write: noRoom,
    }));
    await driver.until('ready', { type: 'load', experiment: small });
    await driver.until('paused', { type: 'step' });
    driver.send({ type: 'keep' });
    await expect.poll(() => driver.of('kept').at(-1)?.problem).toEqual({ kind: 'full', free: [], bytes: 0 });
    driver.send({ type: 'kept', request: { do: 'clear', ids: [id] } });
    await listed(driver);
    expect((await entriesOf(driver)).map((each) => each.id)).toEqual([id]);
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

  it.each([
    ['an experiment that is none', { experiment: {} }],
    ['a loss that is none', { final: {} }],
  ])('a file with a run of %s is refused, and nothing is changed', async (_, broken) => {
    const source = openPage(newStore()).driver;
    const entry = await keptAtFirst(source, small);
    const { driver } = openPage(newStore());
    const runs = [{ entry: { ...entry, ...broken }, pieces: new Map([['newest', Uint8Array.of(1)]]) }];
    driver.send({ type: 'kept', request: { do: 'import', bytes: pack({ schema: 'deep-fusion/runs/1', runs }) } });
    await expect.poll(() => driver.of('fault').at(-1)?.message).toContain('one of them is not whole');
    expect(await entriesOf(driver)).toEqual([]);
  });

  it('of a file for which there is no room half-way, the runs that were taken in are told', async () => {
    const source = openPage(newStore()).driver;
    const entry = await keptAtFirst(source, small);
    let writes = 0;
    const { driver } = openPage(newStore(), (store) => ({
      ...store,
      write: (write) => (writes++ === 1 ? noRoom() : store.write(write)),
    }));
    const runs = ['one', 'two'].map((id) => ({ entry: { ...entry, id }, pieces: new Map([['newest', Uint8Array.of(1)]]) }));
    driver.send({ type: 'kept', request: { do: 'import', bytes: pack({ schema: 'deep-fusion/runs/1', runs }) } });
    await expect.poll(() => driver.of('fault').at(-1)?.message).toContain('no room');
    await expect
      .poll(() =>
        driver
          .of('kept')
          .at(-1)
          ?.entries.map(({ id }) => id),
      )
      .toEqual(['one']);
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
