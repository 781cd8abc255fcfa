/**
 * Everything that opens, and every panel, in every window that the page is made for: reached by mouse, touch and
 * keyboard, as measured.
 */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';
import { expectNoBlankBelow, expectTabReaches, expectWithin, outOfReach, type Size, SIZES } from './sizes.ts';

/** Editors of the Setup tab. */
const EDITORS = [
  'Task',
  'Model',
  'Optimizer',
  'Step size',
  '… after growth',
  'Batch',
  'Seed',
  'Growth',
  'Length',
  'Prediction',
  'Baseline',
  'Pace',
  'Where',
];
/** Those with the most to go through by Tab. */
const LONG: readonly string[] = ['Model', 'Prediction', 'Operator'];
/**
 * Windows laid out as another one is: there the long way round by Tab, and a second way to the same editors, are left
 * out.
 */
const ALIKE: readonly string[] = ['1440×900', '1280×700', '768×1024'];

for (const size of SIZES) {
  test.describe(size.name, () => {
    // Without movement: what opens is measured where it stays.
    test.use({
      viewport: { width: size.width, height: size.height },
      hasTouch: size.touch === true,
      contextOptions: { reducedMotion: 'reduce' },
    });

    test(`nothing is out of reach at ${size.name} (10.7)`, async ({ page }) => {
      test.slow();
      const playground = new Playground(page);
      await playground.open(QUICK);
      await expectNoBlankBelow(page, 'first visit');
      await press(playground.run, size);
      await playground.finishes();
      await wheel(page, size);
      for (const name of ['Setup', 'Growth', 'Theory', 'Samples', 'Sharpness', 'Cost', 'Map', 'Runs', 'Log']) await panel(page, size, name);
      await popovers(page, size);
      await dialogs(page, size);
      await present(page, size);
      expect(playground.errors).toEqual([]);
    });
  });
}

async function press(control: Locator, { touch }: Size): Promise<void> {
  if (touch) await control.tap();
  else await control.click();
}

/** A wheel over the chart leaves bar and chart where they are. */
async function wheel(page: Page, { touch, narrow }: Size): Promise<void> {
  if (touch) return;
  const plot = page.locator('[data-part=plot]').first();
  // Beside the growth line.
  await plot.hover({ position: { x: 100, y: 100 } });
  await page.mouse.wheel(0, 3000);
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await expect(page.getByRole('banner')).toBeInViewport({ ratio: 1 });
  if (!narrow) await expect(plot).toBeInViewport({ ratio: 0.9 });
}

async function panel(page: Page, size: Size, name: string): Promise<void> {
  await press(page.getByRole('tab', { name: new RegExp(`^${name}`) }), size);
  const shown = page.getByRole('tabpanel', { name: new RegExp(`^${name}`) });
  await expect(shown).toBeVisible();
  expect(await outOfReach(shown), `panel ${name}`).toEqual([]);
  await page.evaluate(() => {
    for (const main of document.querySelectorAll('main')) main.scrollTop = main.scrollHeight;
  });
  await expectNoBlankBelow(page, `panel ${name}`);
}

async function popovers(page: Page, size: Size): Promise<void> {
  const opens = async (target: Locator, name: string): Promise<void> => {
    await target.scrollIntoViewIfNeeded();
    await press(target, size);
    const opened = page.getByRole('dialog').last();
    await expectWithin(page, opened, name);
    if (LONG.includes(name) && !ALIKE.includes(size.name)) await expectTabReaches(page, opened, name);
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  };
  await press(page.getByRole('tab', { name: 'Setup' }), size);
  const setup = page.getByRole('tabpanel', { name: 'Setup' });
  for (const name of EDITORS) await opens(setup.getByRole('button', { name: new RegExp(`^${name}:`) }), name);
  const sentence = page.locator('p', { hasText: /^Learn to/ });
  // Values open their editor; words that are only explained have no dialog.
  const values = await sentence.locator('button[aria-haspopup=dialog]').all();
  expect(values.length, 'values of the sentence').toBeGreaterThan(3);
  for (const target of ALIKE.includes(size.name) ? values.slice(0, 1) : values)
    await opens(target, `sentence: ${await target.textContent()}`);
  await press(page.getByRole('tab', { name: 'Growth' }), size);
  const growth = page.getByRole('tabpanel', { name: 'Growth' });
  for (const name of ['Operator', 'Off-diagonal', 'Norm'])
    await opens(growth.getByRole('button', { name: new RegExp(`^${name}: `) }), name);
  for (const target of await page.locator('[data-part=stage], [data-part=add-stage]').all())
    await opens(target, `plan: ${await target.getAttribute('aria-label')}`);
}

async function dialogs(page: Page, size: Size): Promise<void> {
  const more = page.getByRole('button', { name: 'More', exact: true });
  if (size.narrow) {
    await press(more, size);
    await expectWithin(page, page.getByRole('menu'), 'More');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
  }
  const opens = async (open: () => Promise<void>, name: string): Promise<void> => {
    await open();
    const opened = page.getByRole('dialog', { name });
    await expectWithin(page, opened, name);
    if (!ALIKE.includes(size.name)) await expectTabReaches(page, opened, name);
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  };
  const fromMenu = (name: string) => async (): Promise<void> => {
    await press(more, size);
    await press(page.getByRole('menuitem', { name }), size);
  };
  const button = (name: string) => (): Promise<void> => press(page.getByRole('button', { name, exact: true }).first(), size);
  await opens(size.touch ? fromMenu('Share') : button('Share'), 'Share this experiment');
  await opens(size.narrow ? fromMenu('Keyboard') : button('Keyboard shortcuts'), 'Keyboard');
  await opens(async () => {
    const link = page.getByRole('button', { name: 'What we measured' }).last();
    await link.scrollIntoViewIfNeeded();
    await press(link, size);
    await expect(page.getByRole('dialog').getByRole('table').first()).toBeVisible();
  }, 'What we measured');
}

async function present(page: Page, size: Size): Promise<void> {
  if (size.narrow) {
    await press(page.getByRole('button', { name: 'More', exact: true }), size);
    await press(page.getByRole('menuitem', { name: 'Present' }), size);
  } else await press(page.getByRole('button', { name: 'Present', exact: true }), size);
  const leave = page.getByRole('button', { name: 'Leave presenting' });
  await expect(leave).toBeInViewport({ ratio: 1 });
  expect(await outOfReach(page.locator('#root')), 'Present').toEqual([]);
  await expectNoBlankBelow(page, 'Present');
  await press(leave, size);
  await expect(leave).toBeHidden();
}
