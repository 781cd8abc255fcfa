/** A student, alone: from opening the page to telling a friend what happened. */
import { expect, test } from '@playwright/test';
import { Playground } from '../playground.ts';
import { photographer } from './photographer.ts';

test('a student opens the page, fuses, reads what happened, and sends it to a friend', async ({ page, context }) => {
  test.slow();
  const photo = photographer(page, 'student');
  const playground = new Playground(page);
  await playground.open();
  await expect(page.getByRole('heading', { name: /Train two small language models/ })).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText(/takes about .* here/);
  await photo('opened');

  // A word that is not known yet is asked for.
  const card = page.getByRole('region', { name: 'Chart' });
  await card.getByRole('button', { name: 'seed', exact: true }).hover();
  await expect(page.getByRole('tooltip')).toContainText('random draw');
  await page.mouse.move(5, 795);

  await playground.run.click();
  await playground.reaches(30);
  await photo('training');
  // Pointing at Fuse now shows what theory expects, before anything is fused.
  await playground.fuse.hover();
  await expect(page.locator('path[data-series="what-if"]').first()).toBeVisible();
  await photo('asked');
  await playground.fuse.click();
  // The training waits for the dashed curve, as long as that takes here.
  await expect(playground.status).toContainText('M loss', { timeout: 120_000 });
  await photo('fused');
  await playground.finishes();

  const said = page.getByRole('status', { name: 'What happened' });
  await expect(said).toContainText(/^M ended at loss \d/);
  await expect(said).toContainText(/flow was off by \d/);
  await photo('finished');
  await page.getByRole('tab', { name: 'Samples' }).click();
  await page.getByRole('region', { name: 'Samples' }).getByLabel('Try your own word').fill('cat');
  await page.keyboard.press('Enter');
  await photo('own word');

  // The friend sees the same experiment, the fusion by hand included, and gets the same loss.
  const curves = await playground.curves();
  await playground.share.click();
  await photo('share');
  const friend = new Playground(await context.newPage());
  await friend.open(new URL(page.url()).hash);
  await friend.run.click();
  await friend.finishes();
  expect((await friend.curves())['M']?.at(-1)).toEqual(curves['M']?.at(-1));
  expect([...playground.errors, ...friend.errors]).toEqual([]);
});
