/**
 * `npm start`: installs and builds where needed, serves the built page, prints its address. Works on a fresh clone:
 * Node built-ins only. PORT chooses the port (default 5173, or the next free one), HOST another address to listen on.
 */
import { join } from 'node:path';
import { ROOT, ensureInstalled, requireNode } from './install.mjs';
import { ensureBuilt } from './build.mjs';
import { serve } from './server.mjs';

const FIRST_PORT = 5173;
const TRIES = 50;

/** The port asked for, or `null` where none is. */
function portAskedFor() {
  const text = process.env['PORT'];
  if (text === undefined || text === '') return null;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  console.error(`PORT=${text} is not a port: give a number of 1 to 65535, e.g. PORT=5199 npm start`);
  process.exit(2);
}

/** @returns {Promise<{ port: number, close: () => Promise<void> }>} */
async function listen(/** @type {number | null} */ asked) {
  const folder = join(ROOT, 'dist');
  const host = process.env['HOST'];
  const hosts = host ? { hosts: [host] } : {};
  const last = asked ?? FIRST_PORT + TRIES;
  for (let port = asked ?? FIRST_PORT; ; port++) {
    try {
      return await serve({ folder, port, ...hosts });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EADDRINUSE' && port < last) continue;
      const why = code === 'EADDRINUSE' ? 'is taken' : code === 'EACCES' ? 'needs more rights' : `cannot be used (${String(error)})`;
      console.error(`Port ${port} ${why}: choose another, e.g. PORT=5199 npm start`);
      process.exit(1);
    }
  }
}

requireNode();
const asked = portAskedFor();
ensureInstalled();
if (!ensureBuilt()) {
  console.error('The build failed: see its message above.');
  process.exit(1);
}
const { port, close } = await listen(asked);
console.log(`Deep Fusion Playground: http://${process.env['HOST'] || 'localhost'}:${port}/`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void close().then(() => process.exit(0));
  });
}
