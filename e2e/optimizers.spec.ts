/** Theory asks the optimizer: what the page says of each, and draws beside its run. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Playground } from './playground.ts';

const SMALL = '#v=2&task=sort&d=8&ff=16&heads=2&dkv=4&seed=3&pace=max&adapter=wasm';

async function ran(page: Page, link: string): Promise<{ playground: Playground; theory: Locator }> {
  const playground = new Playground(page);
  await playground.open(`${SMALL}&${link}`);
  await playground.run.click();
  await playground.finishes();
  await page.getByRole('tab', { name: 'Theory' }).click();
  return { playground, theory: page.getByRole('tabpanel', { name: 'Theory' }) };
}

/** A flow's cell of the table of errors: 0 off by, 1 trusted until, 2 gradients. */
const cell = (theory: Locator, flow: string, column: number): Locator => theory.locator(`tr[data-flow="${flow}"] td`).nth(column);

test('momentum is followed by a ball with mass, through the fusion', async ({ page }) => {
  const { playground, theory } = await ran(page, 'examples=16&opt=momentum&h=0.004&grow=30&steps=50');
  await expect(theory.getByRole('heading', { name: 'What momentum follows' })).toBeVisible();
  await expect(theory.getByText('μ = 0.38')).toBeVisible();
  await expect(theory.locator('[data-part="closer"]')).toContainText('× closer than the gradient flow is the modified flow');
  await expect(cell(theory, 'gradient-flow', 0)).not.toContainText('–');
  await expect(theory.getByRole('meter', { name: 'h times lambda max' })).toHaveAttribute('aria-valuemax', /^4\.9/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(playground.errors).toEqual([]);
});

test('Adam as usually set is not predicted, because …; its settings are in the Setup, and in the link', async ({ page }) => {
  const { playground, theory } = await ran(page, 'examples=16&opt=adam&h=0.0003&grow=off&steps=70');
  await expect(theory.getByRole('heading', { name: 'No prediction' })).toBeVisible();
  await expect(theory).toContainText('Not predicted for Adam, because β2 is 0.999 (the flow holds up to 0.95); ε is 1e-8');
  await expect(theory.getByRole('meter')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Setup' }).click();
  await page.getByRole('button', { name: /^Optimizer:/ }).click();
  for (const [label, value] of [
    ['β2', '0.95'],
    ['ε', '0.01'],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByLabel(label, { exact: true }).press('Enter');
  }
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/beta2=0\.95&eps=0\.01/);
  await page.getByRole('button', { name: 'Restart with changes' }).click();
  await page.getByRole('tab', { name: 'Theory' }).click();
  await expect(theory).toContainText('Drawn from step 60, when its averages have warmed up');
  await expect(cell(theory, 'sign-flow', 0)).not.toContainText('–');
  await expect(theory.getByRole('heading', { name: 'What Adam follows' })).toBeVisible();
  expect(playground.errors).toEqual([]);
});

test('mini-batches are compared with the mean of shuffled runs', async ({ page }) => {
  const { playground, theory } = await ran(page, 'examples=16&probe=16&batch=4&h=0.05&grow=12&steps=20');
  await expect(theory.getByRole('heading', { name: 'What mini-batches follow, in the mean' })).toBeVisible();
  await expect(theory).toContainText('the mean of 6 runs of other shufflings');
  // Six runs of 12 + 12 + 8 steps, four of which make a full batch.
  await expect(cell(theory, 'shuffled-runs', 2)).toContainText('48');
  await expect(page.locator('[data-series="spread"]').first()).toBeAttached();
  expect(playground.errors).toEqual([]);
});
