/** Two sources in the built page, in its worker or in a worker each: a fresh Chromium for each time. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { BROWSER_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/server.mjs';
import { formatLink } from '../../src/experiment/link/link.ts';
import type { Event } from '../../src/session/protocol.ts';
import { WARM, experimentOf, type ParallelRow, type ParallelTime } from './parallel-row.ts';

const FOLDER = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface ParallelPage {
  readonly version: string;
  measure(row: ParallelRow, apart: boolean): Promise<ParallelTime>;
  close(): Promise<void>;
}

/** The page's notes on the worker's messages. */
interface Noted {
  began: number;
  ended: number;
  finished: boolean;
  megaflops: number;
  losses: Record<string, [step: number, loss: number][]>;
}

export async function inPage(): Promise<ParallelPage> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error('no Chromium was found: install one, name it by CHROMIUM=/path/of/chromium, or give --where node');
  if (!existsSync(`${FOLDER}index.html`)) throw new Error('the page is not built: run `npm run build` first, or give --where node');
  const server = await serve({ folder: FOLDER, port: 0 });
  const launch = () => chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
  const browser = await launch();
  const version = browser.version();
  await browser.close();

  async function measure(row: ParallelRow, apart: boolean): Promise<ParallelTime> {
    const fresh = await launch();
    try {
      const page = await fresh.newPage();
      await page.route(/assets\/worker-[^/]*\.js$/, async (route) => {
        const response = await route.fetch();
        const cores = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${apart ? 8 : 1} });`;
        await route.fulfill({ response, body: `${cores}\n${await response.text()}` });
      });
      await page.addInitScript(
        ([first, last]) => {
          const noted: Noted = { began: 0, ended: 0, finished: false, megaflops: 0, losses: {} };
          Object.assign(globalThis, { noted });
          const { Worker } = globalThis;
          globalThis.Worker = class extends Worker {
            constructor(...given: ConstructorParameters<typeof Worker>) {
              super(...given);
              this.addEventListener('message', ({ data }: MessageEvent<Event>) => {
                if (data.type === 'ready') noted.megaflops = (data.models[0]?.flopsPerStep ?? 0) / 1e6;
                if (data.type === 'measured')
                  data.steps.forEach((step, i) => {
                    if (step < last) (noted.losses[data.model] ??= []).push([step, data.losses[i] ?? Number.NaN]);
                  });
                if (data.type === 'phase' && data.phase === 'finished') noted.finished = true;
                // A checkpoint is told once both sources have made all steps up to it.
                if (data.type !== 'checkpoints') return;
                if (data.steps.at(-1) === first) noted.began = performance.now();
                if (data.steps.at(-1) === last) noted.ended = performance.now();
              });
            }
          };
        },
        [WARM, WARM + row.steps] as const,
      );
      await page.goto(`http://localhost:${server.port}/${formatLink(experimentOf(row))}`);
      await page.getByRole('status', { name: 'Training status' }).filter({ hasText: 'Ready' }).waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).first().click();
      await page.waitForFunction(() => (globalThis as unknown as { noted: Noted }).noted.finished, undefined, { timeout: 180_000 });
      const { began, ended, megaflops, losses } = await page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);
      return { milliseconds: (ended - began) / row.steps, megaflops, losses: JSON.stringify(losses) };
    } finally {
      await fresh.close();
    }
  }
  return { version, measure, close: () => server.close() };
}
