/** Bundles the contestants, serves them, and times each cell in a browser of its own, so that no cache is shared. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { BROWSER_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { kernelBytes } from '../../src/engine/wasm/node.ts';
import type { Cell, CellResult } from './stopwatch.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

async function bundle(entry: string, outfile?: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    ...(outfile === undefined ? {} : { outfile }),
    write: outfile !== undefined,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    loader: { '.wasm': 'binary' },
    alias: { '@tensorflow/tfjs': here('../../src/engine/tfjs.ts') },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outputFiles?.[0]?.text ?? readFileSync(outfile as string, 'utf8');
}

const CONTESTANT = here('../dist/contestant.mjs');

/** Our entry, self-contained, at `bench/dist/contestant.mjs`. */
export async function bundleContestant(): Promise<string> {
  kernelBytes();
  return bundle(here('contestant-entry.ts'), CONTESTANT);
}

export class BrowserCells {
  readonly version: string;
  private readonly server: Server;
  private readonly executablePath: string;

  private constructor(server: Server, executablePath: string, version: string) {
    this.server = server;
    this.executablePath = executablePath;
    this.version = version;
  }

  /** `peers`: further contestants, name → path of an ES module. */
  static async start(peers: ReadonlyMap<string, string>): Promise<BrowserCells> {
    const executablePath = findBrowser();
    if (executablePath === undefined) throw new Error('no Chromium was found: install one, or name it by CHROMIUM=/path/of/chromium');
    const files = new Map([
      ['/', '<!doctype html><title>bench</title>'],
      ['/worker.js', await bundle(here('worker-entry.ts'))],
      ['/ours.mjs', await bundleContestant()],
      ['/stock.mjs', await bundle(here('stock-entry.ts'))],
    ]);
    for (const [name, path] of peers) files.set(`/${name}.mjs`, await bundle(path));
    const server = createServer((request, response) => {
      const body = files.get(request.url ?? '');
      response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': request.url === '/' ? 'text/html' : 'text/javascript' });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
    const version = browser.version();
    await browser.close();
    return new BrowserCells(server, executablePath, version);
  }

  /** Throws with the contestant's own error, or after `seconds`. */
  async time(contestant: string, cell: Omit<Cell, 'module'>, seconds: number): Promise<CellResult> {
    const address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const browser = await chromium.launch({ executablePath: this.executablePath, args: BROWSER_ARGUMENTS });
    try {
      const page = await browser.newPage();
      await page.goto(`${address}/`);
      const answer = page.evaluate(
        (job) =>
          new Promise<{ result?: unknown; error?: string }>((resolve) => {
            const worker = new Worker('/worker.js', { type: 'module' });
            worker.onmessage = ({ data }) => resolve(data as { result?: unknown; error?: string });
            worker.onerror = (event) => resolve({ error: (event as unknown as { message: string }).message });
            worker.postMessage(job);
          }),
        { ...cell, module: `/${contestant}.mjs` } as unknown as Record<string, string>,
      );
      const late = new Promise<{ error: string; result?: undefined }>((resolve) =>
        setTimeout(() => resolve({ error: `not done after ${seconds} s` }), seconds * 1000).unref(),
      );
      const { result, error } = await Promise.race([answer, late]);
      answer.catch(() => {});
      if (error !== undefined) throw new Error(error);
      return result as CellResult;
    } finally {
      await browser.close();
    }
  }

  stop(): void {
    this.server.close();
  }
}
