import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { addressesFor, networkAddresses } from './addresses.mjs';
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

test('what npm start prints: an address that phones can open, or that there is none (10.15)', () => {
  const network = ['192.168.1.20', '10.0.0.5'];
  expect(addressesFor('', 5173, network)).toEqual({ here: 'http://localhost:5173/', elsewhere: [] });
  expect(addressesFor('127.0.0.1', 5173, network)).toEqual({ here: 'http://127.0.0.1:5173/', elsewhere: [] });
  expect(addressesFor('0.0.0.0', 5173, network)).toEqual({
    here: 'http://localhost:5173/',
    elsewhere: ['http://192.168.1.20:5173/', 'http://10.0.0.5:5173/'],
  });
  expect(addressesFor('fd00::1', 80, network)).toEqual({ here: 'http://[fd00::1]:80/', elsewhere: ['http://[fd00::1]:80/'] });
});

test('addresses of bridges come last, those of no network not at all (10.15)', () => {
  const entry = (address: string, internal = false) => ({
    address,
    netmask: '',
    family: 'IPv4' as const,
    mac: '',
    internal,
    cidr: null,
  });
  const interfaces = {
    lo: [entry('127.0.0.1', true)],
    docker0: [entry('172.17.0.1')],
    wlan0: [entry('192.168.1.20'), { ...entry('fe80::1'), family: 'IPv6' as const, scopeid: 1 }],
    eth1: [entry('169.254.3.4')],
  };
  expect(networkAddresses(interfaces)).toEqual(['192.168.1.20', '172.17.0.1']);
});

test('a flag or a framing site that is none is named before anything is installed or built (10.15, 10.39)', () => {
  const flag = node('scripts/start.mjs', ['--open'], {});
  expect([flag.status, flag.stdout]).toEqual([2, '']);
  expect(flag.stderr).toContain('npm start: --open is not known: there is --host');
  const site = node('scripts/start.mjs', [], { EMBED_IN: 'school.example' });
  expect([site.status, site.stdout]).toEqual([2, '']);
  expect(site.stderr).toContain('EMBED_IN=school.example is not a site');
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
