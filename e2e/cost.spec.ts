import { expect, test } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

const COMPARED = `${QUICK}&baseline=scratch,alone`;

test('a loss is compared by steps, compute and seconds, beside the large network from scratch and the small one alone', async ({
  page,
}) => {
  const playground = new Playground(page);
  await playground.open(`${COMPARED}&run=1`);
  await playground.finishes();
  await page.getByRole('tab', { name: 'Cost' }).click();
  const cost = page.getByRole('region', { name: 'Cost' });
  for (const name of ['This run', 'From scratch', 'Small, alone']) await expect(cost.getByRole('rowheader', { name })).toHaveCount(2);
  await expect(cost.getByText(/FLOPs so far/)).toBeVisible();
  const path = page.locator('[data-series="alone"]');
  const axis = page.getByRole('group', { name: 'Horizontal axis' });
  const drawn: (string | null)[] = [];
  for (const name of ['Steps', 'Compute', 'Time']) {
    await axis.getByRole('button', { name }).click();
    await expect(page.getByRole('slider', { name: 'Loss to compare at' })).toBeVisible();
    drawn.push(await path.getAttribute('d'));
  }
  expect(new Set(drawn).size).toBe(3);
  // What is beside the training is said in operations, in whatever the tables are counted.
  const beside = cost.locator('[data-part="not-counted"]');
  await expect(beside).toContainText('measuring losses');
  const said = await beside.textContent();
  await cost.getByRole('button', { name: 'Seconds' }).click();
  await expect(beside).toHaveText(said ?? '');
  await expect(cost.getByRole('table').first()).toContainText(/\d s/);
  await cost.getByRole('button', { name: 'Equal time' }).click();
  await expect(cost.getByRole('table').first()).toContainText(/This run\s?\d\.\d\d/);
  // A loss that nobody reached.
  await cost.getByRole('button', { name: 'Equal loss' }).click();
  const field = cost.getByRole('textbox', { name: 'Loss to reach' });
  await field.fill('0.01');
  await field.press('Enter');
  await expect(cost.getByText('not reached')).toHaveCount(6);
  expect(playground.errors).toEqual([]);
});

test('a saving is read off several seeds, and from scratch off the best of three step sizes, trained beside the run', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${COMPARED.replace('grow=20&steps=40', 'grow=10&steps=20')}&run=1`);
  await playground.finishes();
  await page.getByRole('tab', { name: 'Cost' }).click();
  const cost = page.getByRole('region', { name: 'Cost' });
  await expect(cost.getByText('One seed: no saving can be read off it.')).toBeVisible();
  await expect(cost.getByText(/% (less|more)/)).toHaveCount(0);
  await cost.getByRole('button', { name: /^Run seeds \d+ and \d+$/ }).click();
  await expect(cost.getByText(/^Mean ± standard deviation of seeds \d+, \d+, \d+\./)).toBeVisible({ timeout: 90_000 });
  await expect(cost.getByText(/± \d+ % (less|more)/).first()).toBeVisible();
  await cost.getByRole('button', { name: 'Try half and twice' }).click();
  await expect(cost.getByText('From scratch: the best of 3 step sizes for each seed: 0.025, 0.05, 0.10.')).toBeVisible({ timeout: 90_000 });
  // Nothing on the screen moved, and all of it is kept.
  await expect(playground.status).toContainText('Finished');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await expect(page.getByRole('button', { name: /^Run \d+: show its curves$/ })).toHaveCount(8);
  expect(playground.errors).toEqual([]);
});

test('two runs are kept, what differs is named, and either’s curves can be shown', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${QUICK}&run=1`);
  await playground.finishes();
  for (const step of ['10', '5']) {
    await playground.growthStep.focus();
    await page.keyboard.press(step === '10' ? 'Shift+ArrowLeft' : 'ArrowLeft');
    await playground.branches();
  }
  await page.getByRole('tab', { name: 'Runs' }).click();
  const runs = page.getByRole('region', { name: 'Runs' });
  await expect(runs.getByRole('row')).toHaveCount(4);
  await expect(runs.getByRole('row', { name: /^This run/ })).toContainText('growth step 10 → 9');
  await expect(runs.getByRole('row', { name: /^Run 2/ })).toContainText('growth step 20 → 10');
  await runs.getByRole('button', { name: 'Run 1: show its curves' }).click();
  await expect(page.locator('[data-part="ghost"] path')).toHaveCount(3);
  await runs.getByRole('button', { name: 'Discard run 1' }).click();
  await expect(page.locator('[data-part="ghost"]')).toHaveCount(0);
  expect(playground.errors).toEqual([]);
});
