import { expect, test } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

/** The beginning of each one's words, and its source. */
const OPERATORS = {
  fuse: ['The layers of several networks', '2306.11903'],
  self: ['Copies of one network', '2306.11903'],
  stack: ['All layers are copied', 'Gong'],
  net2net: ['Units are copied at random', '1511.05641'],
  'bert2bert-fpi': ['Whole heads and units are copied', '2110.07143'],
  'bert2bert-aki': ['As the function-preserving one', '2110.07143'],
  random: ['The small network is one corner', 'no paper'],
  scratch: ['A large network starts from random', 'no paper'],
} as const;

for (const [operator, [words, source]] of Object.entries(OPERATORS)) {
  test(`op=${operator} by link: trains, grows, shows its gap and what it is`, async ({ page }) => {
    const playground = new Playground(page);
    await playground.open(`${QUICK.replace('grow=20&steps=40', 'grow=10&steps=20')}&layers=2&op=${operator}&run=1`);
    await playground.finishes();
    const { M = [] } = await playground.curves();
    expect([M[0]?.[0], M.at(-1)?.[0]]).toEqual([10, 20]);
    const growth = page.getByRole('tabpanel', { name: 'Growth' });
    await expect(growth.locator('dl').first()).toContainText(/Fusion gap[+−]?\d+\.\d+loss of (averaged outputs|A) \d/);
    await growth.getByRole('button', { name: /^Operator: / }).click();
    const choices = page.getByRole('dialog', { name: 'Operator' });
    const chosen = choices.getByRole('radio', { checked: true });
    await expect(chosen).toHaveCount(1);
    await expect(choices).toContainText(words);
    await expect(choices).toContainText(source);
    expect(playground.errors).toEqual([]);
  });
}

const PLAN = `${QUICK.replace(/grow=\d+&steps=\d+/, 'heads=1')}&plan=A:8,B:8,C:8,D:8,A%2BB>M:8,C%2BD>N:8,M%2BN>L:8`;

test('four become two and one by link; every node says its loss; samples stand beside their sources', async ({ page }) => {
  const playground = new Playground(page);
  // Slow enough to be met while two train side by side.
  await playground.open(`${PLAN.replace('pace=max', 'pace=20').replace('>M:8', '>M:120').replace('>N:8', '>N:120')}&run=1`);
  const plan = page.getByRole('group', { name: 'Plan of growth' });
  await playground.reaches(24);
  await playground.pause.click();
  await page.getByRole('tab', { name: 'Samples' }).click();
  for (const name of [/^A before/, /^B before/, /^M now/, /^C before/, /^D before/, /^N now/])
    await expect(page.getByRole('columnheader', { name })).toBeVisible();
  // The weights of either of the two that train, and how they move.
  const which = page.getByRole('group', { name: 'Which fusion' });
  await which.getByRole('button', { name: 'M', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Weights of M' })).toBeVisible();
  await which.getByRole('button', { name: 'N', exact: true }).click();
  const weights = page.getByRole('region', { name: 'Weights of N' });
  await weights.getByRole('button', { name: 'Updates' }).click();
  await playground.step.click();
  await expect(weights.getByRole('img')).toHaveAccessibleName(
    /^Mean \|Δw\| of a step, encoder 0 · wi_0: from C [\d.e−]+, from D [\d.e−]+, new [\d.e−]+$/,
  );
  await playground.run.click();
  await playground.finishes();
  for (const id of ['A', 'B', 'C', 'D', 'M', 'N', 'L'])
    await expect(plan.getByRole('button', { name: new RegExp(`^${id}: trains from step \\d+ to \\d+, loss \\d`) })).toBeVisible();
  expect(playground.errors).toEqual([]);
});

test('a node is added and removed by keyboard, and the address says so', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(PLAN);
  const add = page.getByRole('button', { name: 'Add a stage to the plan' });
  await add.focus();
  await page.keyboard.press('Enter');
  const editor = page.getByRole('dialog', { name: 'Add a stage' });
  await editor.getByRole('button', { name: /^Add / }).focus();
  await page.keyboard.press('Enter');
  await expect(editor).toBeHidden();
  await expect(add).toBeFocused();
  const plan = page.getByRole('group', { name: 'Plan of growth' });
  const added = plan.getByRole('button', { name: /trains from step 24 to 32/ });
  await expect(added).toBeVisible();
  await expect(page).toHaveURL(/plan=.*L(\+|%2B)L(>|%3E)/);
  await added.focus();
  await page.keyboard.press('Enter');
  const stage = page.getByRole('dialog', { name: /Edit this stage$/ });
  await stage.getByRole('button', { name: /^Remove / }).focus();
  await page.keyboard.press('Enter');
  await expect(added).toBeHidden();
  await expect(page).not.toHaveURL(/L(\+|%2B)L(>|%3E)/);
  expect(playground.errors).toEqual([]);
});
