import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

/** Rows of the rank table: name, ρ, Σh alone, cells. */
async function ranks(map: Locator): Promise<readonly string[][]> {
  const rows = map.getByRole('table', { name: 'Rank correlation with the measured cells' }).getByRole('row');
  return Promise.all((await rows.all()).slice(1).map((row) => row.locator('th, td').allTextContents()));
}

async function openMap(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Map' }).click();
  return page.getByRole('region', { name: 'Map' });
}

const cellAt = (map: Locator, grow: number, after: string): Locator =>
  map.getByRole('button', { name: new RegExp(`^Growth ${grow}, ${after.replace('.', '\\.')} after it`) });

test('the map: filled when asked, measured as branches are run, ranked beside the total time', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  await playground.run.click();
  await playground.finishes();
  const map = await openMap(page);
  // The run itself is a measured cell; nothing is predicted until it is asked for, and the price stands beside the
  // button.
  await expect(cellAt(map, 20, '0.05')).toHaveAccessibleName(/measured \d\.\d/);
  await expect(cellAt(map, 10, '0.025')).toHaveAccessibleName(/not known/);
  await expect(map).toContainText(/about [\d,]+ gradients; running all 25: [\d,]+/);
  expect((await ranks(map)).map(([name, rho]) => [name, rho])).toEqual([
    ['Total time Σh alone', '—'],
    ['Gradient flow', '—'],
    ['Rescaled branch', '—'],
    ['Spectrum', '—'],
  ]);
  await map.getByRole('button', { name: 'Fill the map' }).click();
  await expect(map.getByRole('button', { name: 'Fill the map' })).toBeHidden();
  await expect(map).toContainText(/[\d,]+ gradients; running all 25: [\d,]+/);
  await expect(cellAt(map, 10, '0.025')).toHaveAccessibleName(/predicted \d\.\d/);
  await cellAt(map, 10, '0.025').hover();
  await expect(map.locator('[data-part="map-readout"]')).toContainText(/gradient flow \d\.\d+.* · Σh 1\.25/);

  // A cell asks what if; Run this branch measures it. The map stays where it is.
  for (const [grow, after] of [
    [10, '0.025'],
    [15, '0.10'],
  ] as const) {
    await cellAt(map, grow, after).click();
    await expect(playground.growthStep).toHaveAttribute('aria-valuenow', String(grow));
    await playground.branches();
    await expect(cellAt(map, grow, after)).toHaveAccessibleName(/measured \d\.\d/);
  }
  await expect(map).toContainText('3 of 25 cells measured');
  const [time, flow] = await ranks(map);
  expect(time?.slice(1)).toEqual([expect.stringMatching(/^−?[01]\.\d\d/), '', '3']);
  expect(flow?.slice(1)).toEqual([expect.stringMatching(/^−?[01]\.\d\d/), expect.stringMatching(/^−?[01]\.\d\d/), '3']);

  // In the list of runs the branch has what was predicted of it before it was run, and its error.
  await page.getByRole('tab', { name: 'Runs' }).click();
  const now = page.getByRole('region', { name: 'Runs' }).getByRole('row', { name: /This run/ });
  await expect(now.locator('[data-part="predicted"]')).toHaveText(/^\d\.\d+.*said in advance.*as asked\)$/);
  await expect(now.locator('[data-part="off-by"]')).toHaveText(/^[+−]\d/);
  await expect(now.locator('[data-part="on-average"]')).toHaveText(/^\d/);
  await expect(now.locator('[data-part="trusted"]')).toHaveText(/^(\d|its end)/);
  await openMap(page);

  // By keyboard: arrows go from cell to cell.
  await cellAt(map, 10, '0.025').focus();
  await page.keyboard.press('ArrowDown');
  await expect(cellAt(map, 15, '0.025')).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include('[data-tab="map"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  expect(playground.errors).toEqual([]);
});

test('a sweep of the command line is imported; a bad file says what is wrong and takes nothing away', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  await playground.run.click();
  await playground.finishes();
  const map = await openMap(page);
  await expect(map).toContainText('1 of 25 cells measured');
  const input = map.getByLabel('Collected sweep, sweep.csv');
  await input.setInputFiles({ name: 'notes.csv', mimeType: 'text/csv', buffer: Buffer.from('hello') });
  await expect(map.getByRole('alert')).toContainText('notes.csv can’t be imported. Its first line names no column link');
  await expect(map).toContainText('1 of 25 cells measured');
  const link = (grow: number, h2: number): string => `#v=2&${QUICK.slice(5).replace('grow=20', `grow=${grow}`)}&h2=${h2}`;
  const rows = [5, 10].flatMap((grow, i) => [0.02, 0.1].map((h2, j) => `${2 - i - j / 2},40,${link(grow, h2)}`));
  await input.setInputFiles({ name: 'sweep.csv', mimeType: 'text/csv', buffer: Buffer.from(['final_M,steps,link', ...rows].join('\n')) });
  await expect(map.getByRole('status', { name: 'Import' })).toHaveText('4 cells from sweep.csv.');
  // The lines are the file's, and those of what was run here.
  await expect(map).toContainText('5 of 9 cells measured');
  await expect(cellAt(map, 5, '0.02')).toHaveAccessibleName(/measured 2\.00/);
  expect((await ranks(map))[0]?.[3]).toBe('5');

  await map.getByRole('button', { name: 'Rows and columns' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rows and columns of the map' });
  await dialog.getByLabel('Growth steps').fill('5, 90');
  await dialog.getByRole('button', { name: 'Use these' }).click();
  await expect(dialog.getByRole('alert')).toContainText('90 can’t be used: 1 to 39, whole.');
  await dialog.getByLabel('Growth steps').fill('5, 10, 30');
  await dialog.getByRole('button', { name: 'Use these' }).click();
  await expect(dialog).toBeHidden();
  await expect(map).toContainText('5 of 12 cells measured');
  expect(playground.errors).toEqual([]);
});
