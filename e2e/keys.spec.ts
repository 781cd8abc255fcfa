/** Space and F do what they say wherever a click has left the focus; what Tab reached keeps its own keys. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { LONG, Playground } from './playground.ts';

test('after a click on Reset, a tab or the preset, Space runs and pauses (10.10)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(LONG);
  await playground.reset.click();
  await expect(playground.status).toContainText('Ready');
  await page.keyboard.press('Space');
  await expect(playground.status).toContainText('Training');
  for (const name of ['Theory', 'Setup']) {
    await page.getByRole('tab', { name }).click();
    await page.keyboard.press('Space');
    await expect(playground.status).toContainText('Paused');
    await page.keyboard.press('Space');
    await expect(playground.status).toContainText('Training');
  }
  // A part of the plan, closed again, has the focus and a press of its own for the space bar.
  await page.locator('[data-part=stage]').first().click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Space');
  await expect(playground.status).toContainText('Paused');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('combobox', { name: 'Preset' }).focus();
  await page.keyboard.press('Space');
  await expect(playground.status).toContainText('Training');
  expect(playground.errors).toEqual([]);
});

test('a control that Tab reached has the space bar for itself, and a text field every key (10.10)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(LONG);
  await playground.run.click();
  await playground.reaches(2);
  await playground.pause.focus();
  // From Pause on to Fuse now and Step by Tab.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(playground.step).toBeFocused();
  await page.keyboard.press('Space');
  await expect(playground.status).toContainText('Paused');
  const held = await playground.stepNumber();
  await page.keyboard.press('Space');
  await expect.poll(() => playground.stepNumber()).toBe(held + 1);
  await expect(playground.status).toContainText('Paused');
  // In a text field letters are letters.
  await page.getByRole('tab', { name: 'Setup' }).click();
  await page.getByRole('button', { name: /^Seed:/ }).click();
  await page.getByRole('textbox', { name: 'Seed' }).press('f');
  await expect(playground.status).toContainText('A loss');
  expect(playground.errors).toEqual([]);
});

test('F fuses wherever the focus is, and while paused it does not train (10.10)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(LONG);
  await playground.run.click();
  await playground.reaches(3);
  await playground.pause.click();
  await expect(playground.status).toContainText('Paused');
  const held = await playground.stepNumber();
  await page.getByRole('tab', { name: 'Theory' }).click();
  await page.keyboard.press('f');
  await expect(playground.status).toContainText('M loss');
  await expect(playground.status).toContainText(`Paused. Step ${held}`);
  const { M = [] } = await playground.curves();
  expect(M.map(([step]) => step)).toEqual([held]);
  await page.keyboard.press('Space');
  await playground.reaches(held + 3);
  expect(playground.errors).toEqual([]);
});

test('arrow keys move within the transport, and zoom the chart (10.10)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(LONG);
  await expect(page.getByRole('toolbar', { name: 'Transport' })).toBeVisible();
  await playground.reset.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(playground.step).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(playground.run).toBeFocused();
  await playground.run.click();
  await playground.reaches(5);
  await page.getByRole('figure', { name: /Loss of every network/ }).focus();
  await page.keyboard.press('+');
  const plot = page.locator('[data-part=plot]').first();
  await expect.poll(async () => Number((await plot.getAttribute('data-domain'))?.split(' ')[1])).toBeLessThan(1500);
  await page.keyboard.press('-');
  await expect(plot).toHaveAttribute('data-domain', '0 2000');
  // What was zoomed into is another run's no more once another preset is chosen.
  await page.keyboard.press('+');
  await expect(page.getByRole('button', { name: 'Whole run' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption({ index: 1 });
  await expect(page.getByRole('button', { name: 'Whole run' })).toBeHidden();
  expect(playground.errors).toEqual([]);
});

test('a lesson is played by keys alone: it tells a wrong answer from a right one, and a drawn curve gets its score card', async ({
  page,
}) => {
  test.slow();
  const playground = new Playground(page);
  await playground.open('#lesson=bigger-steps');
  const lesson = page.getByRole('complementary');
  const act = lesson.locator('[data-part="act"]');
  const next = lesson.locator('[data-part="next"]');
  const verdict = lesson.locator('[data-right]');
  const clean = async (): Promise<void> => expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  // Nothing is read and clicked away.
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  await act.press('Enter');
  await expect(next).toHaveAttribute('aria-disabled', 'false', { timeout: 60_000 });
  await next.press('Enter');
  await expect(page).toHaveURL(/lesson=bigger-steps:2/);

  // Asked before it is shown; said wrongly, then rightly.
  await expect(page.locator('text[role=img]')).toBeVisible();
  await expect(act).toHaveAttribute('aria-disabled', 'true');
  await clean();
  // Arrows go on from the first answer, which Tab comes to.
  for (const [said, downs, right] of [
    ['higher', 2, 'false'],
    ['same', 1, 'true'],
  ] as const) {
    const first = lesson.locator('input[type=radio]').first();
    await lesson.getByRole('heading').focus();
    for (let n = 0; n < 6 && !(await first.evaluate((radio) => radio === document.activeElement)); n++) await page.keyboard.press('Tab');
    for (let n = 0; n < downs; n++) await page.keyboard.press('ArrowDown');
    await expect(lesson.locator(`input[value=${said}]`)).toBeChecked();
    await act.press('Enter');
    await expect(verdict).toHaveAttribute('data-right', right, { timeout: 60_000 });
    await expect(verdict).toBeInViewport();
    if (right === 'false') await lesson.locator('[data-part="again"]').press('Enter');
  }
  await next.press('Enter');

  // Drawn with the arrow keys; the link carries it.
  const points = page.locator('[data-part="lesson"] [role=slider]');
  await expect(points).toHaveCount(6);
  for (const [i, presses] of [0, 2, 3, 4, 4, 5].entries()) for (let n = 0; n < presses; n++) await points.nth(i).press('Shift+ArrowDown');
  await expect(points.last()).toHaveAttribute('aria-valuenow', /^[01]\.\d+$/);
  await expect(page).toHaveURL(/guess=0:/);
  await lesson.locator('[data-part="hand-in"]').press('Enter');
  await act.press('Enter');
  await expect(lesson.locator('[data-part="score"] tbody tr')).toHaveCount(4, { timeout: 60_000 });
  await clean();
  // The class: links that are pasted lie over the curve, and a line without one is named.
  const link = page.url();
  await lesson.locator('[data-part="class"] summary').press('Enter');
  await lesson.locator('[data-part="class"] textarea').fill(`${link}\n${link.replace(/guess=[^&]*/, 'guess=0:2,60:1')}\nno link`);
  await expect(lesson.locator('[data-part="class"] tbody tr')).toHaveCount(2);
  await expect(lesson.locator('[data-part="class"] [role=alert]')).toContainText('3');
  await expect(page.locator('path[data-series="guess"]')).toHaveCount(3);
  // They belong to this step's run: at the next one they are gone.
  await next.press('Enter');
  await expect(page.locator('path[data-series="guess"]')).toHaveCount(0);
  expect(playground.errors).toEqual([]);
});
