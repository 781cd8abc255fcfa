/**
 * `npm run sizes`: how many bytes a visitor waits for, of the built page (dist/, or the folder named). A line for each
 * chunk, gzipped as servers send it, and the two sums that are limited: the scripts of the page before anything is
 * opened, and those of its worker before it knows its adapter. A chunk that is loaded later counts for neither. Fails
 * beyond a limit. Node built-ins only.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../install.mjs';

const BUILT = resolve(ROOT, process.argv[2] ?? 'dist');
const ASSETS = join(BUILT, 'assets');
/** In units of 1,000 bytes, gzipped. */
const LIMITS = { page: 230, worker: 130 };

if (!existsSync(ASSETS)) {
  console.error(`sizes: there is no ${ASSETS}; run npm run build first`);
  process.exit(2);
}
const chunks = new Map(
  readdirSync(ASSETS)
    .filter((name) => name.endsWith('.js'))
    .map((name) => [name, readFileSync(join(ASSETS, name), 'utf8')]),
);
const size = (/** @type {string} */ name) => gzipSync(chunks.get(name) ?? '', { level: 9 }).length / 1000;

/** A chunk and all that it imports before it can run; what it imports when asked to (`import()`) is not among them. */
function withImports(/** @type {string} */ entry, /** @type {Set<string>} */ found = new Set()) {
  if (found.has(entry) || !chunks.has(entry)) return found;
  found.add(entry);
  for (const [, name] of (chunks.get(entry) ?? '').matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
    if (name !== undefined) withImports(name, found);
  return found;
}

const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
const named = [...html.matchAll(/assets\/([^"']+\.js)/g)].map((match) => match[1] ?? '');
/** @type {Record<keyof typeof LIMITS, Set<string>>} */
const loads = { page: new Set(), worker: new Set() };
for (const name of named) withImports(name, loads.page);
for (const name of chunks.keys()) if (name.startsWith('worker-')) withImports(name, loads.worker);

let failed = loads.page.size === 0 || loads.worker.size === 0;
if (failed) console.error('sizes: the page or its worker was not found, so nothing was checked');
for (const [of, limit] of Object.entries(LIMITS)) {
  const names = [...loads[/** @type {keyof typeof LIMITS} */ (of)]];
  const total = names.reduce((sum, name) => sum + size(name), 0);
  console.log(`${of}: ${total.toFixed(1)} of ${limit} kB gzipped${total > limit ? ', TOO LARGE' : ''}`);
  for (const name of names) console.log(`  ${size(name).toFixed(1).padStart(7)}  ${name}`);
  failed ||= total > limit;
}
// The first script and the words of another language run before the page does: what speaks is English once it has run.
for (const name of chunks.keys())
  if (/^(de|index)-/.test(name) && [...withImports(name)].some((other) => other.startsWith('page-'))) {
    console.error(`sizes: ${name} imports the page, whose words are English by then`);
    failed = true;
  }
const later = [...chunks.keys()].filter((name) => !loads.page.has(name) && !loads.worker.has(name));
console.log('loaded when needed:');
for (const name of later) console.log(`  ${size(name).toFixed(1).padStart(7)}  ${name}`);
process.exit(failed ? 1 : 0);
