/** Serves the built page from memory with the headers it needs, as `npm start` and the end-to-end tests do. Node built-ins only. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HEADERS } from './headers.mjs';

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSED = new Set(['.html', '.js', '.css', '.json', '.txt', '.md', '.svg', '.wasm']);
/** Both, since a browser may take `localhost` for either. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** @typedef {{ body: Buffer, zipped: Buffer | null, headers: Record<string, string> }} Served */

/** Every file of a folder by its address. Only these can be asked for: no path leads out of the folder. */
function filesOf(/** @type {string} */ folder) {
  /** @type {Map<string, Served>} */
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    const extension = extname(path);
    const body = readFileSync(path);
    files.set(address, {
      body,
      zipped: COMPRESSED.has(extension) ? gzipSync(body) : null,
      headers: {
        ...HEADERS,
        'Content-Type': TYPES[extension] ?? 'application/octet-stream',
        ETag: `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`,
        // Names in assets/ carry a hash of their content.
        'Cache-Control': address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        Vary: 'Accept-Encoding',
      },
    });
  }
  return files;
}

/**
 * @param {Map<string, Served>} files
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answer(files, request, response) {
  const end = (/** @type {number} */ status, /** @type {Record<string, string>} */ headers, /** @type {Buffer | string} */ body) => {
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, { ...HEADERS, Allow: 'GET, HEAD' }, 'Only GET and HEAD.\n');
  let address;
  try {
    address = decodeURIComponent((request.url ?? '/').split(/[?#]/)[0] ?? '/');
  } catch {
    return end(400, { ...HEADERS }, 'Not an address.\n');
  }
  const file = files.get(address.endsWith('/') ? `${address}index.html` : address);
  if (file === undefined) return end(404, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' }, 'Not found.\n');
  if (request.headers['if-none-match'] === file.headers['ETag']) {
    response.writeHead(304, file.headers);
    return response.end();
  }
  const zip = file.zipped !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return end(
    200,
    zip ? { ...file.headers, 'Content-Encoding': 'gzip' } : file.headers,
    zip && file.zipped !== null ? file.zipped : file.body,
  );
}

/**
 * @param {{ folder: string, port: number, hosts?: readonly string[] }} options port 0 takes any free one
 * @returns {Promise<{ port: number, close: () => Promise<void> }>} rejects with code EADDRINUSE where the port is taken
 */
export async function serve({ folder, port, hosts = LOOPBACK }) {
  const files = filesOf(folder);
  /** @type {import('node:http').Server[]} */
  const servers = [];
  const close = async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
  let taken = port;
  for (const host of hosts) {
    const server = createServer((request, response) => answer(files, request, response));
    try {
      await /** @type {Promise<void>} */ (
        new Promise((resolve, reject) => {
          server.once('error', reject);
          server.listen(taken, host, () => resolve());
        })
      );
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      // A machine without IPv6 has one loopback address.
      if (host.includes(':') && servers.length > 0 && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) continue;
      await close();
      throw error;
    }
    servers.push(server);
    const bound = server.address();
    if (bound !== null && typeof bound === 'object') taken = bound.port;
  }
  return { port: taken, close };
}
