/** The store in a real browser: what a crash, another tab, an older page and a full disk leave of it. */
import { afterEach, describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { openBrowserStore } from './browser.ts';
import { StoreError } from './store.ts';
import { keptEntry } from './testing/entry.ts';

const entry = (id: string) => keptEntry(id, { created: 1, changed: 1, step: 1, end: 2, state: 'under-way', bytes: 3 });
const put = (bytes = Uint8Array.of(1, 2, 3)) => new Map([['newest', bytes]]);

let names = 0;
const fresh = (): string => `test ${crypto.randomUUID()} ${++names}`;

interface Quota {
  send(method: 'Storage.overrideQuotaForOrigin', parameters: { readonly origin: string; readonly quotaSize?: number }): Promise<void>;
}
/** Bytes that the browser gives this page; without a number as many as ever. */
const giveRoom = (quotaSize?: number): Promise<void> =>
  (cdp() as unknown as Quota).send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...(quotaSize === undefined ? {} : { quotaSize }),
  });
afterEach(() => giveRoom());

describe('the store of a browser', () => {
  it('that has no room changes nothing, and says that it is full', async () => {
    // Before the first write of all: Chromium remembers for a while how much room it found.
    await giveRoom(5_000_000);
    const store = await openBrowserStore(fresh());
    await store.write({ entry: entry('a'), put: put(), remove: [] });
    const large = crypto.getRandomValues(new Uint8Array(65_536));
    const bytes = new Uint8Array(8_000_000);
    for (let at = 0; at + large.length <= bytes.length; at += large.length) bytes.set(large, at);
    const failure = await store
      .write({ entry: { ...entry('a'), step: 9 }, put: put(bytes), remove: ['newest'] })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreError);
    expect((failure as StoreError).kind).toBe('full');
    expect(await store.entries()).toMatchObject([{ step: 1 }]);
    expect(await store.piece('a', 'newest')).toEqual(Uint8Array.of(1, 2, 3));
    await store.write({ entry: { ...entry('a'), step: 2 }, put: put(), remove: [] });
    expect(await store.entries()).toMatchObject([{ step: 2 }]);
  });

  it('has what was written, whoever opens it; what was said of a run stands', async () => {
    const name = fresh();
    const store = await openBrowserStore(name);
    await store.write({ entry: entry('a'), put: put(), remove: [] });
    await store.change('a', { name: 'mine', starred: true });
    await store.write({ entry: { ...entry('a'), step: 2 }, put: put(Uint8Array.of(4)), remove: [] });
    const other = await openBrowserStore(name);
    expect(await other.entries()).toMatchObject([{ id: 'a', name: 'mine', starred: true, step: 2 }]);
    expect(await other.piece('a', 'newest')).toEqual(Uint8Array.of(4));
  });

  it('lets one page write a run, and another once that has let go of it', async () => {
    const [one, two] = [await openBrowserStore(fresh()), await openBrowserStore(fresh())];
    const id = crypto.randomUUID();
    const release = await one.own(id);
    expect(await two.own(id)).toBeNull();
    expect([...(await two.owned())]).toContain(id);
    release?.();
    expect(await two.own(id)).not.toBeNull();
  });

  it('that a newer page has made its own says so, and this page writes no more', async () => {
    const name = fresh();
    const store = await openBrowserStore(name);
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1000);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as DOMException);
    });
    newer.close();
    await expect(store.write({ entry: entry('a'), put: put(), remove: [] })).rejects.toMatchObject({ kind: 'failed' });
    await expect(openBrowserStore(name)).rejects.toMatchObject({ kind: 'newer' });
  });
});
