/** Back and Forward, through presets and settings. */
import { expect, test } from '@playwright/test';
import { Playground, QUICK, WATCHED } from './playground.ts';

test('choosing a preset and a setting makes steps that Back undoes and Forward repeats (10.15)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  const preset = page.getByRole('combobox', { name: 'Preset' });
  const first = page.url();
  const seed = page.getByRole('button', { name: /^Seed:/ });
  const choose = async (value: string): Promise<void> => {
    await seed.click();
    const field = page.getByRole('textbox', { name: 'Seed' });
    await field.fill(value);
    await field.press('Enter');
    await page.keyboard.press('Escape');
    await expect(seed).toContainText(value);
  };
  await choose('21');
  await choose('22');
  await preset.selectOption('see-the-theory');
  await expect(page).toHaveURL(/preset=see-the-theory/);
  await page.goBack();
  await expect(page).toHaveURL(/seed=22/);
  await expect(preset).toHaveValue('first-fusion');
  await expect(seed).toContainText('22');
  await page.goBack();
  await expect(seed).toContainText('21');
  await page.goBack();
  expect(page.url()).toBe(first);
  await expect(seed).not.toContainText('21');
  await page.goForward();
  await expect(seed).toContainText('21');
  // What is on the screen is what is trained.
  await playground.run.click();
  await playground.finishes();
  await expect(page).toHaveURL(/seed=21/);
  expect(playground.errors).toEqual([]);
});

test('Back in mid-run takes back the change that waits, and the run goes on (10.15)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(WATCHED.replace('grow=60&steps=80', 'grow=1000&steps=2000').replace('pace=10', 'pace=4'));
  await playground.run.click();
  await playground.reaches(3);
  const seed = page.getByRole('button', { name: /^Seed:/ });
  await page.getByRole('tab', { name: 'Setup' }).click();
  const before = (await seed.textContent()) ?? '';
  await seed.click();
  // It looks as the page has it, and not as the library does that it is made with.
  await expect(page.getByRole('dialog', { name: 'Seed' })).toHaveCSS('padding', '16px');
  const field = page.getByRole('textbox', { name: 'Seed' });
  await field.fill('77');
  await field.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Restart with changes' })).toBeVisible();
  const at = await playground.stepNumber();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Restart with changes' })).toBeHidden();
  await expect(seed).toHaveText(before);
  await playground.reaches(at + 3);
  expect(playground.errors).toEqual([]);
});

test('an arrow key held on the growth line is one step of the history (10.15)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  const entries = (): Promise<number> => page.evaluate(() => history.length);
  const before = await entries();
  await playground.growthStep.focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  await expect(playground.growthStep).toHaveAttribute('aria-valuenow', '28');
  await expect(page).toHaveURL(/grow=28/);
  expect(await entries()).toBe(before + 1);
  await page.goBack();
  await expect(playground.growthStep).toHaveAttribute('aria-valuenow', '20');
  expect(playground.errors).toEqual([]);
});

test('a link that is typed or followed opens as a link (10.15)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  await page.evaluate(() => (location.hash = '#preset=first-fusion&colour=red&adapter=wasm'));
  await expect(page.getByRole('alert')).toContainText('colour');
  await page.goBack();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(playground.growthStep).toHaveAttribute('aria-valuenow', '20');
  expect(playground.errors).toEqual([]);
});
