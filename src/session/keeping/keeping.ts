/**
 * Keeps the run that is loaded on this device as it goes: its state every few seconds of training, its growths and the
 * places it was branched from. It takes at most a fiftieth of the training's time, and whatever goes wrong with it, the
 * training goes on: why nothing is kept is told.
 */
import type { Experiment } from '../../experiment/experiment.ts';
import type { KeptEntry, KeptProblem } from '../../keep/reports.ts';
import { KEPT_FORMAT } from '../../keep/reports.ts';
import { checkpointPiece, finalOf, NEWEST, type NewestState, stagePiece } from '../../keep/state.ts';
import { pack } from '../../keep/pack.ts';
import { type KeptStore, type Pieces, StoreError } from '../../keep/store.ts';
import { tellError } from '../../experiment/messages/tell.ts';
import { meterOf } from '../../model/work-meter.ts';
import type { Run } from '../../run/run.ts';
import { type Snapshot, snapshotBytes } from '../../run/snapshot.ts';
import type { TrainerState } from '../../training/trainer.ts';
import type { Loaded } from '../loaded.ts';
import type { Event } from '../protocol.ts';
import { Journal } from './journal.ts';

/** Milliseconds from one state that is kept to the next, at the least; to the first: a run is soon worth something. */
const PAUSE = 3000;
const FIRST = 1000;
/** Share of the training's time that it may take. */
const SHARE = 0.02;
/** Milliseconds after which it is tried again where there was no room. */
const AGAIN = 30_000;

/** Bytes of a state from which on it is not kept: it is held in memory thrice while it is written. */
const MOST_BYTES = 256e6;

/** The run that is being kept. */
interface Present {
  readonly id: string;
  readonly created: number;
  readonly release: () => void;
  /** Pieces that stand in the store, and what each was made of; null: of what another page had. */
  readonly written: Map<string, { readonly of: Snapshot | TrainerState | null; readonly bytes: number }>;
}

/** How far a run has come, for its entry. */
export type KeptEnd = 'finished' | 'diverged' | null;

export interface KeepingHost {
  /** Undefined: nothing is kept, and nothing is said of it. */
  readonly openStore: (() => Promise<KeptStore>) | undefined;
  adapter(): KeptEntry['adapter'];
  /** Something of what is kept has changed. */
  changed(): void;
}

export class Keeping {
  readonly journal = new Journal();
  problem: KeptProblem | null = null;
  private readonly host: KeepingHost;
  private opening: Promise<KeptStore | null> | null = null;
  private present: Present | null = null;
  private nextAt = 0;
  /** The last state of the run that was kept; null: none yet. */
  private kept: Pick<Run, 'step' | 'experiment' | 'growths'> | null = null;
  /** The write under way. */
  private writing: Promise<void> = Promise.resolve();
  private busy = false;
  /** Milliseconds for which keeping the present run has held its training up. */
  took = 0;

  constructor(host: KeepingHost) {
    this.host = host;
  }

  /** Null where the browser allows no storage, which is told. */
  store(): Promise<KeptStore | null> {
    const { openStore } = this.host;
    this.opening ??= (openStore ? openStore() : Promise.resolve(null)).catch((error: unknown) => {
      const kind = error instanceof StoreError ? error.kind : 'blocked';
      this.problem = kind === 'newer' || kind === 'blocked' ? { kind } : { kind: 'failed', why: tellError(error) };
      this.host.changed();
      return null;
    });
    return this.opening;
  }

  get presentId(): string | null {
    return this.present?.id ?? null;
  }

  /** The run's events; where nothing is kept they need not be remembered. */
  hear(event: Event): void {
    if (this.host.openStore) this.journal.hear(event);
  }

  /** Another run begins, or one that was kept goes on. */
  begin(present: Present | null = null): void {
    const before = this.present;
    if (before && before.release !== present?.release) void this.writing.then(before.release);
    this.present = present;
    this.kept = null;
    this.took = 0;
    if (this.problem?.kind === 'large') this.problem = null;
    this.nextAt = performance.now() + FIRST;
    if (before?.id !== present?.id) this.host.changed();
  }

  /**
   * A kept run goes on: under its own name if no other page writes it, else as a copy. @param pieces of it, as they
   * stand in the store
   */
  async takeUp(entry: KeptEntry, pieces: Pieces): Promise<boolean> {
    const store = await this.store();
    // The one that was under way here is this page's already.
    const release = this.present?.id === entry.id ? this.present.release : ((await store?.own(entry.id)) ?? null);
    const written = new Map(
      [...pieces].filter(([name]) => name !== NEWEST).map(([name, { length }]) => [name, { of: null, bytes: length }]),
    );
    this.begin(release && { id: entry.id, created: entry.created, release, written });
    return release !== null;
  }

  /** After some work of the training: keeps its state if that is due, and how it has ended at once. */
  async due(loaded: Loaded, end: KeptEnd): Promise<void> {
    if (end !== null || performance.now() >= this.nextAt) await this.keep(loaded, end);
  }

  /** Keeps the state as it is. @param end how the training has ended, if it has */
  async keep(loaded: Loaded, end: KeptEnd): Promise<void> {
    const { run } = loaded;
    if (run.step === 0 || this.busy || (this.isKept(run) && end === null)) return;
    this.busy = true;
    const began = performance.now();
    try {
      const store = await this.store();
      if (!store) {
        const again = this.problem?.kind === 'failed';
        if (again) this.opening = null;
        return this.rest(again ? AGAIN : Number.POSITIVE_INFINITY);
      }
      const write = await this.prepare(store, loaded, end);
      if (!write) return this.rest(Number.POSITIVE_INFINITY);
      const { step, experiment, growths } = run;
      this.kept = { step, experiment, growths };
      // Its bytes are copied before it is waited for.
      this.writing = this.commit(store, write);
      this.rest(Math.max(PAUSE, (performance.now() - began) / SHARE));
    } catch {
      // A state that can't be read now (its device may be lost, which is found out elsewhere) may be later.
      this.rest(PAUSE);
    } finally {
      this.busy = false;
      this.took += performance.now() - began;
    }
  }

  /** There may be room again. */
  tryAgain(): void {
    this.problem = null;
    this.nextAt = 0;
  }

  /** Until what is being written stands in the store. */
  async written(): Promise<void> {
    await this.writing;
  }

  /** Whether it is as it was kept last: at one step, step sizes may change and networks be fused. */
  private isKept({ step, experiment, growths }: Run): boolean {
    const { kept } = this;
    return kept !== null && kept.step === step && kept.experiment === experiment && kept.growths === growths;
  }

  private rest(milliseconds: number): void {
    this.nextAt = performance.now() + milliseconds;
  }

  /** Null: the run is too large. */
  private async prepare(store: KeptStore, loaded: Loaded, end: KeptEnd) {
    await this.writing;
    const { run, record, checkpoints, theorist, measurements } = loaded;
    // Whoever goes on from here has every loss before it.
    if (await measurements.settle(true)) end = 'diverged';
    const snapshot = await run.snapshot();
    const size = snapshotBytes(snapshot);
    if (size > MOST_BYTES) {
      this.problem = { kind: 'large', bytes: size, most: MOST_BYTES };
      this.host.changed();
      return null;
    }
    const present = (this.present ??= await this.claim(store));
    const state: NewestState = {
      experiment: run.experiment,
      models: run.models(),
      snapshot,
      record: record.state(),
      predictions: theorist.kept(),
      beside: meterOf(run.device).flops,
      said: this.journal.said(),
      end,
    };
    const wanted = new Map<string, Snapshot | TrainerState>([
      ...checkpoints.lasting().map((held) => [checkpointPiece(held.step), held.snapshot] as const),
      ...[...record.checkpoints].map(([name, each]) => [stagePiece(name), each] as const),
    ]);
    const fresh = [...wanted].filter(([name, of]) => present.written.get(name)?.of !== of);
    const put = new Map(fresh.map(([name, of]) => [name, pack(of)]));
    const newest = pack(state);
    const written = new Map([
      ...[...present.written].filter(([name]) => wanted.has(name)),
      ...fresh.map(([name, of]) => [name, { of, bytes: put.get(name)?.length ?? 0 }] as const),
    ]);
    put.set(NEWEST, newest);
    const bytes = [...written.values()].reduce((sum, piece) => sum + piece.bytes, newest.length);
    const entry: KeptEntry = {
      ...entryOf(run.experiment, present, this.host.adapter()),
      changed: Date.now(),
      step: run.step,
      end: run.end,
      state: end ?? 'under-way',
      final: finalOf(new Map([...record.measured].filter(([id]) => run.stages.some(({ model }) => model === id)))),
      bytes,
    };
    const remove = [...present.written.keys()].filter((name) => !wanted.has(name));
    return { present, written, write: { entry, put, remove } };
  }

  private async claim(store: KeptStore): Promise<Present> {
    const id = crypto.randomUUID();
    const release = (await store.own(id)) ?? (() => undefined);
    return { id, created: Date.now(), release, written: new Map() };
  }

  private async commit(store: KeptStore, { present, written, write }: NonNullable<Awaited<ReturnType<Keeping['prepare']>>>): Promise<void> {
    try {
      await store.write(write);
      present.written.clear();
      for (const [name, piece] of written) present.written.set(name, piece);
      this.problem = null;
    } catch (error) {
      // The state that was said to be kept is not; what stood before still stands.
      this.kept = null;
      this.rest(AGAIN);
      if (error instanceof StoreError && error.kind === 'full') this.problem = await this.full(store, write.entry);
      else {
        this.problem = { kind: 'failed', why: tellError(error) };
        // It may have been closed under this page: the next time it is opened anew, and may be empty then.
        this.opening = null;
        for (const [name, piece] of present.written) present.written.set(name, { ...piece, of: null });
      }
    }
    this.host.changed();
  }

  /**
   * The runs that could be deleted to make room: the oldest runs first, starred ones last, never one that a page
   * writes.
   */
  private async full(store: KeptStore, entry: KeptEntry): Promise<KeptProblem> {
    const owned = await store.owned().catch(() => new Set<string>());
    const others = (await store.entries().catch(() => [])).filter(({ id }) => id !== entry.id && !owned.has(id));
    const order = others.toSorted((a, b) => Number(a.starred) - Number(b.starred) || a.changed - b.changed);
    const free: string[] = [];
    let bytes = 0;
    for (const each of order) {
      if (bytes >= 2 * entry.bytes) break;
      free.push(each.id);
      bytes += each.bytes;
    }
    return { kind: 'full', free, bytes };
  }
}

const entryOf = (experiment: Experiment, { id, created }: Present, adapter: KeptEntry['adapter']) =>
  ({ id, created, adapter, experiment, format: KEPT_FORMAT, name: '', note: '', starred: false }) as const;
