/**
 * The headers of the served page, in one place: `npm start`, `vite preview`, the tests and `dist/_headers`
 * (for hosts that read it) all take them from here. Node built-ins only: `npm start` reads it before the install.
 */

/** Nothing leaves the origin, nothing inline runs. `wasm-unsafe-eval` is for WebAssembly; WebGPU needs nothing. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Vite's dev mode runs inline scripts and styles and talks over a web socket. */
export const DEVELOPMENT_POLICY = CONTENT_SECURITY_POLICY.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'unsafe-inline'")
  .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
  .replace("connect-src 'self'", "connect-src 'self' ws:");

/** Cross-origin isolation gives fine-grained timers, and SharedArrayBuffer to whoever needs it. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** `*`, or a scheme and a host, the host's first label and the port also as `*`. */
const FRAMING_SITE = /^(\*|https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d{1,5}|\*))?)$/i;

/**
 * Who may show the page in a frame: the policy's `frame-ancestors`. Browsers take it from the header only; in the meta
 * element of the built page it would be ignored, with a complaint.
 * @param {string | undefined} sites as in EMBED_IN: addresses with spaces between them; nothing: the page's own origin
 * only
 * @returns {string}
 * @throws where one of them is no address
 */
export function frameAncestors(sites) {
  const named = (sites ?? '').split(/\s+/).filter((site) => site !== '');
  const wrong = named.find((site) => !FRAMING_SITE.test(site));
  if (wrong !== undefined)
    throw new Error(
      `EMBED_IN=${wrong} is not a site: give one or more like https://school.example with spaces between them, or * for every site.`,
    );
  return ["frame-ancestors 'self'", ...named].join(' ');
}

/**
 * Headers of every address.
 * @param {string | undefined} sites who may show the page in a frame, see `frameAncestors`
 * @returns {Readonly<Record<string, string>>}
 */
export function headers(sites = process.env['EMBED_IN']) {
  return { 'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; ${frameAncestors(sites)}`, ...ISOLATION };
}

/** @type {Readonly<Record<string, string>>} */
export const DEVELOPMENT_HEADERS = { 'Content-Security-Policy': DEVELOPMENT_POLICY, ...ISOLATION };

/** Text of a `_headers` file (Netlify, Cloudflare Pages): the same headers for every address. */
export function headersFile() {
  return `/*\n${Object.entries(headers())
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}`;
}
