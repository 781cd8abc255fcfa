import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

test('what we measured is one quiet link away, with seeds, spread and commands', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  await page.getByRole('contentinfo').getByRole('button', { name: 'What we measured' }).click();
  const dialog = page.getByRole('dialog', { name: 'What we measured' });
  for (const title of ['Fusing networks', 'Predicting training'])
    await expect(dialog.getByRole('heading', { name: title, level: 3 })).toBeVisible();
  const wins = dialog.getByRole('table').filter({ hasText: 'Small, alone' }).first();
  await expect(wins).toContainText('±');
  await expect(dialog).toContainText('npm run reproduce');
  await expect(dialog).toContainText('npm run validate-theory');
  await expect(dialog).not.toContainText('smoke test');
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(playground.errors).toEqual([]);
});

test('the tables scroll by themselves on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const playground = new Playground(page);
  await playground.open(QUICK);
  await page.getByRole('button', { name: 'What we measured' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'What we measured' });
  await expect(dialog.getByRole('table').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const box = await dialog.boundingBox();
  expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390).toBe(true);
});

test('verdicts first, a picture and a CSV a table, and every row opens its run (10.16)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  await page.getByRole('contentinfo').getByRole('button', { name: 'What we measured' }).click();
  const dialog = page.getByRole('dialog', { name: 'What we measured' });
  const contents = dialog.getByRole('navigation', { name: 'Contents' });
  await contents.getByRole('button', { name: 'Ways to grow, at equal steps' }).click();
  await expect(dialog.getByRole('heading', { name: 'Ways to grow, at equal steps' })).toBeInViewport();
  const picture = dialog.getByRole('figure', { name: /^Ways to grow/ });
  await expect(picture.locator('circle').first()).toBeVisible();
  const tables = await dialog.getByRole('table').count();
  expect(await dialog.getByRole('figure').count()).toBe(tables);
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download CSV' }).first().click();
  expect((await saved).suggestedFilename()).toBe('methods.csv');
  await expect(dialog.getByRole('link', { name: /Paper/ })).toHaveAttribute('href', 'https://arxiv.org/abs/2306.11903');
  await dialog.getByRole('link', { name: /^Open this run\s*: Net2Net/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/op=net2net/);
  await expect(page.getByText('widened by Net2Net after')).toBeVisible();
  expect(playground.errors).toEqual([]);
});
