import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

const LINK = QUICK.replace('predict=', 'predict=gradient-flow,modified-flow&from=0').replace('h=0.05', 'h=0.02');

/** A finished run with the Theory tab open. */
async function theoryOf(page: Page, link = LINK): Promise<{ playground: Playground; tab: Locator; after: Locator }> {
  const playground = new Playground(page);
  await playground.open(link);
  await playground.run.click();
  await playground.finishes();
  await page.getByRole('tab', { name: 'Theory' }).click();
  return {
    playground,
    tab: page.getByRole('tabpanel', { name: 'Theory' }),
    after: page.getByRole('slider', { name: 'Step size after growth', exact: true }),
  };
}

/** The path of a curve after a key on the slider and two frames. */
function pathAfter(slider: Locator, kind: string, key: string): Promise<string | null> {
  return slider.evaluate(
    async (thumb, { kind, key }) => {
      const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      (thumb as HTMLElement).focus();
      thumb.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: true, bubbles: true }));
      await frame();
      await frame();
      return document.querySelector(`path[data-series="${kind}"]`)?.getAttribute('d') ?? null;
    },
    { kind, key },
  );
}

test('the step size after growth moves the instant curves with it, each in its window, at a cost that is said', async ({ page }) => {
  const { playground, tab, after } = await theoryOf(page);
  const instant = tab.getByRole('region', { name: 'Instant answer' });
  // One gradient, and ten exact products for one and a half each.
  await expect(instant).toContainText('16 gradients');
  await expect(page.locator('path[data-series="spectral"]')).toHaveCount(0);
  for (const kind of ['spectral', 'instant']) {
    const first = await pathAfter(after, kind, 'ArrowRight');
    const second = await pathAfter(after, kind, 'ArrowRight');
    expect(first, kind).toBeTruthy();
    expect(second, kind).toBeTruthy();
    expect(second, kind).not.toBe(first);
  }
  await expect(instant).toContainText('Gradients spent, once');
  await expect(instant).toContainText(/until step \d+/);
  // The spectrum ends in its window, and what lies beyond is hatched.
  await page.keyboard.press('End');
  await expect(instant).toContainText('past hλ = 2');
  await expect(page.locator('[data-part="window"][data-series="spectral"]')).toHaveCount(1);
  // What was asked leaves no trace.
  await page.keyboard.press('Escape');
  await expect(page.locator('path[data-series="spectral"]')).toHaveCount(0);
  await expect(page.locator('[data-part="window"]')).toHaveCount(0);
  expect(playground.errors).toEqual([]);
});

test('growth as one flow has numbers in its window and none outside it', async ({ page }) => {
  const { playground, tab, after } = await theoryOf(page);
  const card = tab.getByRole('region', { name: 'Growth as one flow' });
  await expect(card).toContainText('Effect on the loss');
  await expect(card).toContainText(/\d steps? on either side/);
  await expect(card).toContainText(/A [\d.]+, B [\d.]+ → M [\d.]+ at the growth/);
  await expect(card.getByRole('row', { name: /^With bracket/ })).toBeVisible();
  await expect(card).toContainText('closer');
  // Where it comes from stands on the card (10.31).
  const instant = tab.getByRole('region', { name: 'Instant answer' });
  await expect(card.getByRole('link', { name: 'Dherin 2023' })).toHaveAttribute('href', 'https://arxiv.org/abs/2311.00235');
  await expect(instant.getByRole('link', { name: 'Schraudolph 2002' })).toHaveAttribute('href', /doi\.org/);
  await after.focus();
  await page.keyboard.press('End');
  await expect(card).toContainText('Outside its window: n·h·λ is');
  await expect(card).not.toContainText('Effect on the loss');
  await page.keyboard.press('Escape');
  await expect(card).toContainText('Effect on the loss');
  expect(playground.errors).toEqual([]);
});

test('the tab says with its own numbers why larger is not faster, and how far run and flow are apart', async ({ page }) => {
  const { playground, tab, after } = await theoryOf(page);
  const faster = tab.getByRole('region', { name: 'Not the same curve, faster' });
  await expect(faster).toContainText('(twice)');
  await after.focus();
  await page.keyboard.press('End');
  await expect(faster).toContainText('0.50 (asked)');
  await expect(faster).toContainText('leaps farther out');
  const diagnostics = tab.getByRole('region', { name: 'Diagnostics' });
  for (const words of ['‖∇L‖', 'Flatness share', 'of the drop so far', '‖θ_run − θ_flow‖, modified flow'])
    await expect(diagnostics).toContainText(words, { timeout: 60_000 });
  const { violations } = await new AxeBuilder({ page }).include('[data-tab="theory"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  expect(playground.errors).toEqual([]);
});

test('a link asks for spectrum and composite, which are drawn from the growth on', async ({ page }) => {
  const { playground } = await theoryOf(page, QUICK.replace('predict=', 'predict=composite,spectral').replace('h=0.05', 'h=0.02'));
  for (const kind of ['spectral', 'composite', 'plain-composite']) await expect(page.locator(`path[data-series="${kind}"]`)).toHaveCount(1);
  await expect(page.locator('[data-part="window"][data-series="spectral"]')).toHaveCount(0);
  expect(playground.errors).toEqual([]);
});

test('the ladder shows what is integrated, by which power of h it is off, and how that is here (10.27)', async ({ page }) => {
  const { playground, tab } = await theoryOf(page, LINK.replace('modified-flow&', 'modified-flow,modified-flow-exact,third-order-flow&'));
  const ladder = tab.getByRole('region', { name: 'What gradient descent follows' });
  const rungs = ladder.getByRole('listitem');
  await expect(rungs).toHaveCount(4);
  for (const [i, formula] of [/minus g$/, /H g$/, /gradient of L at theta$/, /over six$/].entries())
    await expect(rungs.nth(i).getByRole('math', { name: formula })).toBeVisible();
  await expect(rungs.getByText('drawn here')).toHaveCount(4);
  await expect(rungs.nth(3)).toContainText('a sixteenth of the error');
  await expect(ladder.getByRole('link', { name: 'Barrett & Dherin 2021' })).toHaveAttribute('href', 'https://arxiv.org/abs/2009.11162');
  await ladder.getByRole('button', { name: 'Measure it here, by halving h' }).click();
  const row = ladder.getByRole('row', { name: /^Gradient flow/ });
  await expect(row).toContainText('should ÷ 4');
  await expect(row.getByRole('cell').nth(1)).toContainText(/÷ [34]\.\d/);
  // The table of errors has the same rungs, with the one rule of trust beside them.
  const off = tab.getByRole('region', { name: 'How far theory is off' });
  for (const flow of ['gradient-flow', 'modified-flow', 'modified-flow-exact', 'third-order-flow'])
    await expect(off.locator(`tr[data-flow="${flow}"] td`).nth(1)).toHaveText(/^(\d+|its end)$/);
  await expect(off.locator('[data-part="trusted"]')).toContainText('for 10 steps in a row');
  expect(playground.errors).toEqual([]);
});

test('how many times closer on this seed never stands alone: median and range over the measured seeds stand beside it (10.4)', async ({
  page,
}) => {
  const { playground, tab } = await theoryOf(page, '#v=1&preset=see-the-theory&seed=4&pace=max&adapter=wasm');
  const closer = tab.locator('[data-part="closer"]');
  await expect(closer).toContainText(/× closer than the gradient flow is the modified flow on this seed\./, { timeout: 60_000 });
  await expect(closer).toContainText(/Over the \d+ seeds of this setting that were measured: median [\d.]+ ×, from [\d.]+ to \d+ ×/);
  expect(playground.errors).toEqual([]);
});
