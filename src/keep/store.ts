/**
 * Where runs are kept: entries, which lists read, and pieces, which are bytes. One write is one transaction: whatever
 * ends the page in its midst, either all of it stands or what stood before. In a browser and in tests it is IndexedDB.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { KeptEntry } from './reports.ts';

/** The parts of a run, by name: `newest`, `checkpoint 40`, `stage A-0`. */
export type Pieces = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** The changes to a run that are written at once. */
interface KeptWrite {
  readonly entry: KeptEntry;
  readonly put: Pieces;
  /** Names of pieces that are no more. */
  readonly remove: readonly string[];
}

/** Room that a browser gives. */
export interface Room {
  readonly used: number;
  readonly most: number;
  readonly persistent: boolean;
}

/** The services of a page besides the database; a test gives its own. */
export interface StoreSurroundings {
  /** This run is written by nobody else until what it resolves to is called; null: another page writes it. */
  own(id: string): Promise<(() => void) | null>;
  /** Runs that any page writes at the moment. */
  owned(): Promise<ReadonlySet<string>>;
  room(): Promise<Room | null>;
}

/** Why a store is not to be had, or took nothing: told apart because a reader can do something else about each. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: 'full' | 'newer' | 'blocked' | 'failed';

  /** @param otherwise what it is by any name that says nothing more */
  constructor(cause: unknown, otherwise: 'blocked' | 'failed') {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.kind = KINDS.get(cause instanceof Error ? cause.name : '') ?? otherwise;
  }
}

/** By the names that browsers give to errors of a database. */
const KINDS: ReadonlyMap<string, StoreError['kind']> = new Map([
  ['QuotaExceededError', 'full'],
  ['VersionError', 'newer'],
  // The browser's own files are in the way: no room for them, or not to be read.
  ['UnknownError', 'failed'],
]);

export interface KeptStore extends StoreSurroundings {
  entries(): Promise<readonly KeptEntry[]>;
  pieces(id: string): Promise<Pieces>;
  piece(id: string, name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** @throws StoreError, `full` where there is no room: then nothing is changed */
  write(write: KeptWrite): Promise<void>;
  change(id: string, change: Partial<KeptEntry>): Promise<void>;
  clear(ids: readonly string[]): Promise<void>;
}

interface Schema extends DBSchema {
  runs: { key: string; value: KeptEntry };
  pieces: { key: [string, string]; value: Uint8Array<ArrayBuffer> };
}
type Upgrade = (database: IDBPDatabase<Schema>, transaction: IDBPTransaction<Schema, ('runs' | 'pieces')[], 'versionchange'>) => void;

/** The step from version n to n + 1. Append only: stores of every version are out there. */
const MIGRATIONS: readonly Upgrade[] = [
  (database) => {
    database.createObjectStore('runs', { keyPath: 'id' });
    database.createObjectStore('pieces');
  },
];

const saidOf = ({ name, note, starred, deleted }: KeptEntry) => ({ name, note, starred, deleted });

const all = (id: string): IDBKeyRange => IDBKeyRange.bound([id, ''], [id, '\uffff']);

/** @throws StoreError where the database was closed, as by a newer page or with the browser's data of it */
function begin(database: IDBPDatabase<Schema>) {
  try {
    return database.transaction(['runs', 'pieces'], 'readwrite');
  } catch (error) {
    throw new StoreError(error, 'failed');
  }
}

async function open(name: string): Promise<IDBPDatabase<Schema>> {
  const database = await openDB<Schema>(name, MIGRATIONS.length, {
    upgrade: (db, from, _to, transaction) => {
      for (const migrate of MIGRATIONS.slice(from)) migrate(db, transaction);
    },
    // A newer page wants to migrate: this one writes no more.
    blocking: () => database.close(),
  });
  return database;
}

/** @throws StoreError, by why there is no store */
export async function openStore(surroundings: StoreSurroundings, name = 'deep-fusion'): Promise<KeptStore> {
  const database = await open(name).catch((error: unknown) => {
    throw new StoreError(error, 'blocked');
  });
  return {
    ...surroundings,
    entries: () => database.getAll('runs'),
    piece: (id, piece) => database.get('pieces', [id, piece]),
    async pieces(id) {
      const transaction = database.transaction('pieces');
      const [keys, values] = await Promise.all([transaction.store.getAllKeys(all(id)), transaction.store.getAll(all(id))]);
      return new Map(keys.flatMap(([, piece], i) => (values[i] ? [[piece, values[i]] as const] : [])));
    },
    async write({ entry, put, remove }) {
      const transaction = begin(database);
      const ended = new Promise<unknown>((resolve) => transaction.addEventListener('abort', () => resolve(transaction.error)));
      const [runs, pieces] = [transaction.objectStore('runs'), transaction.objectStore('pieces')];
      try {
        await Promise.all([
          ...remove.map((piece) => pieces.delete([entry.id, piece])),
          // Before anything is waited for: whoever measures how long this holds the training up has the copying of the
          // bytes.
          ...[...put].map(([piece, bytes]) => pieces.put(bytes, [entry.id, piece])),
          // The reader's own words about a run are not the training's to write over.
          runs.get(entry.id).then((known) => runs.put({ ...entry, ...(known && saidOf(known)) })),
          transaction.done,
        ]);
      } catch (error) {
        // What is refused by itself, as a value that can't be stored, ends the rest too.
        await Promise.resolve()
          .then(() => transaction.abort())
          .catch(() => undefined);
        // A transaction that has no room is ended, and each of its requests says only that it was.
        throw new StoreError((await ended) ?? error, 'failed');
      }
    },
    async change(id, change) {
      const transaction = database.transaction('runs', 'readwrite');
      const known = await transaction.store.get(id);
      if (known) await transaction.store.put({ ...known, ...change });
      await transaction.done;
    },
    async clear(ids) {
      const transaction = database.transaction(['runs', 'pieces'], 'readwrite');
      await Promise.all([
        ...ids.flatMap((id) => [transaction.objectStore('runs').delete(id), transaction.objectStore('pieces').delete(all(id))]),
        transaction.done,
      ]);
    },
  };
}
