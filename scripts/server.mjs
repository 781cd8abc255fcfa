/**
 * Serves the built page from memory with the headers it needs, as `npm start` and the end-to-end tests do. Node
 * built-ins only.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { headers as headersNow } from './headers.mjs';

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

/**
 * Whether a client takes gzip (RFC 9110, 12.5.3): named, or meant by `*`, and not with a weight of 0.
 * @param {string | undefined} header its Accept-Encoding
 */
export function takesGzip(header) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => /^q\s*=/.test(text))?.replace(/^q\s*=\s*/, '');
    if (name !== '') weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  // What is no number is no consent: everybody can read the file as it is.
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

/**
 * Every file of a folder by its address. Only these can be asked for: no path leads out of the folder.
 * @param {string} folder
 * @param {Record<string, string>} common headers of all of them
 * @param {string | null} reachable an address that other devices can open: it goes into the page's head, where Share
 * finds it
 */
function filesOf(folder, common, reachable) {
  /** @type {Map<string, Served>} */
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    const extension = extname(path);
    const body = reachable !== null && extension === '.html' ? withAddress(readFileSync(path, 'utf8'), reachable) : readFileSync(path);
    files.set(address, {
      body,
      zipped: COMPRESSED.has(extension) ? gzipSync(body) : null,
      headers: {
        ...common,
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

function withAddress(/** @type {string} */ html, /** @type {string} */ address) {
  const content = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return Buffer.from(html.replace('</head>', () => `<meta name="reachable-address" content="${content}" /></head>`));
}

/**
 * @param {Map<string, Served>} files
 * @param {Record<string, string>} common
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answer(files, common, request, response) {
  const end = (/** @type {number} */ status, /** @type {Record<string, string>} */ headers, /** @type {Buffer | string} */ body) => {
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, { ...common, Allow: 'GET, HEAD' }, 'Only GET and HEAD.\n');
  let address;
  try {
    address = decodeURIComponent((request.url ?? '/').split(/[?#]/)[0] ?? '/');
  } catch {
    return end(400, { ...common }, 'Not an address.\n');
  }
  const file = files.get(address.endsWith('/') ? `${address}index.html` : address);
  if (file === undefined) return end(404, { ...common, 'Content-Type': 'text/plain; charset=utf-8' }, 'Not found.\n');
  if (request.headers['if-none-match'] === file.headers['ETag']) {
    response.writeHead(304, file.headers);
    return response.end();
  }
  const encodings = request.headers['accept-encoding'];
  const zip = file.zipped !== null && takesGzip(Array.isArray(encodings) ? encodings.join(',') : encodings);
  return end(
    200,
    zip ? { ...file.headers, 'Content-Encoding': 'gzip' } : file.headers,
    zip && file.zipped !== null ? file.zipped : file.body,
  );
}

/**
 * @param {object} options
 * @param {string} options.folder
 * @param {number} options.port 0 takes any free one
 * @param {readonly string[]} [options.hosts] addresses to listen on; both loopback ones where none is given
 * @param {string | null} [options.reachable] address under which other devices find the page, with its port; `null`:
 * none is known
 * @returns {Promise<{ port: number, close: () => Promise<void> }>} rejects with code EADDRINUSE where the port is taken
 */
export async function serve({ folder, port, hosts = LOOPBACK, reachable = null }) {
  const common = headersNow();
  const files = filesOf(folder, common, reachable);
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
    const server = createServer((request, response) => answer(files, common, request, response));
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
