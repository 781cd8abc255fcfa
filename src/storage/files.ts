/** Files as values: a path with forward slashes and its bytes. Where they go (disk, download) is for others to say. */
import { zipSync } from 'fflate';

export interface OutputFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function textFile(path: string, text: string): OutputFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** Zips have no earlier date than 1980; a fixed one makes the same run give the same bytes. */
const FIXED_DATE = new Date(1980, 0, 1);

/** A zip of the files, in their order. */
export function zipFiles(files: readonly OutputFile[]): Uint8Array<ArrayBuffer> {
  const entries: Record<string, Uint8Array> = {};
  for (const { path, bytes } of files) {
    if (path.startsWith('/') || path.split('/').includes('..')) throw new Error(`zip: ${path} would leave the folder it is unpacked in`);
    if (Object.hasOwn(entries, path)) throw new Error(`zip: ${path} is given twice`);
    entries[path] = bytes;
  }
  const zip = zipSync(entries, { level: 6, mtime: FIXED_DATE });
  // fflate's type leaves the kind of buffer open; it is always an ArrayBuffer of its own.
  return new Uint8Array(zip);
}
