import { expect, test } from '@playwright/test';
import { Playground, QUICK } from './playground.ts';

for (const adapter of ['wasm', 'webgpu'] as const) {
  test(`a shared link gives the same curve, bit for bit (${adapter})`, async ({ page, context }) => {
    const playground = new Playground(page);
    await playground.open(QUICK.replace('adapter=wasm', `adapter=${adapter}`));
    await expect(playground.adapter).toContainText(adapter === 'wasm' ? 'WebAssembly' : 'WebGPU');
    await playground.run.click();
    await playground.finishes();
    const first = await playground.curves();
    await playground.share.click();
    const link = await page.getByRole('dialog').getByRole('textbox').first().inputValue();
    expect(link).toContain('grow=20');

    const friend = new Playground(await context.newPage());
    await friend.open(new URL(link).hash);
    await friend.run.click();
    await friend.finishes();
    expect(await friend.curves()).toEqual(first);
    expect(Object.keys(first).sort()).toEqual(['A', 'B', 'M']);
    expect([...playground.errors, ...friend.errors]).toEqual([]);
  });
}

test('a fusion by hand is in the link that is shared', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK.replace('pace=max', 'pace=10'));
  await playground.run.click();
  await playground.reaches(6);
  await playground.fuse.click();
  await expect(playground.status).toContainText(/M loss/);
  const { M = [] } = await playground.curves();
  await playground.share.click();
  const link = await page.getByRole('dialog').getByRole('textbox').first().inputValue();
  expect(link).toContain(`grow=${M[0]?.[0]}`);
});

test('a broken link opens a working page and says what was wrong', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open('#v=1&preset=first-fusion&h=-3&colour=red&__proto__=1');
  const alert = page.getByRole('alert').first();
  await expect(alert).toContainText('problems');
  await expect(alert).toContainText('h=-3');
  await expect(alert).toContainText('colour=red');
  await expect(page.getByRole('button', { name: 'Copy the corrected link' })).toBeVisible();
  await playground.run.click();
  await playground.reaches(1);
});
