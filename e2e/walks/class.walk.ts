/** What a class asks of a page: thirty links one after the other, and a text with four figures in it. */
import { expect, test } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Playground, QUICK } from '../playground.ts';

const FOUND = new URL('../../node_modules/.cache/deep-fusion/walks/', import.meta.url);
const LINKS = 30;
/** Figures of a text, each another run. */
const FIGURES = [1, 2, 3, 4].map((seed) => `${QUICK.replace('pace=max', 'pace=20')}&seed=${seed}&view=chart`);
/** Milliseconds for which frames are counted. */
const WATCHED = 5000;

function keep(name: string, found: unknown): void {
  mkdirSync(FOUND, { recursive: true });
  writeFileSync(new URL(`${name}.json`, FOUND), JSON.stringify(found, null, 1));
}

test('thirty links one after the other leave nothing behind', async ({ page }) => {
  const playground = new Playground(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  /** After the garbage is gone. */
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { megabytes: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners'), workers: page.workers().length };
  };
  await playground.open(QUICK);
  const found: (Awaited<ReturnType<typeof used>> & { link: number })[] = [];
  for (let link = 1; link <= LINKS; link++) {
    // As when a link is opened in the same tab; its run begins at once, and goes to its end.
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `${QUICK}&seed=${link}&run=1`);
    await expect(page.getByRole('button', { name: `seed ${link}`, exact: true })).toBeVisible();
    await playground.finishes();
    if (link % 5 === 0) found.push({ link, ...(await used()) });
  }
  keep('thirty-links', found);
  const [, early] = found;
  const late = found.at(-1);
  if (!early || !late) throw new Error('too few were measured');
  expect(late.workers).toBe(early.workers);
  // Twenty more links: neither elements nor their listeners. The page keeps the curves of its runs, to compare them.
  expect(late.nodes).toBeLessThan(early.nodes * 1.1);
  expect(late.listeners).toBeLessThan(early.listeners * 1.1);
  expect(late.megabytes).toBeLessThan(early.megabytes * 1.1);
  expect(playground.errors).toEqual([]);
});

test('a text with four figures stays fluid while one of them trains', async ({ page, baseURL }) => {
  await page.goto('./lessons/index.html');
  await page.evaluate((figures) => {
    const script = document.createElement('script');
    script.src = '../embed.js';
    document.body.append(script);
    for (const hash of figures) {
      const frame = document.createElement('iframe');
      Object.assign(frame, { src: `../index.html${hash}`, title: 'figure', width: '600', height: '480' });
      document.body.append(frame);
    }
  }, FIGURES);
  const frames = page.locator('iframe[title=figure]');
  await expect(frames).toHaveCount(FIGURES.length);
  for (let i = 0; i < FIGURES.length; i++) await frames.nth(i).contentFrame().getByRole('button', { name: 'Run', exact: true }).waitFor();
  /** Frames drawn in a while, the longest gap between two, and the longest task of the thread that all five share. */
  const watched = (): Promise<{ frames: number; longestGap: number; longestTask: number }> =>
    page.evaluate(
      (until) =>
        new Promise((resolve) => {
          const seen = { frames: 0, longestGap: 0, longestTask: 0 };
          new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) seen.longestTask = Math.max(seen.longestTask, duration);
          }).observe({ entryTypes: ['longtask'] });
          const began = performance.now();
          let before = began;
          const next = (now: number): void => {
            seen.frames++;
            seen.longestGap = Math.max(seen.longestGap, now - before);
            before = now;
            if (now - began < until) requestAnimationFrame(next);
            else resolve(seen);
          };
          requestAnimationFrame(next);
        }),
      WATCHED,
    );
  const still = await watched();
  await frames.first().scrollIntoViewIfNeeded();
  await frames.first().contentFrame().getByRole('button', { name: 'Run', exact: true }).click();
  const training = await watched();
  keep('four-figures', { baseURL, seconds: WATCHED / 1000, still, training });
  expect(training.frames).toBeGreaterThan(0);
});
