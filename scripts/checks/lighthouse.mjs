/**
 * `npm run lighthouse`: the built page as Lighthouse sees it on a phone, at a first visit: four categories, each of
 * which must come to 95 of 100. An address may be given in place of the page in dist/. Lighthouse is no dependency: npx
 * fetches it where there is a network, and without it nothing is measured, which is said. Performance is of this
 * machine: measure on one that does nothing else. CHROME_PATH names the browser, where Lighthouse does not find one.
 * Not a part of `npm test`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, requireNode } from '../install.mjs';
import { ensureBuilt } from '../build.mjs';
import { serve } from '../server.mjs';

const LEAST = 95;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const MEASURES = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];
const RUNS = 3;
const PORT = 5290;

/** Exit status of a run of Lighthouse. */
const run = (/** @type {string} */ address, /** @type {string} */ file) =>
  new Promise((resolve) => {
    const flags = `--chrome-flags=--headless=new --no-sandbox`;
    const words = ['lighthouse', address, flags, `--only-categories=${CATEGORIES.join(',')}`, '--output=json', `--output-path=${file}`];
    const child = spawn('npx', ['--yes', ...words, '--quiet'], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(1));
    child.on('exit', resolve);
  });

const middle = (/** @type {readonly number[]} */ values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

requireNode();
const given = process.argv[2];
if (given === undefined) await ensureBuilt();
const server = given === undefined ? await serve({ folder: join(ROOT, 'dist'), port: PORT, reachable: null }) : null;
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
/**
 * @type {{ categories: Record<string, { score: number | null }>, audits: Record<string, { numericValue?: number }> }[]}
 */
const reports = [];
for (let i = 0; i < RUNS; i++) {
  const file = join(folder, `${i}.json`);
  const status = await run(given ?? `http://localhost:${PORT}/`, file);
  if (status === 0 && existsSync(file)) reports.push(JSON.parse(readFileSync(file, 'utf8')));
}
rmSync(folder, { recursive: true });
await server?.close();
if (reports.length === 0) {
  console.error('lighthouse: nothing was measured: npx could not fetch Lighthouse, or it found no browser (CHROME_PATH names one)');
  process.exit(2);
}
console.log(`Lighthouse, first visit on a phone, medians of ${reports.length}; load of this machine ${loadavg()[0]?.toFixed(1)}:`);
let failed = false;
for (const name of CATEGORIES) {
  const score = Math.round(middle(reports.map(({ categories }) => categories[name]?.score ?? 0)) * 100);
  failed ||= score < LEAST;
  console.log(`  ${name.padEnd(16)} ${score}${score < LEAST ? `, below ${LEAST}` : ''}`);
}
for (const name of MEASURES)
  console.log(`  ${name.padEnd(26)} ${middle(reports.map(({ audits }) => audits[name]?.numericValue ?? Number.NaN)).toFixed(3)}`);
process.exit(failed ? 1 : 0);
