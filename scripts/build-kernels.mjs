/**
 * `npm run kernels`: compiles our WebAssembly operations (AssemblyScript) to `src/engine/wasm/build/kernels.wasm`.
 * The module imports its memory: it works in place on the tensors of tfjs's wasm backend, so it must own no static data.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src/engine/wasm/assembly');
const source = join(folder, 'index.ts');
const target = join(root, 'src/engine/wasm/build/kernels.wasm');
const FLAGS = ['--runtime', 'stub', '--importMemory', '--enable', 'simd', '-O3', '--noAssert'];

const newest = existsSync(folder)
  ? Math.max(...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs), statSync(fileURLToPath(import.meta.url)).mtimeMs)
  : 0;
if (!existsSync(source)) {
  console.error(`kernels: ${source} is not there`);
  process.exit(1);
}
if (existsSync(target) && statSync(target).mtimeMs > newest && !process.argv.includes('--force')) process.exit(0);
mkdirSync(dirname(target), { recursive: true });
const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
const { status } = spawnSync(process.execPath, [asc, source, '--outFile', target, ...FLAGS], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
