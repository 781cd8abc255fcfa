/** A researcher: does it save anything, was it predicted, and can I take it home and check it? */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { Playground, QUICK } from '../playground.ts';
import { photographer } from './photographer.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Result {
  readonly experiment: unknown;
  readonly predictions?: readonly { readonly flow: string }[];
}

test('a researcher asks what it saves and whether it was predicted, and takes the files home', async ({ page }) => {
  test.slow();
  const photo = photographer(page, 'researcher');
  const playground = new Playground(page);
  const link = QUICK.replace('predict=', 'predict=gradient-flow,modified-flow,third-order-flow&from=0').replace('h=0.05', 'h=0.02');
  await playground.open(`${link}&baseline=scratch,alone,ensemble`);
  await playground.run.click();
  await playground.finishes();
  await expect(page.getByRole('status', { name: 'What happened' })).toContainText(/flow was off by \d/);
  await photo('finished');

  // Does it save? At equal loss, beside everything that it has to beat; one seed is no answer.
  await page.getByRole('tab', { name: 'Cost' }).click();
  const cost = page.getByRole('region', { name: 'Cost' });
  for (const name of ['This run', 'From scratch', 'Small, alone'])
    await expect(cost.getByRole('rowheader', { name }).first()).toBeVisible();
  await expect(cost.getByText('One seed: no saving can be read off it.')).toBeVisible();
  await photo('cost');

  // Was it predicted? How far off, by which flow, trusted until when.
  await page.getByRole('tab', { name: 'Theory' }).click();
  const off = page.getByRole('tabpanel', { name: 'Theory' }).getByRole('region', { name: 'How far theory is off' });
  for (const flow of ['gradient-flow', 'modified-flow', 'third-order-flow'])
    await expect(off.locator(`tr[data-flow="${flow}"] td`).first()).toHaveText(/\d/);
  await photo('theory');
  await page.getByRole('button', { name: 'What we measured' }).last().click();
  await expect(page.getByRole('dialog').getByRole('table').first()).toBeVisible();
  await photo('measured');
  await page.keyboard.press('Escape');

  // Taken home: the files say what ran, and the command line runs it again to the bit.
  await playground.share.click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Results and checkpoints' }).click();
  const files = unzipSync(new Uint8Array(readFileSync(await (await download).path())));
  const home = mkdtempSync(join(tmpdir(), 'deep-fusion-home-'));
  try {
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), bytes);
    }
    const text = (path: string): string => readFileSync(join(home, path), 'utf8');
    const result = JSON.parse(text('result.json')) as Result;
    writeFileSync(join(home, 'experiment.json'), JSON.stringify(result.experiment));
    const again = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'src/cli/experiment.ts', join(home, 'experiment.json'), '--out', join(home, 'again'), '--quiet'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(again.stderr).toBe('');
    expect(again.status).toBe(0);
    const measured = (csv: string): readonly string[] => csv.split('\n').filter((row) => row.includes(',measured,'));
    expect(measured(text('again/curves.csv'))).toEqual(measured(text('curves.csv')));
    const model = (folder: string): Buffer => readFileSync(join(home, folder, 'checkpoints/M-40/model.safetensors'));
    expect(model('again').equals(model('.'))).toBe(true);
    expect(text('README.md')).toContain('from_pretrained("checkpoints/M-40")');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  expect(playground.errors).toEqual([]);
});
