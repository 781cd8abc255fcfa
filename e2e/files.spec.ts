import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { say } from '../src/app/text/en/screen/open.ts';
import { Playground, QUICK } from './playground.ts';

const BOM = '\uFEFF';

/** The file that a button of Share saves. */
async function saved(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
  return readFileSync(await (await download).path());
}

/** Drops a file on the page as a file manager does. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([file, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content ?? ''], file ?? '', { type: 'application/json' }));
      return transfer;
    },
    [name, text],
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: data });
  await expect(page.getByText(say.dropExperimentJsonOrResult)).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await expect(page.getByText(say.dropExperimentJsonOrResult)).toBeHidden();
}

test('what was saved is opened again: by Share, and dropped on the page, with a byte order mark too (10.17)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${QUICK}&seed=123`);
  await playground.share.click();
  const file = await saved(page, 'Experiment');
  await page.keyboard.press('Escape');

  await page.goto('./#preset=edge');
  await expect(page).toHaveURL(/preset=edge/);
  await playground.share.click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('dialog').getByRole('button', { name: 'Open a file' }).click();
  await (await chooser).setFiles({ name: 'experiment.json', mimeType: 'application/json', buffer: file });
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(/seed=123/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await playground.run.click();
  await playground.finishes();

  await drop(page, 'experiment.json', BOM + file.toString('utf8').replace('"seed": 123', '"seed": 321'));
  await expect(page).toHaveURL(/seed=321/);
  await drop(
    page,
    'result.json',
    JSON.stringify({ schema: 'deep-fusion/result/1', experiment: JSON.parse(file.toString('utf8')) as object }),
  );
  await expect(page).toHaveURL(/seed=123/);
  await expect(page.getByRole('alert')).toHaveCount(0);

  // Two checkpoints in one zip take the places of both sources, and are fused.
  const checkpoints = ['source-0', 'source-1'].flatMap((folder) =>
    ['config.json', 'model.safetensors'].map(
      (name) =>
        [
          `${folder}/${name}`,
          new Uint8Array(readFileSync(new URL(`../fixtures/golden/fusion-v10-two/${folder}/${name}`, import.meta.url))),
        ] as const,
    ),
  );
  await playground.share.click();
  const zipChooser = page.waitForEvent('filechooser');
  await page.getByRole('dialog').getByRole('button', { name: 'Open a file' }).click();
  const buffer = Buffer.from(zipSync(Object.fromEntries(checkpoints)));
  await (await zipChooser).setFiles({ name: 'two.zip', mimeType: 'application/zip', buffer });
  await expect(page).toHaveURL(/source=A:[0-9a-f]{16},B:[0-9a-f]{16}/);
  await expect(page.getByRole('alert')).toContainText('two/source-0');
  await page.screenshot({ path: test.info().outputPath('networks.png') });
  await playground.run.click();
  await playground.finishes();
  expect(playground.errors).toEqual([]);
});

test('a file that holds no experiment takes the present one from nobody, and a wrong setting is named (10.17)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(`${QUICK}&seed=123`);
  await drop(page, 'holiday.json', '{"a":');
  await expect(page.getByRole('alert')).toContainText('The file holiday.json is not opened. The file is not JSON');
  await expect(page).toHaveURL(/seed=123/);
  await drop(page, 'deep-fusion-result.zip', 'PK');
  await expect(page.getByRole('alert')).toContainText('The file deep-fusion-result.zip is not opened.');
  await expect(page).toHaveURL(/seed=123/);
  await drop(page, 'experiment.json', '{"preset":"edge","seed":-4}');
  await expect(page.getByRole('alert').first()).toContainText('This file has a problem. seed: -4');
  await expect(page).toHaveURL(/preset=edge/);
  expect(playground.errors).toEqual([]);
});

test('the download holds a README, and what was measured along the run (10.17, 10.32)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK.replace('predict=', 'predict=modified-flow'));
  await playground.run.click();
  await playground.finishes();
  await playground.share.click();
  const files = unzipSync(new Uint8Array(await saved(page, 'Results and checkpoints')));
  const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['README.md', 'load_checkpoint.py', 'checkpoints/M-40/model.safetensors']));
  expect(text('README.md')).toContain('from_pretrained("checkpoints/M-40")');
  expect(text('curves.csv')).toMatch(/^model,kind,step,loss,step_size,lambda,/);
  const { metrics, files: named } = JSON.parse(text('result.json')) as { metrics: { kind: string }[]; files: string[] };
  expect(new Set(metrics.map(({ kind }) => kind))).toEqual(new Set(['sharpness', 'gradient', 'distance']));
  expect(named.toSorted()).toEqual(Object.keys(files).toSorted());
  expect(playground.errors).toEqual([]);
});

test('every optimizer of the link can be chosen in Setup (10.17)', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(QUICK);
  for (const [name, key] of [
    ['Momentum', 'momentum'],
    ['Adam', 'adam'],
    ['AdamW', 'adamw'],
    ['Adafactor', 'adafactor'],
    ['RMSProp', 'rmsprop'],
  ] as const) {
    await page
      .getByRole('button', { name: /^(Gradient descent|Momentum|Adam|AdamW|Adafactor|RMSProp)$/ })
      .first()
      .click();
    await page
      .getByRole('radio', { name: new RegExp(`^${name}\\b`) })
      .first()
      .check();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(new RegExp(`opt=${key}(&|$)`));
  }
  expect(playground.errors).toEqual([]);
});
