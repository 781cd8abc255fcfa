/** Made-up files in the place of the prepared ones, with the manifest that belongs to them. */
import type { ReadText } from '../example.ts';
import { sha256 } from '../sha256.ts';

export function prepared(files: Readonly<Record<string, string>>): ReadText {
  const entries = Object.entries(files).map(([path, text]) => {
    const bytes = new TextEncoder().encode(text);
    return { path, bytes: bytes.length, sha256: sha256(bytes) };
  });
  const all: Readonly<Record<string, string>> = { ...files, 'data/manifest.json': JSON.stringify({ files: entries }) };
  return (path) => {
    const text = all[path];
    return text === undefined ? Promise.reject(new Error(`no ${path}`)) : Promise.resolve(text);
  };
}
