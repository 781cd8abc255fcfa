import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, frameAncestors, headers, headersFile } from './headers.mjs';
import { serve, takesGzip } from './server.mjs';

let folder = '';
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'served-'));
  await mkdir(join(folder, 'site/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'site/index.html'), '<!doctype html>hello');
  await writeFile(join(folder, 'site/assets/kernels-1a2b.wasm'), 'wasm');
  await writeFile(join(folder, 'site/manifest.webmanifest'), '{}');
  await writeFile(join(folder, 'site/ä b.txt'), 'umlaut');
  await mkdir(join(folder, 'other'));
  await writeFile(join(folder, 'other/index.html'), '<html><head></head></html>');
  server = await serve({ folder: join(folder, 'site'), port: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** `fetch` tidies paths before it sends them; a hostile client does not. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, headers, method }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString('latin1')));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

test('the page, with its policy and cross-origin isolation, on both loopback addresses', async () => {
  const page = await raw('/');
  expect(page).toMatchObject({ status: 200, body: '<!doctype html>hello' });
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'self'`,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cache-control': 'no-cache',
  });
  expect((await raw('/index.html?x=1')).status).toBe(200);
});

test('wasm streams as application/wasm and is kept for ever; compressed where asked', async () => {
  const plain = await raw('/assets/kernels-1a2b.wasm');
  expect(plain.headers).toMatchObject({ 'content-type': 'application/wasm', 'cache-control': 'public, max-age=31536000, immutable' });
  expect((await raw('/assets/kernels-1a2b.wasm', { 'accept-encoding': 'br, gzip' })).headers['content-encoding']).toBe('gzip');
  expect(plain.headers['content-encoding']).toBeUndefined();
});

test('a client that refuses gzip gets the file as it is (10.39)', async () => {
  for (const encodings of ['gzip;q=0', 'gzip; q=0.0', 'identity', 'br', '*;q=0', 'gzip;q=0, *;q=1', 'gzip;q=none', '']) {
    const { headers: answered, body } = await raw('/', { 'accept-encoding': encodings });
    expect([encodings, answered['content-encoding'], body]).toEqual([encodings, undefined, '<!doctype html>hello']);
  }
  for (const encodings of ['gzip', 'GZIP;Q=0.001', 'br;q=1.0, gzip;q=0.8, *;q=0.1', '*', 'x-gzip'])
    expect([encodings, (await raw('/', { 'accept-encoding': encodings })).headers['content-encoding']]).toEqual([encodings, 'gzip']);
  expect(takesGzip(undefined)).toBe(false);
});

test('unchanged files are answered with 304', async () => {
  const { headers } = await raw('/');
  expect((await raw('/', { 'if-none-match': String(headers['etag']) })).status).toBe(304);
});

test('nothing outside the folder, no other method, no half address', async () => {
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/secret.txt',
    '/assets',
    '/nope',
  ]) {
    const answer = await raw(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(answer.body).not.toContain('secret');
  }
  expect((await raw('/%')).status).toBe(400);
  expect((await raw('/', {}, 'POST')).status).toBe(405);
  expect(await raw('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect((await raw(encodeURI('/ä b.txt'))).body).toBe('umlaut');
});

test('a taken port is refused, so that the next can be tried', async () => {
  await expect(serve({ folder: join(folder, 'site'), port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('only the page’s own origin may frame it, unless a site is named (10.39)', () => {
  expect(frameAncestors(undefined)).toBe("frame-ancestors 'self'");
  expect(frameAncestors(' https://school.example  https://*.moodle.example:8443 ')).toBe(
    "frame-ancestors 'self' https://school.example https://*.moodle.example:8443",
  );
  expect(frameAncestors('*')).toBe("frame-ancestors 'self' *");
  for (const site of ["'none'", 'school.example', 'https://a.example;script-src', 'javascript:x', 'https://'])
    expect(() => frameAncestors(site)).toThrow(`EMBED_IN=${site} is not a site: give one or more like https://school.example`);
  expect(headers('https://school.example')['Content-Security-Policy']).toContain("frame-ancestors 'self' https://school.example");
  // Browsers complain of it in a meta element, which this text is for, too.
  expect(CONTENT_SECURITY_POLICY).not.toContain('frame-ancestors');
});

test('served to other devices, the page knows under which address (10.15)', async () => {
  const open = await serve({ folder: join(folder, 'other'), port: 0, reachable: 'http://192.168.1.20:5173/' });
  try {
    const page = await (await fetch(`http://127.0.0.1:${open.port}/`)).text();
    expect(page).toBe('<html><head><meta name="reachable-address" content="http://192.168.1.20:5173/" /></head></html>');
  } finally {
    await open.close();
  }
});

test('hosts that read _headers get the same headers; the policy allows nothing inline and nothing from elsewhere', () => {
  expect(headersFile()).toContain(`  Content-Security-Policy: ${CONTENT_SECURITY_POLICY}; frame-ancestors 'self'\n`);
  expect(CONTENT_SECURITY_POLICY).not.toContain('unsafe-inline');
  expect(CONTENT_SECURITY_POLICY).not.toContain("'unsafe-eval'");
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/https?:|\*/);
});

test('the page can be installed: its manifest is linked and served as one, lies where the page does, and its icons are there', async () => {
  expect((await raw('/manifest.webmanifest')).headers).toMatchObject({
    'content-type': expect.stringContaining('application/manifest+json'),
  });
  const file = (path: string): URL => new URL(`../${path}`, import.meta.url);
  expect(await readFile(file('index.html'), 'utf8')).toContain('<link rel="manifest" href="./manifest.webmanifest" />');
  const { start_url, scope, display, icons } = JSON.parse(await readFile(file('public/manifest.webmanifest'), 'utf8')) as {
    readonly icons: readonly { readonly src: string }[];
    readonly [field: string]: unknown;
  };
  // Relative, so that it holds below any path.
  expect({ start_url, scope, display }).toEqual({ start_url: './', scope: './', display: 'standalone' });
  expect(icons.length).toBeGreaterThan(0);
  for (const { src } of icons) expect(existsSync(file(`public/${src}`)), src).toBe(true);
});
