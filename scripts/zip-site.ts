/**
 * `npm run zip`: the built page (dist/) as one file, deep-fusion-playground.zip, to be unpacked on any static host,
 * also below a path. The same build gives the same bytes.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipFiles } from '../src/storage/files.ts';
import { ROOT } from './install.mjs';

const BUILT = join(ROOT, 'dist');
const NAME = 'deep-fusion-playground.zip';

if (!existsSync(join(BUILT, 'index.html'))) {
  console.error('zip: there is no dist/index.html; run npm run build first');
  process.exit(2);
}
const files = readdirSync(BUILT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .toSorted()
  .map((path) => ({ path: relative(BUILT, path).split(sep).join('/'), bytes: new Uint8Array(readFileSync(path)) }));
const zip = zipFiles(files);
writeFileSync(join(ROOT, NAME), zip);
console.log(`${NAME}: ${files.length} files, ${(zip.length / 1e6).toFixed(1)} MB`);
