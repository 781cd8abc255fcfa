/**
 * `npm run kernels`: compiles our WebAssembly operations (AssemblyScript) to `src/engine/wasm/build/kernels.wasm`. The
 * module imports its memory: it works in place on the tensors of tfjs's wasm backend, so it must own no static data.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src/engine/wasm/assembly');
const source = join(folder, 'index.ts');
const target = join(root, 'src/engine/wasm/build/kernels.wasm');
const FLAGS = ['--runtime', 'stub', '--importMemory', '--enable', 'simd', '-O3', '--noAssert'];

const newest = existsSync(folder)
  ? Math.max(
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)).mtimeMs),
      statSync(fileURLToPath(import.meta.url)).mtimeMs,
    )
  : 0;
if (!existsSync(source)) {
  console.error(`kernels: ${source} is not there`);
  process.exit(1);
}
if (existsSync(target) && statSync(target).mtimeMs > newest && !process.argv.includes('--force')) process.exit(0);
mkdirSync(dirname(target), { recursive: true });
const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
// Under another name first: tests that start side by side must never read half a module.
const unfinished = `${target}.${process.pid}`;
const { status } = spawnSync(process.execPath, [asc, source, '--outFile', unfinished, ...FLAGS], { cwd: root, stdio: 'inherit' });
if (status === 0) renameSync(unfinished, target);
process.exit(status ?? 1);
