/** `npm run bench:contestant`: builds `bench/dist/contestant.mjs`, one self-contained ES module with `create(job)`. */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { kernelBytes } from '../src/engine/wasm/node.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const CONTESTANT = here('dist/contestant.mjs');

export async function buildContestant(): Promise<void> {
  kernelBytes();
  await build({
    entryPoints: [here('lib/contestant-entry.ts')],
    outfile: CONTESTANT,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    loader: { '.wasm': 'binary' },
    alias: { '@tensorflow/tfjs': here('../src/engine/tfjs.ts') },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildContestant();
  console.log(`bench/dist/contestant.mjs  ${(statSync(CONTESTANT).size / 1e6).toFixed(2)} MB`);
}
