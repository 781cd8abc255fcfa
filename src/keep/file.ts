/** All kept runs as one file (`.dfruns`), and back. A run that is there already comes beside it, under a name of its own. */
import { pack, unpack } from './pack.ts';
import type { KeptEntry } from './reports.ts';
import type { KeptStore, Pieces } from './store.ts';

const KEPT_SCHEMA = 'deep-fusion/runs/1';

interface KeptFile {
  readonly schema: typeof KEPT_SCHEMA;
  readonly runs: readonly { readonly entry: KeptEntry; readonly pieces: Pieces }[];
}

export async function writeKeptFile(store: KeptStore): Promise<Uint8Array<ArrayBuffer>> {
  const runs: { readonly entry: KeptEntry; readonly pieces: Pieces }[] = [];
  for (const entry of await store.entries()) if (entry.deleted === undefined) runs.push({ entry, pieces: await store.pieces(entry.id) });
  return pack({ schema: KEPT_SCHEMA, runs } satisfies KeptFile);
}

/** Takes the runs of a file in. @throws in words, with nothing changed, where it is none */
export async function readKeptFile(store: KeptStore, bytes: Uint8Array): Promise<void> {
  const file = unpack(bytes) as Partial<KeptFile> | null;
  if (file?.schema !== KEPT_SCHEMA || !Array.isArray(file.runs))
    throw new Error(`this file is no collection of runs: its schema is ${String(file?.schema)}; it must be ${KEPT_SCHEMA}`);
  const runs = file.runs as KeptFile['runs'];
  for (const { entry, pieces } of runs)
    if (
      typeof entry?.id !== 'string' ||
      typeof entry.step !== 'number' ||
      !(pieces instanceof Map) ||
      ![...pieces.values()].every((each) => each instanceof Uint8Array)
    )
      throw new Error('this file is no collection of runs: one of them is not whole');
  const known = new Map((await store.entries()).map((entry) => [entry.id, entry]));
  for (const { entry, pieces } of runs) {
    const before = known.get(entry.id);
    // The very same run, no further than it is here.
    if (before && before.changed === entry.changed && before.deleted === undefined) continue;
    await store.write({ entry: before ? { ...entry, id: crypto.randomUUID() } : entry, put: pieces, remove: [] });
  }
}
