/**
 * Prepared data as it was prepared: every file is compared with the size and the hash that the manifest beside it says.
 * A copy that was cut short, or whose line ends were rewritten on the way, would train to other numbers in silence.
 */
import { tell } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import type { ReadText } from './example.ts';
import { OWN_FOLDER } from './own/own-folder.ts';
import { sha256 } from './sha256.ts';

const MANIFEST = 'data/manifest.json';

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

function entryOf(manifest: string, path: string): Entry {
  let files: unknown;
  try {
    files = (JSON.parse(manifest) as { readonly files?: unknown } | null)?.files;
  } catch {
    throw new ToldError(tell('manifest-unreadable', { manifest: MANIFEST }));
  }
  const entry = Array.isArray(files) ? (files as readonly Partial<Entry>[]).find((file) => file?.path === path) : undefined;
  if (typeof entry?.bytes !== 'number' || typeof entry.sha256 !== 'string')
    throw new ToldError(tell('manifest-incomplete', { manifest: MANIFEST, path }));
  return { path, bytes: entry.bytes, sha256: entry.sha256 };
}

/** Reads a prepared file. @throws with its name where it is not what the manifest says */
export function verified(read: ReadText): ReadText {
  return async (path) => {
    // What a reader brings has no manifest: its name is its mark.
    if (path.startsWith(OWN_FOLDER)) return read(path);
    const [text, manifest] = await Promise.all([read(path), read(MANIFEST)]);
    const entry = entryOf(manifest, path);
    const bytes = new TextEncoder().encode(text);
    if (bytes.length !== entry.bytes)
      throw new ToldError(tell('file-other-size', { path, bytes: bytes.length, lineEnds: text.includes('\r'), right: entry.bytes }));
    if (sha256(bytes) !== entry.sha256) throw new ToldError(tell('file-changed', { path }));
    return text;
  };
}
