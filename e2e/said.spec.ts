/** The page's answers: samples, one's own word, the sentence at the end of a run, words that can be asked. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Playground, QUICK, WATCHED } from './playground.ts';

test('a word of one’s own is read by the networks as they are, and what they do not know is told (10.14)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  await playground.run.click();
  await playground.finishes();
  await page.getByRole('tab', { name: 'Samples' }).click();
  const samples = page.getByRole('region', { name: 'Samples' });
  const field = samples.getByLabel('Try your own word');
  await field.fill('fade');
  await field.press('Enter');
  const own = samples.getByRole('row').filter({ has: page.getByLabel('Try your own word') });
  await expect(own).toContainText('adef');
  await expect(own).toContainText(/exact|error/);
  // Keys are letters here, not commands.
  await field.fill('be!');
  await samples.getByRole('button', { name: 'Try' }).click();
  await expect(samples.getByRole('status')).toContainText('“!” as an unknown letter');
  await field.fill('abcdefabc');
  await field.press('Enter');
  await expect(samples.getByRole('status')).toContainText('at most 5');
  expect(playground.errors).toEqual([]);
});

test('pronounced words are everyday ones, with a key to the sounds (10.14, 10.11)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open('#v=1&preset=first-fusion&predict=off&pace=max&adapter=wasm');
  await playground.run.click();
  await playground.reaches(30);
  await page.getByRole('tab', { name: 'Samples' }).click();
  const samples = page.getByRole('region', { name: 'Samples' });
  await expect(samples.getByRole('row')).toHaveCount(6, { timeout: 30_000 });
  await samples.getByRole('button', { name: 'key to the sounds' }).click();
  const key = page.getByRole('dialog', { name: 'Key to the sounds' });
  await expect(key).toContainText('AE');
  await expect(key).toContainText('seizure');
  expect(playground.errors).toEqual([]);
});

test('at the end one sentence says what happened, and two links what to try next (10.8)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${QUICK}&baseline=scratch`);
  const said = page.getByRole('status', { name: 'What happened' });
  await expect(said).toHaveText('');
  await playground.run.click();
  await playground.finishes();
  await expect(said).toContainText(/^M ended at loss \d.*after A and B had reached .* from scratch/);
  const next = page.locator('[data-part="conclusion"]').getByRole('link');
  await expect(next).toHaveCount(2);
  // It stands beside the chart, not over it.
  const [text, plot] = await Promise.all([said.boundingBox(), page.locator('figure svg').first().boundingBox()]);
  expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual(plot?.y ?? 0);
  const { violations } = await new AxeBuilder({ page }).include('[data-part="conclusion"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await next.last().click();
  await expect(said).toHaveText('');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(playground.errors).toEqual([]);
});

test('words of the sentence and of the chart are explained by pointer, tap and keyboard, and look as if they could be asked (10.11)', async ({
  browser,
}) => {
  const context = await browser.newContext({ hasTouch: true, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const playground = new Playground(page);
  await playground.open('#v=1&preset=first-fusion&pace=max&adapter=wasm');
  const tooltip = page.getByRole('tooltip');
  const card = page.getByRole('region', { name: 'Chart' });
  const word = (name: string) => card.getByRole('button', { name, exact: true });
  await playground.run.tap();
  await playground.finishes();
  // By finger, before there is a mouse.
  await word('64 training words').tap();
  await expect(tooltip).toContainText('the words that the networks are trained on');
  // The explanation names the flows that are drawn: a slow machine draws them after the run.
  await expect(page.locator('figure text', { hasText: /^gradient flow/ })).toHaveCount(1, { timeout: 90_000 });
  await word('predicted').tap();
  await expect(tooltip).toContainText('Gradient flow');
  await expect(tooltip).toContainText('Modified flow');
  // By keyboard.
  await word('Loss').focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(tooltip).toContainText('−ln p');
  await word('Loss').blur();
  // The words at the curves as well.
  const label = page.locator('figure text', { hasText: /^modified flow/ });
  await label.tap();
  await expect(tooltip).toContainText('first order');
  // By mouse; the chart goes on being read.
  await label.hover();
  await expect(tooltip).toContainText('first order');
  await expect(page.locator('[data-part="readout"]')).toContainText(/Step \d/);
  await page.mouse.move(5, 795);
  await expect(tooltip).toHaveCount(0);
  for (const [name, says] of [
    ['step size', 'slope of the loss'],
    ['seed', 'random draw'],
    ['fused', 'side by side'],
  ] as const) {
    await expect(word(name)).toHaveCSS('text-decoration-line', 'underline');
    await word(name).hover();
    await expect(tooltip).toContainText(says);
    await page.mouse.move(5, 795);
    await expect(tooltip).toHaveCount(0);
  }
  // What opens an editor says what it is while it is pointed at, and in the editor.
  await card.getByText('1.2 / λ').hover();
  await expect(tooltip).toContainText('c divided by the sharpness λ');
  await page.mouse.move(5, 795);
  await word('2 small T5s').click();
  await expect(page.getByRole('dialog')).toContainText('an encoder reads, a decoder writes');
  await page.keyboard.press('Escape');
  expect(playground.errors).toEqual([]);
  await context.close();
});

test('says how long a run takes here before it starts, and how long it still takes while it trains (10.13)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(WATCHED);
  const status = page.getByRole('contentinfo');
  // 80 steps at ten a second, and what the device needs beyond that for a step before which the sharpness is looked at.
  const takes = /takes about (\d+) seconds here/;
  await expect(status).toContainText(takes);
  expect(Number(takes.exec((await status.textContent()) ?? '')?.[1])).toBeGreaterThanOrEqual(8);
  await expect(page.getByRole('radiogroup', { name: 'Start from' })).toContainText(/Takes about \d+ (seconds?|minutes?|hours?) here\./);
  await playground.run.click();
  await expect(status).toContainText(/about \d seconds? left/);
  await playground.finishes();
  await expect(status).not.toContainText('left');
  expect(playground.errors).toEqual([]);
});
