/**
 * Answers what is asked of the runs that are kept on this device: lists, names, deletes, and all of them as one file.
 */
import type { KeptEntry, KeptEvent, KeptRequest } from '../../keep/reports.ts';
import { KEPT_FORMAT, UNDONE_FOR } from '../../keep/reports.ts';
import { readKeptFile, writeKeptFile } from '../../keep/file.ts';
import { unpack } from '../../keep/pack.ts';
import { NEWEST, type NewestState } from '../../keep/state.ts';
import type { KeptStore, Room } from '../../keep/store.ts';
import { tell, tellError } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import type { Event } from '../protocol.ts';
import type { Keeping } from './keeping.ts';
import { takenUp, type TakenUp } from './taken-up.ts';

export class KeptRequests {
  private readonly keeping: Keeping;
  private readonly emit: (event: Event) => void;
  /** Whether it was said which run was under way when the page was left. */
  private offered = false;
  private answering: Promise<void> = Promise.resolve();

  constructor(keeping: Keeping, emit: (event: Event) => void) {
    this.keeping = keeping;
    this.emit = emit;
  }

  /** One after the other, in their order. */
  answer(request: KeptRequest): Promise<void> {
    this.answering = this.answering.then(() => this.answerOne(request));
    return this.answering;
  }

  /** Never rejects: what can't be done is told. */
  private async answerOne(request: KeptRequest): Promise<void> {
    try {
      const store = await this.keeping.store();
      if (store) await this.carryOut(store, request);
      if (request.do !== 'curves' && request.do !== 'export') await this.tell();
    } catch (error) {
      this.emit({ type: 'fault', kind: 'refused', ...tell('not-done', { command: request.do, why: tellError(error) }), fatal: false });
      // Runs of a file before the one for which there was no room are in the store.
      if (request.do === 'import') await this.tell().catch(() => undefined);
    }
  }

  private async carryOut(store: KeptStore, request: KeptRequest): Promise<void> {
    switch (request.do) {
      case 'list':
        return;
      case 'change':
        return store.change(request.id, request.change);
      case 'delete':
        for (const id of request.ids) await store.change(id, { deleted: Date.now() });
        return;
      case 'undelete':
        for (const id of request.ids) await store.change(id, { deleted: undefined });
        return;
      case 'clear':
        await this.clear(store, request.ids);
        return this.keeping.tryAgain();
      case 'curves':
        return this.curves(store, request.id);
      case 'export':
        return this.emit({ type: 'kept-file', bytes: await writeKeptFile(store) });
      case 'import':
        return readKeptFile(store, request.bytes);
    }
  }

  private async curves(store: KeptStore, id: string): Promise<void> {
    const bytes = await store.piece(id, NEWEST);
    if (!bytes) throw new ToldError(tell('kept-without-curves'));
    const { experiment, models, record } = unpack(bytes) as NewestState;
    const measured = [...record.measured].map(([model, { steps, losses }]) => ({ model, steps, losses }));
    this.emit({ type: 'kept-curves', id, experiment, models, measured });
  }

  /** The list as it is. */
  private async tell(): Promise<void> {
    const store = await this.keeping.store();
    const all = store ? await store.entries() : [];
    const there = all.filter(({ deleted }) => deleted === undefined).toSorted((a, b) => b.changed - a.changed);
    const first = !this.offered;
    this.offered = true;
    const held = store && first ? await this.newestHeld(store, there) : null;
    const offer = store && first && held === null ? await this.toOffer(store, there) : null;
    if (store && first) await this.clearDeleted(store, all);
    this.tellList(there, offer, store && (await store.room().catch(() => null)));
    if (store && held !== null) void this.offerOnceLeft(store, held);
  }

  private tellList(entries: readonly KeptEntry[], offer: KeptEntry | null, room: Room | null): void {
    this.emit({
      type: 'kept',
      entries,
      offer,
      present: this.keeping.presentId,
      problem: this.keeping.problem,
      took: this.keeping.took,
      room,
    } satisfies KeptEvent);
  }

  /** The newest run that was under way, if a page writes it: another one, or the worker of this one before a reload. */
  private async newestHeld(store: KeptStore, entries: readonly KeptEntry[]): Promise<string | null> {
    const newest = entries.find(goesOn);
    return newest && (await store.owned()).has(newest.id) ? newest.id : null;
  }

  /** A worker that was left a moment ago may be in the midst of a step: its run is offered once it has let go of it. */
  private async offerOnceLeft(store: KeptStore, id: string): Promise<void> {
    try {
      const release = await store.own(id);
      release?.();
      const there = (await store.entries()).filter(({ deleted }) => deleted === undefined).toSorted((a, b) => b.changed - a.changed);
      // What this page keeps by now is the run that its reader wants.
      if (this.keeping.presentId !== null) return;
      const entry = there.find((each) => each.id === id && goesOn(each));
      const offer = release && entry ? entry : await this.toOffer(store, there);
      if (offer) this.tellList(there, offer, await store.room().catch(() => null));
    } catch {
      // It stands in the list of runs all the same.
    }
  }

  private async toOffer(store: KeptStore, entries: readonly KeptEntry[]): Promise<KeptEntry | null> {
    const owned = await store.owned();
    return entries.find((entry) => goesOn(entry) && !owned.has(entry.id)) ?? null;
  }

  private async clearDeleted(store: KeptStore, all: readonly KeptEntry[]): Promise<void> {
    const over = all.filter(({ deleted }) => deleted !== undefined && Date.now() - deleted > UNDONE_FOR);
    if (over.length > 0)
      await this.clear(
        store,
        over.map(({ id }) => id),
      );
  }

  /** Takes runs away for good, but for those that a page writes: what it has put there it does not put there again. */
  private async clear(store: KeptStore, ids: readonly string[]): Promise<void> {
    const owned = await store.owned();
    await store.clear(ids.filter((id) => id !== this.keeping.presentId && !owned.has(id)));
  }

  /** A kept run, ready to go on; `own`: this page writes it from now on. @throws why it can't go on */
  async open(id: string): Promise<TakenUp & { readonly own: boolean }> {
    const store = await this.keeping.store();
    const entry = (await store?.entries())?.find((each) => each.id === id);
    if (!store || !entry) throw new ToldError(tell('kept-gone'));
    if (entry.format !== KEPT_FORMAT) throw new ToldError(tell('kept-by-other-version', { newer: entry.format > KEPT_FORMAT }));
    if (entry.curvesOnly === true) throw new ToldError(tell('kept-curves-only'));
    const pieces = await store.pieces(id);
    const taken = takenUp(pieces);
    return { ...taken, own: await this.keeping.takeUp(entry, pieces) };
  }
}

/** Whether a run was under way, and this version of the page can go on with it. */
const goesOn = ({ state, format }: KeptEntry): boolean => state === 'under-way' && format === KEPT_FORMAT;
