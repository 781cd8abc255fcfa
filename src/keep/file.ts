/**
 * All kept runs as one file (`.dfruns`), and back. One that is here already, but not as it is in the file, comes as a
 * copy.
 */
import { formatLink } from '../experiment/link/write-link.ts';
import { tell } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import { crc32 } from '../storage/crc32.ts';
import { pack, unpack } from './pack.ts';
import type { KeptEntry } from './reports.ts';
import type { KeptStore, Pieces } from './store.ts';

const KEPT_SCHEMA = 'deep-fusion/runs/1';

/** The fields of an entry that lists show, by their types. */
const FIELDS = {
  id: 'string',
  format: 'number',
  experiment: 'object',
  adapter: 'string',
  name: 'string',
  note: 'string',
  starred: 'boolean',
  created: 'number',
  changed: 'number',
  step: 'number',
  end: 'number',
  state: 'string',
  final: 'object',
  bytes: 'number',
} as const satisfies Readonly<Partial<Record<keyof KeptEntry, string>>>;

/** Behind the runs: a mark, and the sum that tells whether a bit of what stands before it was changed. */
const SUM_MARK = 'DFKS';
const SUM_BYTES = 8;

interface KeptFile {
  readonly schema: typeof KEPT_SCHEMA;
  /** A sum stands behind it; files of before it was written have none. */
  readonly summed?: boolean;
  readonly runs: readonly { readonly entry: KeptEntry; readonly pieces: Pieces }[];
}

export async function writeKeptFile(store: KeptStore): Promise<Uint8Array<ArrayBuffer>> {
  const runs: { readonly entry: KeptEntry; readonly pieces: Pieces }[] = [];
  for (const entry of await store.entries()) if (entry.deleted === undefined) runs.push({ entry, pieces: await store.pieces(entry.id) });
  return packKept(runs);
}

function withSum(packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(packed.length + SUM_BYTES);
  bytes.set(packed);
  bytes.set(new TextEncoder().encode(SUM_MARK), packed.length);
  new DataView(bytes.buffer).setUint32(packed.length + SUM_MARK.length, crc32(packed), true);
  return bytes;
}

/** Whether the sum behind it is that of its bytes; null: none stands there. */
function sumHolds(bytes: Uint8Array): boolean | null {
  const packed = bytes.subarray(0, -SUM_BYTES);
  const mark = new TextDecoder().decode(bytes.subarray(packed.length, packed.length + SUM_MARK.length));
  if (bytes.length < SUM_BYTES || mark !== SUM_MARK) return null;
  const { buffer, byteOffset } = bytes;
  return new DataView(buffer, byteOffset).getUint32(packed.length + SUM_MARK.length, true) === crc32(packed);
}

/** Runs as a file, from wherever they come. */
export const packKept = (runs: KeptFile['runs']): Uint8Array<ArrayBuffer> =>
  withSum(pack({ schema: KEPT_SCHEMA, summed: true, runs } satisfies KeptFile));

/** Whether lists can show what a run was and came to: its link says every setting. */
function canBeShown({ experiment, final }: KeptEntry): boolean {
  if (final !== null && (typeof final.model !== 'string' || typeof final.loss !== 'number')) return false;
  try {
    return formatLink(experiment) !== '';
  } catch {
    return false;
  }
}

/** Whether this is a run, whatever a file has in its place. */
function isWhole(run: KeptFile['runs'][number] | null): boolean {
  const { entry, pieces } = run ?? {};
  if (!entry || Object.entries(FIELDS).some(([field, type]) => typeof entry[field as keyof typeof FIELDS] !== type)) return false;
  return canBeShown(entry) && pieces instanceof Map && [...pieces.values()].every((each) => each instanceof Uint8Array);
}

/** Takes the runs of a file in. @throws in words, with nothing changed, where it is none */
export async function readKeptFile(store: KeptStore, bytes: Uint8Array): Promise<void> {
  const sum = sumHolds(bytes);
  if (sum === false) throw new ToldError(tell('file-of-runs-changed'));
  const file = unpack(bytes) as Partial<KeptFile> | null;
  if (file?.schema !== KEPT_SCHEMA || !Array.isArray(file.runs))
    throw new ToldError(tell('file-not-of-runs', { schema: String(file?.schema), right: KEPT_SCHEMA }));
  if (file.summed === true && sum === null) throw new ToldError(tell('file-of-runs-changed'));
  const runs = file.runs as KeptFile['runs'];
  if (!runs.every((run) => isWhole(run))) throw new ToldError(tell('file-run-not-whole'));
  const known = new Map((await store.entries()).map((entry) => [entry.id, entry]));
  for (const { entry, pieces } of runs) {
    const before = known.get(entry.id);
    // The very same run, no further than it is here.
    if (before && before.changed === entry.changed && before.deleted === undefined) continue;
    await store.write({ entry: before ? { ...entry, id: crypto.randomUUID() } : entry, put: pieces, remove: [] });
  }
}
