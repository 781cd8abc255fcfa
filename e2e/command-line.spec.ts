import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Playground, QUICK, type Points } from './playground.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Measured losses of the command line, by model. */
function trained(link: string): Record<string, Points> {
  const out = mkdtempSync(join(tmpdir(), 'deep-fusion-'));
  try {
    const command = ['--import', 'tsx', 'src/cli/experiment.ts', link, '--out', out, '--quiet'];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const [, ...rows] = readFileSync(join(out, 'curves.csv'), 'utf8').trimEnd().split('\n');
    const curves: Record<string, [number, number][]> = {};
    for (const row of rows) {
      const [model = '', kind, step, loss] = row.split(',');
      if (kind === 'measured') (curves[model] ??= []).push([Number(step), Number(loss)]);
    }
    return curves;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

test('the command line gives the bits of the page', async ({ page }) => {
  const link = QUICK.replace('examples=16', 'examples=32&batch=8&opt=adam').replace('h=0.05', 'h=0.003');
  const playground = new Playground(page);
  await playground.open(link);
  await playground.run.click();
  await playground.finishes();
  const curves = await playground.curves();
  expect(Object.keys(curves).sort()).toEqual(['A', 'B', 'M']);
  expect(trained(link)).toEqual(curves);
});
