/** The chart as a figure: on paper, and with losses of a few hundred-thousandths. */
import { expect, test } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

/** CSS pixels of a page within its margins of 12 mm. */
const PAPER = { A4: [703, 1032], Letter: [725, 965] } as const;

for (const [name, [width, height]] of Object.entries(PAPER)) {
  test(`on ${name}, chart and panels are whole (10.25)`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    const playground = new Playground(page);
    await playground.open(`${QUICK}&baseline=scratch`);
    await playground.run.click();
    await playground.finishes();
    await page.getByRole('tab', { name: 'Samples' }).click();
    await expect(page.getByRole('region', { name: 'Samples' }).getByRole('row').nth(4)).toBeVisible();
    const pdf = (await page.pdf({ format: name as keyof typeof PAPER, printBackground: true })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages, 'pages').toBeGreaterThan(0);
    expect(pages, 'pages').toBeLessThanOrEqual(3);

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width, height });
    const chart = page.getByRole('region', { name: 'Chart' });
    const card = await chart.boundingBox();
    expect(card?.height, 'the chart fits on one page').toBeLessThan(height);
    const cut = await page.evaluate(() => {
      const lost: string[] = [];
      const right = document.documentElement.clientWidth;
      // Curves, ticks and words of both charts, and everything in the panels.
      for (const element of document.querySelectorAll('main svg path[data-series], main svg text, main td, main p, main canvas')) {
        if (element.closest('.visually-hidden')) continue;
        const box = element.getBoundingClientRect();
        if (box.left < -1 || box.right > right + 1) lost.push(`${element.tagName} ${element.textContent} beside the page`);
        for (let above = element.parentElement; above; above = above.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(above);
          if (above instanceof SVGElement || (overflowX === 'visible' && overflowY === 'visible')) continue;
          const frame = above.getBoundingClientRect();
          if (box.bottom > frame.bottom + 1 || box.right > frame.right + 1)
            lost.push(`${element.tagName} ${element.textContent} cut by ${above.className}`);
        }
      }
      return lost;
    });
    expect(cut).toEqual([]);
    expect(await page.locator('path[data-series=fused]').count()).toBeGreaterThan(0);
    // Ink on white, whatever the screen is.
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(18, 22, 29)');
    // The screen's layout is the one before.
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(page.getByRole('tablist', { name: 'Inspector' })).toBeVisible();
    expect(playground.errors).toEqual([]);
  });
}

test('ticks of a ten-thousandth stay inside the card, and small losses have figures (10.25)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(
    QUICK.replace('examples=16', 'examples=1').replace('h=0.05&grow=20&steps=40', 'opt=adam&h=0.03&grow=off&steps=300'),
  );
  await playground.run.click();
  await playground.finishes();
  const { A = [] } = await playground.curves();
  expect(A.at(-1)?.[1], 'the run gets low enough for this test').toBeLessThan(0.001);
  const card = await page.getByRole('region', { name: 'Chart' }).boundingBox();
  const figure = page.getByRole('figure', { name: /Loss of every network/ });
  const ticks = figure.locator('.recharts-cartesian-axis-tick-label text');
  await expect(ticks.filter({ hasText: /^[13]e-4$/ }).first()).toBeVisible();
  for (const tick of await ticks.all()) expect((await tick.boundingBox())?.x ?? 0).toBeGreaterThanOrEqual((card?.x ?? 0) + 1);
  const words = await figure.locator('svg text').allTextContents();
  expect(words.filter((text) => /\b0\.000\b/.test(text))).toEqual([]);
  expect(words.some((text) => /^A \d\.\de-[45]$/.test(text))).toBe(true);
  await expect(playground.status).toContainText(/A loss \d\.\de-[45]/);
  expect(playground.errors).toEqual([]);
});
