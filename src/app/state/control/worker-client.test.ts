/**
 * The page's end of the worker, with a stand-in for the worker and without a single animation frame.
 * This file is over 400 lines because all of its tests share that stand-in and the state of one client, one per page.
 */
import { tell } from '../../../experiment/messages/tell.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presetExperiment } from '../../../experiment/presets/presets.ts';
import { keptEntry } from '../../../keep/testing/entry.ts';
import type { Command, Event } from '../../../session/protocol.ts';
import type * as Control from './run-control.ts';
import type * as Stored from '../store.ts';
import type * as Client from './worker-client.ts';

class FakeWorker extends EventTarget {
  static all: FakeWorker[] = [];
  readonly posted: Command[] = [];
  terminated = false;
  /** Whether it answers when it is asked whether it is there. */
  answers = true;

  constructor() {
    super();
    FakeWorker.all.push(this);
  }

  postMessage(command: Command): void {
    this.posted.push(command);
    if (command.type === 'ping' && this.answers) this.say({ type: 'pong' });
  }

  terminate(): void {
    this.terminated = true;
  }

  say(event: Event): void {
    this.dispatchEvent(Object.assign(new globalThis.Event('message'), { data: event }));
  }

  /** Commands but those that ask whether it is there, or what is kept. */
  get told(): readonly Command['type'][] {
    return this.posted.map(({ type }) => type).filter((type) => type !== 'ping' && type !== 'kept');
  }

  /** Takes up the load it was told of last. */
  begins(): void {
    const load = this.posted.findLast((command) => command.type === 'load' || command.type === 'take-up');
    if (load && load.id !== undefined) this.say({ type: 'begun', id: load.id });
    this.say({ type: 'phase', phase: 'loading', step: 0 });
  }

  isReady(): void {
    this.say({
      type: 'ready',
      adapter: { kind: 'wasm', description: '', reason: null },
      models: [],
      megaflopsPerStep: 1,
      vocabulary: 12,
    });
  }
}

const experiment = presetExperiment('first-fusion');
const page = { hidden: false };
let online = (): void => undefined;
let client: typeof Client;
let control: typeof Control;
let stored: typeof Stored;

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  FakeWorker.all = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
    if (type === 'online') online = listener;
  });
  // A machine that is too busy to paint.
  vi.stubGlobal('requestAnimationFrame', () => 1);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  vi.stubGlobal('history', { replaceState: () => undefined });
  vi.stubGlobal('location', { hash: '' });
  client = await import('./worker-client.ts');
  control = await import('./run-control.ts');
  stored = await import('../store.ts');
  client.startClient();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const newest = (): FakeWorker => FakeWorker.all.at(-1) ?? new FakeWorker();

describe('Run', () => {
  it('pressed between the word Ready and the next frame starts the run (10.34)', () => {
    client.loadExperiment(experiment);
    newest().begins();
    newest().isReady();
    // The page still shows what it was told before.
    expect(stored.store.getState().phase).toBe('loading');
    control.toggleRun();
    expect(newest().told).toEqual(['load', 'run']);
  });

  it('pressed while it loads starts the run once, as soon as it is ready (10.34)', () => {
    client.loadExperiment(experiment);
    newest().begins();
    control.toggleRun();
    expect(newest().told).toEqual(['load']);
    newest().isReady();
    newest().isReady();
    expect(newest().told).toEqual(['load', 'run']);
  });

  it('pressed while a reset loads waits for the new run, not the one before (10.34)', () => {
    client.loadExperiment(experiment);
    newest().begins();
    newest().isReady();
    control.reset();
    control.toggleRun();
    newest().isReady();
    expect(newest().told).toEqual(['load', 'load']);
    newest().begins();
    newest().isReady();
    expect(newest().told).toEqual(['load', 'load', 'run']);
  });
});

describe('a worker that dies', () => {
  const told = (present: string | null): Event => ({ type: 'kept', entries: [], offer: null, present, problem: null, room: null });
  const dies = (): void => {
    newest().dispatchEvent(Object.assign(new globalThis.Event('error'), { message: 'a crash' }));
  };

  it('hands its run to another one where it was kept, which trains on; a second time it waits', () => {
    client.loadExperiment(experiment);
    newest().begins();
    newest().isReady();
    newest().say({ type: 'phase', phase: 'training', step: 0 });
    newest().say(told('mine'));
    dies();
    expect(FakeWorker.all).toHaveLength(2);
    const command = newest().posted.findLast(({ type }) => type === 'take-up');
    expect(command).toMatchObject({ kept: 'mine' });
    expect(stored.latest().faults).toMatchObject([{ kind: 'worker', goesOn: true }]);
    newest().begins();
    newest().say(told('mine'));
    newest().isReady();
    expect(newest().told).toEqual(['take-up', 'run']);
    newest().say({ type: 'phase', phase: 'training', step: 4 });
    dies();
    newest().begins();
    newest().isReady();
    expect(newest().told).toEqual(['take-up']);
  });

  it('has another one that offers no run: what it finds this page has left, or its reader has closed the offer', () => {
    const entry = keptEntry('left', { state: 'under-way', step: 5 });
    const offered: Event = { type: 'kept', entries: [entry], offer: entry, present: null, problem: null, room: null };
    client.loadExperiment(experiment);
    newest().begins();
    newest().say(offered);
    expect(stored.latest().offer?.id).toBe('left');
    stored.setState({ offer: null });
    dies();
    newest().say(offered);
    expect(FakeWorker.all).toHaveLength(2);
    expect(stored.latest().offer).toBeNull();
  });

  it('while it takes a kept run up leaves that to another one', () => {
    client.takeUp('mine', experiment, { run: false });
    dies();
    expect(FakeWorker.all).toHaveLength(2);
    expect(newest().told).toEqual(['take-up']);
  });

  it('leaves only the experiment of a run that was not kept, or of another one since', () => {
    client.loadExperiment(experiment);
    newest().begins();
    newest().say(told('mine'));
    client.loadExperiment({ ...experiment, seed: 2 });
    newest().say(told('mine'));
    dies();
    expect(newest().told).toEqual(['load']);
  });
});

describe('networks from files', () => {
  const form = { activation: 'relu', gated: false, tied: true, scaled: true };
  const networks = (name: string): Event => ({
    type: 'networks',
    networks: [{ name, mark: name, model: experiment.model, parameters: 1, vocabulary: 13, tokens: null, form }],
    refused: null,
  });
  const names = async (answer: ReturnType<typeof client.openNetworks>) => (await answer).networks.map(({ name }) => name);

  it('are given to the worker that takes the place of another, and each opening has its own answer', async () => {
    client.loadExperiment(experiment);
    const one = client.openNetworks('one', []);
    newest().say(networks('one'));
    expect(await names(one)).toEqual(['one']);
    // Its answer never comes.
    void client.openNetworks('lost', []);
    client.restartWorker();
    expect(newest().told).toEqual(['open-networks', 'load']);
    const two = client.openNetworks('two', []);
    newest().say(networks('one'));
    newest().say(networks('two'));
    expect(await names(two)).toEqual(['two']);
  });
});

describe('what is asked of kept runs', () => {
  it('again, where it was not answered, is answered once', async () => {
    const { exportKept } = await import('./kept-control.ts');
    client.loadExperiment(experiment);
    const done: string[] = [];
    void exportKept().then(() => done.push('first'));
    const second = exportKept().then(() => done.push('second'));
    newest().say({ type: 'kept-file', bytes: new Uint8Array(1) });
    await second;
    expect(done).toEqual(['second']);
  });

  it('and was told just before another experiment was loaded is known all the same', () => {
    client.loadExperiment(experiment);
    newest().say({ type: 'kept', entries: [], offer: null, present: null, problem: { kind: 'blocked' }, room: null });
    client.loadExperiment({ ...experiment, seed: 2 });
    expect(stored.latest().storage).toMatchObject({ problem: { kind: 'blocked' } });
  });
});

describe('the state', () => {
  it('follows the worker without a frame (10.34)', () => {
    client.loadExperiment(experiment);
    newest().begins();
    newest().isReady();
    newest().say({ type: 'phase', phase: 'training', step: 0 });
    vi.advanceTimersByTime(300);
    expect(stored.store.getState().phase).toBe('training');
  });

  it('is not that of a run which another has replaced (10.36)', () => {
    client.loadExperiment(experiment);
    newest().begins();
    client.loadExperiment({ ...experiment, seed: 2 });
    newest().isReady();
    newest().say({ type: 'phase', phase: 'training', step: 7 });
    expect(stored.latest()).toMatchObject({ phase: 'loading', step: 0, adapter: null });
    newest().begins();
    newest().isReady();
    newest().say({ type: 'phase', phase: 'ready', step: 0 });
    expect(stored.latest()).toMatchObject({ phase: 'ready', adapter: { kind: 'wasm' } });
  });
});

describe('data that could not be loaded', () => {
  it('are loaded once the network is back, and Run that was pressed still holds (10.40)', () => {
    client.loadExperiment(experiment);
    newest().begins();
    control.toggleRun();
    newest().say({ type: 'fault', kind: 'data', ...tell('error', { text: 'this device is offline' }), fatal: false });
    newest().say({ type: 'phase', phase: 'failed', step: 0 });
    online();
    expect(newest().told).toEqual(['load', 'load']);
    newest().begins();
    newest().isReady();
    expect(newest().told).toEqual(['load', 'load', 'run']);
    // A run that goes on is left alone.
    newest().say({ type: 'phase', phase: 'training', step: 3 });
    online();
    expect(newest().told).toEqual(['load', 'load', 'run']);
  });

  it('of a kept run: it goes on where it was left, and does not begin anew', () => {
    client.takeUp('mine', experiment, { run: true });
    newest().begins();
    newest().say({ type: 'fault', kind: 'data', ...tell('error', { text: 'this device is offline' }), fatal: false });
    newest().say({ type: 'phase', phase: 'failed', step: 0 });
    online();
    expect(newest().told).toEqual(['take-up', 'take-up']);
    newest().begins();
    newest().isReady();
    expect(newest().told).toEqual(['take-up', 'take-up', 'run']);
  });

  it('are loaded again where it came back before their failure was heard, and once only (10.40)', () => {
    client.loadExperiment(experiment);
    newest().begins();
    online();
    const fails = (): void => {
      newest().say({ type: 'fault', kind: 'data', ...tell('error', { text: 'this device is offline' }), fatal: false });
      newest().say({ type: 'phase', phase: 'failed', step: 0 });
    };
    fails();
    expect(newest().told).toEqual(['load', 'load']);
    newest().begins();
    fails();
    expect(newest().told).toEqual(['load', 'load']);
  });
});

describe('a worker that is gone without a word', () => {
  const told = (): readonly string[] => stored.store.getState().faults.map(({ kind }) => kind);
  const isReady = (): void => {
    client.loadExperiment(experiment);
    newest().begins();
    newest().isReady();
    newest().say({ type: 'phase', phase: 'ready', step: 0 });
    stored.latest();
  };

  it('is noticed while nothing trains, and a new one takes its place (10.35)', () => {
    isReady();
    vi.advanceTimersByTime(120_000);
    expect(told()).toEqual([]);
    newest().answers = false;
    vi.advanceTimersByTime(20_000);
    expect(told()).toEqual(['silent']);
    client.restartWorker();
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(newest().told).toEqual(['load']);
    expect(told()).toEqual([]);
  });

  it('hands the run to a new one where it was kept, which trains on; where that can’t be opened, the next begins anew', () => {
    isReady();
    newest().say({ type: 'phase', phase: 'training', step: 3 });
    newest().say({ type: 'kept', entries: [], offer: null, present: 'mine', problem: null, room: null });
    newest().answers = false;
    vi.advanceTimersByTime(60_000);
    expect(stored.store.getState().faults).toMatchObject([{ kind: 'silent', goesOn: true }]);
    client.restartWorker();
    expect(newest().posted.findLast(({ type }) => type === 'take-up')).toMatchObject({ kept: 'mine' });
    newest().begins();
    newest().isReady();
    expect(newest().told).toEqual(['take-up', 'run']);
    client.restartWorker();
    newest().begins();
    newest().say({ type: 'fault', kind: 'refused', ...tell('kept-not-opened', { why: tell('kept-gone') }), fatal: false });
    newest().say({ type: 'phase', phase: 'failed', step: 0 });
    client.restartWorker();
    expect(newest().told).toEqual(['load']);
  });

  it('leaves nobody waiting: what it was given is refused in words', async () => {
    isReady();
    const answers = Promise.all([client.takeOwn('a text'), client.openNetworks('', [])]);
    client.restartWorker();
    for (const { refused } of await answers) expect(refused?.message).toContain('ended before');
  });

  it('is noticed soon after Run was pressed in vain (10.35)', () => {
    isReady();
    newest().answers = false;
    control.toggleRun();
    vi.advanceTimersByTime(13_000);
    expect(told()).toEqual(['silent']);
    // It was only slow.
    newest().say({ type: 'phase', phase: 'training', step: 0 });
    expect(told()).toEqual([]);
  });

  it('is noticed while it trains and while it loads (10.35)', () => {
    client.loadExperiment(experiment);
    newest().answers = false;
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual(['silent']);
    client.restartWorker();
    newest().begins();
    newest().isReady();
    newest().say({ type: 'phase', phase: 'training', step: 3 });
    newest().answers = false;
    vi.advanceTimersByTime(60_000);
    expect(told()).toEqual(['silent']);
  });

  it('is not missed in a hidden tab, whose worker may be held up (10.35)', () => {
    isReady();
    newest().answers = false;
    page.hidden = true;
    vi.advanceTimersByTime(300_000);
    expect(told()).toEqual([]);
    page.hidden = false;
    vi.advanceTimersByTime(20_000);
    expect(told()).toEqual(['silent']);
  });
});

describe('memory', () => {
  const large = { ...experiment, model: { d: 512, ff: 1024, heads: 8, dkv: 64, layers: 4 } };
  const measured: Event = { type: 'measured', model: 'A', steps: Float64Array.of(0), losses: Float32Array.of(3) };

  it('after a large experiment that was run, a much smaller one gets a fresh worker (10.38)', () => {
    client.loadExperiment(large);
    newest().begins();
    newest().isReady();
    newest().say(measured);
    client.loadExperiment({ ...large, seed: 7 });
    expect(FakeWorker.all).toHaveLength(1);
    client.loadExperiment(experiment);
    expect(FakeWorker.all.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(newest().told).toEqual(['load']);
    newest().begins();
    newest().say(measured);
    client.loadExperiment({ ...experiment, seed: 7 });
    expect(FakeWorker.all).toHaveLength(2);
  });

  it('one that was only opened has taken none (10.38)', () => {
    client.loadExperiment(large);
    newest().begins();
    newest().isReady();
    client.loadExperiment(experiment);
    expect(FakeWorker.all).toHaveLength(1);
  });
});

describe('a page that is not drawn yet', () => {
  it('has no worker; what it is told until then is not lost, and Run holds (10.39)', async () => {
    let draw = (): void => undefined;
    client.startWorkerAfter(new Promise<void>((resolve) => (draw = resolve)));
    client.loadExperiment(experiment);
    client.runSoon();
    expect(FakeWorker.all).toHaveLength(0);
    draw();
    await Promise.resolve();
    await Promise.resolve();
    expect(FakeWorker.all).toHaveLength(1);
    newest().begins();
    newest().isReady();
    expect(newest().told).toEqual(['load', 'run']);
  });
});

describe('what runs', () => {
  const state = () => stored.latest();
  const runs = (): FakeWorker => {
    client.loadExperiment(experiment);
    const worker = newest();
    worker.begins();
    worker.say({ type: 'experiment', experiment });
    worker.isReady();
    control.toggleRun();
    worker.say({ type: 'phase', phase: 'training', step: 5 });
    return worker;
  };

  it('is said by the worker alone: a branch is asked for, and stands on the screen when it has begun (11.6)', () => {
    const worker = runs();
    stored.ask({ grow: 60 });
    control.runBranch();
    expect(worker.posted.at(-1)).toEqual({ type: 'run-branch', change: { grow: 60 } });
    expect(state().running?.grow).toBe(experiment.grow);
    expect(state().experiment.grow).toBe(experiment.grow);
    // The growth line waits where it was let go.
    expect(state().asked).toEqual({ change: { grow: 60 }, by: 'branch' });
    // Once more does nothing.
    control.runBranch();
    expect(worker.told.filter((type) => type === 'run-branch')).toHaveLength(1);
    worker.say({ type: 'experiment', experiment: { ...experiment, grow: 60 } });
    expect(state()).toMatchObject({ running: { grow: 60 }, experiment: { grow: 60 }, asked: null });
  });

  it('stays what it is where a branch is refused, and the question stays asked (11.6)', () => {
    const worker = runs();
    stored.ask({ grow: 60 });
    control.runBranch();
    worker.say({ type: 'fault', kind: 'refused', ...tell('error', { text: 'no checkpoint' }), fatal: false });
    expect(state()).toMatchObject({ running: { grow: experiment.grow }, asked: { change: { grow: 60 }, by: 'reader' } });
  });

  it('takes a branch beside settings that wait for a restart, and these take it, too (11.6)', () => {
    const worker = runs();
    control.edit({ seed: 99 });
    stored.ask({ grow: 60 });
    control.runBranch();
    worker.say({ type: 'experiment', experiment: { ...experiment, grow: 60 } });
    expect(state()).toMatchObject({ running: { grow: 60, seed: experiment.seed }, experiment: { grow: 60, seed: 99 } });
  });

  it('is not known between a load and its answer; what is edited meanwhile is loaded all the same (11.6)', () => {
    client.loadExperiment(experiment);
    expect(state().running).toBeNull();
    control.edit({ seed: 99 });
    vi.advanceTimersByTime(300);
    expect(newest().posted.findLast((command) => command.type === 'load')).toMatchObject({ experiment: { seed: 99 } });
  });

  it('keeps the pace that was chosen meanwhile (11.6)', () => {
    const worker = runs();
    control.edit({ pace: 'max' });
    worker.say({ type: 'experiment', experiment: { ...experiment, grow: 60 } });
    expect(state().experiment).toMatchObject({ grow: 60, pace: 'max' });
  });
});
