/**
 * `npm start`: installs and builds where needed, serves the built page, prints its address. Works on a fresh clone:
 * Node built-ins only. PORT chooses the port (default 5173, or the next free one). HOST=0.0.0.0, or
 * `npm start -- --host`, lets other devices in the network open it, such as the phones of a class; HOST may be one
 * address of this machine, too. EMBED_IN names the sites that may show the page in a frame (see headers.mjs).
 */
import { join } from 'node:path';
import { EVERYWHERE, addressesFor, networkAddresses } from './addresses.mjs';
import { ROOT, ensureInstalled, requireNode } from './install.mjs';
import { ensureBuilt } from './build.mjs';
import { frameAncestors } from './headers.mjs';
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

/** The address to listen on; empty: this computer only. `--host` stands for all of them, `--host ADDRESS` for one. */
function hostAskedFor() {
  const [flag, address, ...more] = process.argv.slice(2).flatMap((word) => word.split('='));
  if (flag === undefined) return process.env['HOST'] ?? '';
  if (flag === '--host' && more.length === 0 && address !== '') return address ?? EVERYWHERE;
  console.error(`npm start: ${process.argv.slice(2).join(' ')} is not known: there is --host, or --host ADDRESS, e.g. npm start -- --host`);
  process.exit(2);
}

/** Ends the process where EMBED_IN is no list of sites. */
function requireSites() {
  try {
    frameAncestors(process.env['EMBED_IN']);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

/** @returns {Promise<{ port: number, close: () => Promise<void> }>} */
async function listen(/** @type {number | null} */ asked, /** @type {string} */ host) {
  const folder = join(ROOT, 'dist');
  const hosts = host === '' ? {} : { hosts: [host] };
  const network = networkAddresses();
  const last = asked ?? FIRST_PORT + TRIES;
  for (let port = asked ?? FIRST_PORT; ; port++) {
    try {
      return await serve({ folder, port, ...hosts, reachable: addressesFor(host, port, network).elsewhere[0] ?? null });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EADDRINUSE' && port < last) continue;
      if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
        console.error(`HOST=${host} is no address of this computer: give one of ${[EVERYWHERE, ...network].join(', ')}`);
        process.exit(1);
      }
      const why = code === 'EADDRINUSE' ? 'is taken' : code === 'EACCES' ? 'needs more rights' : `cannot be used (${String(error)})`;
      console.error(`Port ${port} ${why}: choose another, e.g. PORT=5199 npm start`);
      process.exit(1);
    }
  }
}

requireNode();
const asked = portAskedFor();
const host = hostAskedFor();
requireSites();
ensureInstalled();
if (!ensureBuilt()) {
  console.error('The build failed: see its message above.');
  process.exit(1);
}
const { port, close } = await listen(asked, host);
const { here, elsewhere } = addressesFor(host, port, networkAddresses());
console.log(`Deep Fusion Playground: ${here}`);
if (elsewhere.length > 0) console.log(`On other devices in this network: ${elsewhere.join('  ')}`);
else console.log('This computer only. For phones in the same network: HOST=0.0.0.0 npm start');
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    void close().then(() => process.exit(0));
  });
}
