/** The page as a host serves it: its policy holds, nothing leaves the origin, and it works under a sub-path. */
import { expect, test, type Page } from '@playwright/test';

interface Watch {
  readonly problems: string[];
  readonly addresses: string[];
}

/** Everything that page and workers ask for, and everything they complain about. */
async function watch(page: Page): Promise<Watch> {
  const seen: Watch = { problems: [], addresses: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') seen.problems.push(message.text());
  });
  page.on('pageerror', (error) => seen.problems.push(error.message));
  page.on('requestfailed', (request) => seen.problems.push(`${request.url()}: ${request.failure()?.errorText}`));
  // Of the context, not of the page: a worker's requests count.
  page.context().on('request', (request) => seen.addresses.push(request.url()));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI}`));
  });
  return seen;
}

async function trainABit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await expect(page.getByRole('status', { name: 'Training status' })).toContainText(/step [1-9]/i);
}

test('the policy refuses nothing that the page does, and nothing leaves the origin', async ({ page, baseURL }) => {
  const seen = await watch(page);
  const answer = await page.goto('./#adapter=wasm');
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';");
  await trainABit(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(seen.problems).toEqual([]);
  expect(seen.addresses.filter((address) => !address.startsWith(baseURL ?? '') && !/^(blob|data):/.test(address))).toEqual([]);
  expect(
    seen.addresses.some((address) => address.endsWith('.wasm')),
    'the worker’s requests are among those seen',
  ).toBe(true);
});

test('works under a sub-path', async ({ page, baseURL }) => {
  const seen = await watch(page);
  const outside: string[] = [];
  await page.context().route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (!pathname.startsWith('/some/where/')) outside.push(pathname);
    await route.fulfill({ response: await route.fetch({ url: new URL(pathname.replace('/some/where/', ''), baseURL).href }) });
  });
  await page.goto('/some/where/#adapter=wasm');
  await trainABit(page);
  expect(outside).toEqual([]);
  expect(seen.problems).toEqual([]);
});

test('the built page carries the policy for hosts without headers, and licences of packages and data', async ({ request }) => {
  const html = await (await request.get('./')).text();
  expect(html).toMatch(/<meta http-equiv="Content-Security-Policy"/);
  expect(await (await request.get('./_headers')).text()).toContain('Content-Security-Policy');
  const licences = await (await request.get('./licenses.txt')).text();
  const missing = ['react', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', 'zod', 'Carnegie Mellon University'].filter(
    (name) => !licences.includes(name),
  );
  expect(missing).toEqual([]);
  expect(licences.split('\n').filter((line) => line.includes('without its text'))).toEqual([]);
  const manifest = (await (await request.get('./data/manifest.json')).json()) as { files: { licence: string }[] };
  expect(manifest.files.length).toBeGreaterThan(0);
});
