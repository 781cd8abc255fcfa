/**
 * The store of a page's worker: IndexedDB, Web Locks for who writes which run, and what the browser says of its room.
 */
import { type KeptStore, openStore, type StoreSurroundings } from './store.ts';

const LOCK = 'deep-fusion run ';
/**
 * Milliseconds for which a lock is waited for: a worker that was ended a moment ago may hold it still. Chromium lets
 * one that is in the midst of a step live for two seconds.
 */
const PATIENCE = 2500;

/** A browser without locks (a page on plain http) has no way to tell: then a page writes what is its own by name. */
const locks = (): LockManager | undefined => (navigator as { readonly locks?: LockManager }).locks;

const surroundings: StoreSurroundings = {
  own: (id) =>
    new Promise((resolve, reject) => {
      const manager = locks();
      if (!manager) return resolve(() => undefined);
      const signal = AbortSignal.timeout(PATIENCE);
      manager
        .request(LOCK + id, { signal }, () => new Promise<void>((release) => resolve(release)))
        .catch((error: unknown) => (signal.aborted ? resolve(null) : reject(error as Error)));
    }),
  owned: async () => {
    const { held = [] } = (await locks()?.query()) ?? {};
    return new Set(held.flatMap(({ name = '' }) => (name.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
  },
  room: async () => {
    const { storage } = navigator as { readonly storage?: StorageManager };
    if (!storage) return null;
    const [{ usage = 0, quota = 0 }, persistent] = await Promise.all([storage.estimate(), storage.persisted()]);
    return { used: usage, most: quota, persistent };
  },
};

/** @throws StoreError, by why there is no store */
export const openBrowserStore = (name?: string): Promise<KeptStore> => openStore(surroundings, name);
