/**
 * `npm run quota`: the built page in a Chromium that gives it 5 MB. Small runs are kept until little of it is left, one
 * of them starred; then a run is trained whose states do not fit. It must train to its end with the bits of one that
 * had room; the page must say what is full and offer what to delete, the oldest first and starred runs last; and once
 * that is deleted the run must be kept.
 *
 *   npm run quota -- [--address http://localhost:5173/] [--record]
 */
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { say } from '../../src/app/text/en/runs/kept.ts';
import { KillableBrowser } from './killable-browser.ts';
import { command, outcome, prepare } from './listening.ts';
import { servePage } from './page.ts';
import { commandOf, Printed } from './record.ts';
import { same, until } from './waiting.ts';

const QUOTA = 5_000_000;
const base = '#v=2&preset=first-fusion&examples=32&probe=32&predict=off&pace=max&adapter=wasm';
const SMALL = `${base}&d=16&ff=32&heads=2&dkv=8&h=0.01&grow=6&steps=12`;
const LARGE = `${base}&d=16&ff=32&heads=2&dkv=8&grow=6&steps=30&opt=adam&h=0.001`;

const { values } = parseArgs({ options: { address: { type: 'string' }, record: { type: 'boolean', default: false } } });
const server = await servePage(values.address);
const browser = new KillableBrowser(prepare);
const printed = new Printed();
const failed: string[] = [];
const check = (what: string, holds: boolean): void => {
  printed.print(`- ${holds ? 'yes' : '**no**'}: ${what}`);
  if (!holds) failed.push(what);
};

/** Trains what a link says to its end. */
async function train(page: Page, link: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(server.address + link);
  await until(page, ({ phase }) => phase === 'ready');
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await until(page, ({ phase }) => phase === 'finished');
}

try {
  const page = await browser.page();
  await train(page, LARGE);
  const expected = await page.evaluate(outcome);
  const {
    entries: [whole],
  } = await until(page, ({ entries }) => entries[0]?.state === 'finished');
  await page.evaluate(command, { type: 'kept', request: { do: 'clear', ids: [] } } as const);
  printed.print(`A run that takes ${((whole?.bytes ?? 0) / 1e6).toFixed(1)} MB, in a store of ${QUOTA / 1e6} MB:`);
  printed.print('');
  await browser.end();

  const small = await browser.page();
  await small.goto(server.address);
  const session = await small.context().newCDPSession(small);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.address).origin, quotaSize: QUOTA });
  for (let seed = 1; ; seed++) {
    await train(small, `${SMALL}&seed=${seed}`);
    const { entries, used } = await until(small, ({ entries: told, present }) =>
      told.some(({ id, state }) => id === present && state === 'finished'),
    );
    const [oldest] = entries.toSorted((a, b) => a.changed - b.changed);
    if (seed === 1 && oldest)
      await small.evaluate(command, { type: 'kept', request: { do: 'change', id: oldest.id, change: { starred: true } } } as const);
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    console.log(`  ${entries.length} small runs of ${(bytes / 1e6).toFixed(2)} MB, ${(used / 1e6).toFixed(2)} MB in use`);
    // Half of the large one has no room. What is in use is less than the bytes of the runs: the browser packs them.
    if (used > QUOTA - (whole?.bytes ?? 0) / 2) break;
  }
  const before = (await until(small, ({ entries }) => entries.some(({ starred }) => starred))).entries;
  await train(small, LARGE);
  check('the run is trained to its end, with every bit of one that had room', same(await small.evaluate(outcome), expected));
  const { problem, free, entries } = await until(small, ({ problem }) => problem !== null);
  check(`what is told is that there is no room (${problem})`, problem === 'full');
  const order = before.toSorted((a, b) => Number(a.starred) - Number(b.starred) || a.changed - b.changed).map(({ id }) => id);
  check(
    `${free.length} of ${before.length} runs are offered, the oldest first, starred ones last`,
    free.length > 0 && same(free, order.slice(0, free.length)),
  );
  check(
    'what was kept before is kept still',
    before.every(({ id }) => entries.some((entry) => entry.id === id)),
  );
  const button = small.getByRole('button', { name: say.deleteThem(free.length), exact: true });
  const seen = button.waitFor().then(
    () => true,
    () => false,
  );
  check('the page says so, and offers to delete them', await seen);
  await button.click();
  const after = await until(
    small,
    ({ problem, present, entries: told }) => problem === null && told.some(({ id, state }) => id === present && state === 'finished'),
  );
  check('once they are deleted the run is kept', after.entries.length === before.length - free.length + 1);
} finally {
  await browser.end();
  server.close();
}
printed.paragraph(failed.length === 0 ? 'All of it holds.' : `${failed.length} of it do not hold.`);
if (values.record) printed.record('A full store', commandOf('quota'));
process.exit(failed.length === 0 ? 0 : 1);
