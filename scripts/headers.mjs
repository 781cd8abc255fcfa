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

/** @type {Readonly<Record<string, string>>} */
export const HEADERS = { 'Content-Security-Policy': CONTENT_SECURITY_POLICY, ...ISOLATION };
/** @type {Readonly<Record<string, string>>} */
export const DEVELOPMENT_HEADERS = { 'Content-Security-Policy': DEVELOPMENT_POLICY, ...ISOLATION };

/** Text of a `_headers` file (Netlify, Cloudflare Pages): the same headers for every address. */
export function headersFile() {
  return `/*\n${Object.entries(HEADERS)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}`;
}
