/**
 * `npm test`: installs what it needs, finds a browser, then runs every check one after the other, whatever the others
 * said, and ends with `N passed, N failed`. Node built-ins only: it works on a fresh clone.
 * `npm test -- unit e2e` runs only the stages named.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BROWSER_ARGUMENTS, findBrowser } from './browser.mjs';
import { ROOT, ensureInstalled, requireNode, run } from './install.mjs';

const REPORTS = join(ROOT, 'node_modules/.cache/deep-fusion/reports');

// Vitest leaves one core to itself, on two half of the machine: unit tests use all of them.
/** Stages with a `report` count their tests; the others count as one. */
/** @type {readonly { name: string, command: readonly string[], report?: 'vitest' | 'playwright' }[]} */
const STAGES = [
  { name: 'data', command: ['npm', 'run', 'data', '--silent'] },
  { name: 'kernels', command: ['npm', 'run', 'kernels', '--silent'] },
  { name: 'theme', command: ['npm', 'run', 'theme', '--silent'] },
  { name: 'types', command: ['npm', 'run', 'types', '--silent'] },
  { name: 'lint', command: ['npm', 'run', 'lint', '--silent'] },
  { name: 'format', command: ['npm', 'run', 'format:check', '--silent'] },
  { name: 'comments', command: ['npm', 'run', 'comments', '--silent'] },
  { name: 'unused', command: ['npm', 'run', 'unused', '--silent'] },
  { name: 'boundaries', command: ['npm', 'run', 'boundaries', '--silent'] },
  { name: 'unit', command: ['npx', 'vitest', 'run', '--project', 'node', '--maxWorkers=100%'], report: 'vitest' },
  { name: 'browser', command: ['npx', 'vitest', 'run', '--project', 'browser', '--passWithNoTests'], report: 'vitest' },
  { name: 'build', command: ['npm', 'run', 'build', '--silent'] },
  { name: 'sizes', command: ['npm', 'run', 'sizes', '--silent'] },
  { name: 'e2e', command: ['npx', 'playwright', 'test', '-c', 'e2e/playwright.config.ts', '--pass-with-no-tests'], report: 'playwright' },
];

requireNode();
const wanted = process.argv.slice(2);
const stranger = wanted.find((name) => !STAGES.some((stage) => stage.name === name));
if (stranger !== undefined) {
  console.error(`npm test: there is no stage "${stranger}"; there are ${STAGES.map((stage) => stage.name).join(', ')}`);
  process.exit(2);
}
ensureInstalled();
const browser = ensureBrowser();
/** @type {NodeJS.ProcessEnv} */
const environment = {
  ...process.env,
  FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
  ...(browser === undefined ? {} : { CHROMIUM: browser }),
};
delete environment['NO_COLOR'];

const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const failedStages = [];
for (const stage of STAGES) {
  if (wanted.length > 0 && !wanted.includes(stage.name)) continue;
  console.log(`\n── ${stage.name} ──`);
  const began = Date.now();
  const counts = runStage(stage);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  if (counts.failed > 0) failedStages.push(stage.name);
  console.log(`── ${stage.name}: ${counts.failed === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(1)} s ──`);
}
if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
if (failedStages.length > 0) console.log(`\nFailed: ${failedStages.join(', ')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

/**
 * @param {(typeof STAGES)[number]} stage
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
function runStage({ name, command, report }) {
  const [program = '', ...words] = command;
  const file = join(REPORTS, `${name}.json`);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(file, { force: true });
  const env = { ...environment };
  if (report === 'vitest') words.push('--reporter=default', '--reporter=json', `--outputFile.json=${file}`);
  if (report === 'playwright') {
    words.push('--reporter=list,json');
    env['PLAYWRIGHT_JSON_OUTPUT_FILE'] = file;
  }
  const { status } = run(program, words, env);
  const good = status === 0;
  if (report === undefined) return { passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(file)) {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    if (report === 'vitest') {
      counts.passed = result.numPassedTests;
      counts.failed = result.numFailedTests;
      counts.skipped = result.numPendingTests + result.numTodoTests;
    } else {
      counts.passed = result.stats.expected;
      counts.failed = result.stats.unexpected + result.stats.flaky;
      counts.skipped = result.stats.skipped;
    }
  }
  // A stage can fail without a failed test: a file that does not load, a server that does not start.
  if (!good && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** Path of a Chromium: one that is there, else Playwright's download, else Debian's package when root. */
function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return tell(found);
  console.log('No Chromium or Chrome found: downloading Playwright’s, once …');
  run('npx', ['playwright', 'install', 'chromium', '--no-shell']);
  const downloaded = findBrowser();
  // A download without its system libraries does not start.
  if (downloaded !== undefined && starts(downloaded)) return tell(downloaded);
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.log('Trying the system’s package …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
    if (system !== undefined) return tell(system);
  }
  if (downloaded !== undefined) return tell(downloaded);
  console.error('No browser: the tests that need one will fail. Install Chromium or Chrome, or set CHROMIUM=/path/to/it.');
  return undefined;
}

function starts(/** @type {string} */ path) {
  return run(path, ['--headless=new', ...BROWSER_ARGUMENTS, '--dump-dom', 'about:blank'], { ...process.env }).status === 0;
}

function tell(/** @type {string} */ path) {
  console.log(`Browser: ${path}`);
  return path;
}
