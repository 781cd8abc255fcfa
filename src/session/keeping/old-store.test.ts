/**
 * Stores that other versions of the page wrote. `fixtures/kept/store-1.bin` is one of schema version 1, as it was
 * written when that was new: a run of `small` at step 5, as `pack` packs it (its entry, and its pieces by name).
 */
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { unpack } from '../../keep/pack.ts';
import type { KeptEntry } from '../../keep/reports.ts';
import { openStore, type Pieces } from '../../keep/store.ts';
import { closePages, listed, openPage, outcome, small, undisturbed } from './testing/pages.ts';

afterEach(closePages);

const surroundings = { own: async () => () => undefined, owned: async () => new Set<string>(), room: async () => null };

/** A database as version 1 of the schema had it. */
function version1(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('runs', { keyPath: 'id' });
      request.result.createObjectStore('pieces');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}

it('of schema version 1 are opened, and their runs go on with every bit', async () => {
  const { entry, pieces } = unpack(new Uint8Array(readFileSync('fixtures/kept/store-1.bin'))) as { entry: KeptEntry; pieces: Pieces };
  const database = await version1('old');
  const transaction = database.transaction(['runs', 'pieces'], 'readwrite');
  transaction.objectStore('runs').put(entry);
  for (const [name, bytes] of pieces) transaction.objectStore('pieces').put(bytes, [entry.id, name]);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
  const { driver } = openPage(async (wrap = (store) => store) => wrap(await openStore(surroundings, 'old')));
  const { offer } = await listed(driver);
  expect(offer).toMatchObject({ id: entry.id, step: 5, name: 'an old one', starred: true });
  await driver.until('paused', { type: 'take-up', kept: entry.id });
  await driver.until('finished', { type: 'run' });
  expect(outcome(driver)).toEqual(await undisturbed(small));
});

it('of a newer schema are left alone, which is said', async () => {
  const newer = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('newer', 99);
    request.onupgradeneeded = () => void request.result.createObjectStore('of its own');
    request.onsuccess = () => resolve(request.result);
  });
  newer.close();
  await expect(openStore(surroundings, 'newer')).rejects.toMatchObject({ kind: 'newer' });
});
