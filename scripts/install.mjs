/**
 * Installs the packages of the lock file where they are missing or others. Node built-ins only: it runs on a fresh
 * clone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];

/** Ends the process with a clear line where this Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(
    `Node ${process.versions.node} is too old: Deep Fusion Playground needs Node ${OLDEST_NODE.join('.')} or newer (https://nodejs.org).`,
  );
  process.exit(1);
}

/**
 * True where node_modules holds every package of package-lock.json in its version. npm writes down what it installed
 * in node_modules/.package-lock.json; packages for other systems are optional and missing there.
 */
export function isInstalled() {
  /** @returns {Record<string, { version?: string, optional?: boolean }>} */
  const packagesOf = (/** @type {string} */ path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages ?? {};
  try {
    const installed = packagesOf('node_modules/.package-lock.json');
    return Object.entries(packagesOf('package-lock.json')).every(([name, { version, optional }]) => {
      if (name === '') return true;
      const here = installed[name];
      return here === undefined ? optional === true : here.version === version;
    });
  } catch {
    return false; // nothing installed, or half of it
  }
}

/** Runs `npm ci` where it is needed; ends the process where that fails. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci), once …');
  const { status } = run('npm', ['ci', '--no-audit', '--no-fund']);
  if (status === 0) return;
  console.error('npm ci failed: see its message above. It needs the network once.');
  process.exit(1);
}

/** Runs a command in the repository's root, its output shown. */
export function run(/** @type {string} */ command, /** @type {readonly string[]} */ args, env = process.env) {
  // npm and npx are .cmd files on Windows, which only a shell starts.
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env, shell: process.platform === 'win32' });
}
