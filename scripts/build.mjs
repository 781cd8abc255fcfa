/**
 * Builds the page into dist/ where its sources changed since the last build. Node built-ins only; what it starts needs
 * the install.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, run } from './install.mjs';

const INPUTS = [
  'src',
  'public',
  'scripts',
  'types',
  'index.html',
  'package.json',
  'LICENSE',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
];
/** Made by the build's own first steps. */
const MADE = [join('public', 'data'), join('src', 'engine', 'wasm', 'build'), join('src', 'app', 'generated')];
const STAMP = join(ROOT, 'node_modules/.cache/deep-fusion/built');

function stampOfSources() {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ path) => {
    if (MADE.includes(path) || /\.test\.tsx?$/.test(path) || !existsSync(join(ROOT, path))) return;
    if (statSync(join(ROOT, path)).isDirectory()) {
      for (const name of readdirSync(join(ROOT, path)).sort()) visit(join(path, name));
    } else {
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(ROOT, path)))
        .update('\0');
    }
  };
  INPUTS.forEach(visit);
  return hash.digest('hex');
}

/** @returns {boolean} whether dist/ now holds the page of these sources */
export function ensureBuilt() {
  const stamp = stampOfSources();
  const page = join(ROOT, 'dist/index.html');
  if (existsSync(page) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return true;
  console.log('Building the page …');
  if (run('npm', ['run', 'build', '--silent']).status !== 0) return false;
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, stamp);
  return true;
}
