/**
 * `npm run long-run`: does keeping a run cost more and more? 10,000 steps of a small one on the built page in a real
 * Chromium, whose state is kept several times a second: the memory of page and workers, the bytes of the run in the
 * store, and those that the browser gives to all of it, along the way; and of the same run at its own pauses the share
 * of the training's time that keeping takes.
 *
 *   npm run long-run -- [--steps 10000] [--address http://localhost:5173/] [--record]
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { KillableBrowser } from './killable-browser.ts';
import { command, memory, prepare } from './listening.ts';
import { servePage } from './page.ts';
import { commandOf, Printed } from './record.ts';
import { until } from './waiting.ts';

/** Milliseconds from one state that is asked for to the next. */
const OFTEN = 200;
/** Rows of the table. */
const ROWS = 10;
/** Bytes by which memory may grow from a third of the way on: curves and what is measured along them grow with it. */
const MAY_GROW = 10e6;
/** Share of the training's time that keeping may take. */
const MOST = 0.02;

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '10000' }, address: { type: 'string' }, record: { type: 'boolean', default: false } },
});
const steps = Number(values.steps);
const link = `#v=2&preset=first-fusion&task=sort&examples=16&probe=16&d=16&ff=32&heads=2&dkv=8&h=0.01&grow=${Math.round(steps / 5)}&steps=${steps}&predict=off&pace=max&adapter=wasm`;
const server = await servePage(values.address);
const browser = new KillableBrowser(prepare, ['--enable-blink-features=ForceEagerMeasureMemory']);

async function begun(): Promise<Page> {
  const page = await browser.page();
  await page.goto(server.address + link);
  await until(page, ({ phase }) => phase === 'ready');
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  return page;
}

const mega = (bytes: number): string => (bytes / 1e6).toFixed(2);
const printed = new Printed();
let good = true;
try {
  const page = await begun();
  const rows: { readonly memory: number }[] = [];
  let states = 0;
  printed.print('| step | states kept | memory of page and workers (MB) | the run in the store (MB) | storage in use (MB) |');
  printed.print('|---:|---:|---:|---:|---:|');
  for (let row = 1; row <= ROWS; row++) {
    for (;;) {
      const { step, phase } = await until(page, () => true);
      if (step >= (steps * row) / ROWS || phase === 'finished') break;
      await page.evaluate(command, { type: 'keep' } as const);
      states++;
      await page.waitForTimeout(OFTEN);
    }
    const { entries, present, used, step } = await until(page, ({ present: id }) => id !== null);
    const bytes = entries.find(({ id }) => id === present)?.bytes ?? 0;
    const held = await page.evaluate(memory);
    rows.push({ memory: held });
    printed.print(`| ${step} | ${states} | ${mega(held)} | ${mega(bytes)} | ${mega(used)} |`);
  }
  const grew = (rows.at(-1)?.memory ?? 0) - (rows[Math.floor(ROWS / 3)]?.memory ?? 0);
  good = grew < MAY_GROW;
  printed.paragraph(
    `From step ${Math.round((steps * (Math.floor(ROWS / 3) + 1)) / ROWS)} on memory grew by ${mega(grew)} MB; up to ${mega(MAY_GROW)} MB may be.`,
  );
  await page.close();

  const paced = await begun();
  const since = performance.now();
  const { took } = await until(paced, ({ phase }) => phase === 'finished', 600_000);
  const share = took / (performance.now() - since);
  good &&= share <= MOST;
  printed.paragraph(
    `Keeping took ${took.toFixed(0)} ms of ${((performance.now() - since) / 1000).toFixed(1)} s: ${(100 * share).toFixed(2)} %, of ${100 * MOST} % that it may.`,
  );
} finally {
  await browser.end();
  server.close();
}
if (values.record) printed.record('Many states, one after the other', commandOf('long-run'));
process.exit(good ? 0 : 1);
