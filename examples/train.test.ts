/** The example is run as a reader would, and learns: it can't rot unseen. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the example trains two networks, fuses them, and the fused one reverses words that neither source can', () => {
  const printed = execFileSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('train.ts', import.meta.url))], {
    encoding: 'utf8',
  });
  const [, a, b, m] = (/^right: A (\S+), B (\S+), M (\S+)$/m.exec(printed) ?? []).map(Number);
  expect(m).toBeGreaterThan(0.7);
  expect(a).toBeLessThan(0.3);
  expect(b).toBeLessThan(0.3);
  expect(printed).toMatch(/M step 499 loss 0\.\d+/);
});
