import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ROOT, isInstalled } from './install.mjs';

const node = (script: string, words: readonly string[], env: Record<string, string>) =>
  spawnSync(process.execPath, [script, ...words], { cwd: ROOT, env: { ...process.env, ...env }, encoding: 'utf8' });

test('a bad port is named before anything is installed or built', () => {
  for (const port of ['abc', '0', '65536', '51.5', '-1']) {
    const { status, stderr, stdout } = node('scripts/start.mjs', [], { PORT: port });
    expect([port, status, stdout]).toEqual([port, 2, '']);
    expect(stderr).toContain(`PORT=${port} is not a port: give a number of 1 to 65535`);
  }
});

test('npm test names the stages there are', () => {
  const { status, stderr } = node('scripts/test.mjs', ['units'], {});
  expect(status).toBe(2);
  expect(stderr).toContain('no stage "units"; there are data, kernels');
});

test('a browser that is not there is named', () => {
  const { status, stderr } = node('-e', ["import('./scripts/browser.mjs').then((m) => m.findBrowser())"], {
    CHROMIUM: '/nowhere/chromium',
  });
  expect(status).not.toBe(0);
  expect(stderr).toContain('CHROMIUM=/nowhere/chromium: there is no such file');
});

test('what is installed is compared with the lock file', () => {
  expect(isInstalled()).toBe(true);
});
