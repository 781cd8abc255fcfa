/**
 * `npm run bench:page`: what a visitor waits for, measured on the built page in a fresh Chromium: from Run to the first
 * trained step, to the fusion, to the prediction drawn through it; and how long the page's own thread was ever busy.
 *
 *   npm run bench:page -- [--links "#preset=first-fusion,…"] [--repeat 1] [--limit 120]
 *
 * The page's tasks are read from the browser's own trace. Beside the time on the clock, into which other work on the
 * machine counts, stands the time that the page's thread was on the processor, which is the page's own doing.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright';
import { BROWSER_ARGUMENTS, findBrowser } from '../scripts/browser.mjs';

const { values: options } = parseArgs({
  options: {
    links: { type: 'string', multiple: true, default: [] },
    repeat: { type: 'string', default: '1' },
    limit: { type: 'string', default: '120' },
  },
});
const LINKS =
  options.links.length > 0 ? options.links : ['', '#v=2&preset=first-fusion&pace=max', '#v=2&preset=fusing-fast', '#v=2&preset=pronounce'];
const LIMIT = Number(options.limit) * 1000;
const AFTERWARDS = 10_000;

type Moment = readonly [milliseconds: number, value: number];

/** The moments that the page's own script notes; moments are of the page's clock. */
interface Heard {
  pressed: number | null;
  /** Furthest measured, and furthest predicted step so far, each time it grew. */
  measured: Moment[];
  predicted: Moment[];
  growth: Moment | null;
  finished: number | null;
}

/** A task of the page's thread, in milliseconds. */
interface Task {
  readonly wall: number;
  readonly processor: number;
}

/** The parts of the browser's trace that are read; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

interface Listening {
  heard: Heard;
}

/** Listens to the worker's own events. Runs in the page. */
function listen(): void {
  const heard: Heard = { pressed: null, measured: [], predicted: [], growth: null, finished: null };
  Object.assign(globalThis, { heard });
  addEventListener(
    'click',
    () => {
      heard.pressed ??= performance.now();
      performance.mark('pressed');
    },
    { capture: true, once: true },
  );
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      this.addEventListener(
        'message',
        ({ data }: MessageEvent<{ type: string; steps?: Float64Array; phase: string; report: { step: number } }>) => {
          const now = performance.now();
          const last = data.steps?.at(-1) ?? 0;
          const moments = data.type === 'measured' ? heard.measured : data.type === 'predicted' ? heard.predicted : [];
          if (last > (moments.at(-1)?.[1] ?? 0)) moments.push([now, last]);
          if (data.type === 'growth') heard.growth ??= [now, data.report.step];
          if (data.type === 'phase' && data.phase === 'finished') heard.finished ??= now;
        },
      );
    }
  };
}

async function measure(browser: Browser, url: string): Promise<{ heard: Heard; tasks: Task[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(listen);
  await page.goto(url);
  await page
    .getByLabel('Adapter')
    .getByText(/WebAssembly|WebGPU/)
    .waitFor();
  // What belongs to opening the page is over.
  await page.waitForTimeout(2000);
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  let end = Date.now() + LIMIT;
  let finished = false;
  for (;;) {
    await page.waitForTimeout(500);
    const heard = await page.evaluate(() => (globalThis as unknown as Listening).heard);
    if (heard.finished !== null && !finished) {
      finished = true;
      // A prediction may come in later than the training.
      end = Math.min(end, Date.now() + AFTERWARDS);
    }
    if (Date.now() > end) return { heard, tasks: tasksIn(await browser.stopTracing()) };
  }
}

/** Tasks of the page's thread since the press, longest on the processor first. */
function tasksIn(trace: Buffer): Task[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const pressed = traceEvents.find(({ name }) => name === 'pressed');
  if (!pressed) throw new Error('the browser traced no press of Run');
  return traceEvents
    .filter(({ name, pid, tid, ts }) => name.endsWith('RunTask') && pid === pressed.pid && tid === pressed.tid && ts >= pressed.ts)
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, processor: tdur / 1000 }))
    .sort((a, b) => b.processor - a.processor);
}

function row(link: string, { pressed, measured, predicted, growth, finished }: Heard, tasks: readonly Task[]): string {
  const since = (moment: number | undefined): string => {
    if (moment === undefined || pressed === null) return '–';
    return moment < pressed ? 'before Run' : ((moment - pressed) / 1000).toFixed(1);
  };
  const past = predicted.find(([, step]) => growth !== null && step > growth[1])?.[0];
  const wall = Math.max(...tasks.map((task) => task.wall));
  const over = (key: keyof Task): number => tasks.filter((task) => task[key] > 50).length;
  const ours = `${(tasks[0]?.processor ?? 0).toFixed(0)} | ${over('processor')}`;
  return `| ${link || 'the page as it opens'} | ${since(measured[0]?.[0])} | ${since(growth?.[0])} | ${since(past)} | ${measured.at(-1)?.[1] ?? 0} | ${since(finished ?? undefined)} | ${ours} | ${wall.toFixed(0)} | ${over('wall')} |`;
}

const server = spawn(process.execPath, ['scripts/start.mjs'], { env: process.env, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  let address: string | undefined;
  while (address === undefined) {
    const [text] = (await once(server.stdout, 'data')) as [Buffer];
    address = /http:\/\/\S+/.exec(String(text))?.[0];
  }
  const executablePath = findBrowser();
  console.log(
    '| link | first step (s) | fused (s) | predicted past the fusion (s) | steps | finished (s) | longest page task (ms on the processor) | over 50 ms | longest (ms on the clock) | over 50 ms |',
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const link of LINKS) {
    for (let i = 0; i < Number(options.repeat); i++) {
      const browser = await chromium.launch({ args: [...BROWSER_ARGUMENTS], ...(executablePath === undefined ? {} : { executablePath }) });
      const { heard, tasks } = await measure(browser, `${address}${link}`);
      console.log(row(link, heard, tasks));
      await browser.close();
    }
  }
} finally {
  server.kill();
}
