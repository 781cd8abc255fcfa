import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { LOCK_NAME, lockFolder } from './folder-lock.ts';

const base = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(base, { recursive: true }));
const path = join(base, LOCK_NAME);
beforeEach(() => rmSync(path, { force: true }));

const MODULE = fileURLToPath(new URL('folder-lock.ts', import.meta.url));
const program = (then: string): readonly string[] => [
  '--import',
  'tsx',
  '--input-type=module',
  '-e',
  `import { lockFolder } from ${JSON.stringify(MODULE)}; const lock = lockFolder(${JSON.stringify(base)}); ${then}`,
];
const changed = (change: Record<string, unknown>): void => {
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), ...change }));
};

describe('a folder in use', () => {
  it('is refused to a second run, and the first process is named (10.37)', () => {
    const lock = lockFolder(base);
    expect(lock.isHeld()).toBe(true);
    expect(() => lockFolder(base)).toThrow(new RegExp(`is in use by process ${process.pid} \\(.*, since .*\\): wait for it`));
    lock.release();
    expect(existsSync(path)).toBe(false);
    lockFolder(base).release();
  });

  it('is refused to another process as well, until the first has ended, however it ends (10.37)', { timeout: 60_000 }, async () => {
    const first = spawn(process.execPath, program("console.log('locked'); setInterval(() => undefined, 1000);"), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => first.once('exit', resolve));
    try {
      await new Promise((resolve) => first.stdout.once('data', resolve));
      expect(() => lockFolder(base)).toThrow(`is in use by process ${first.pid}`);
    } finally {
      first.kill('SIGKILL');
      await ended;
    }
    // It left its lock behind, which is known to be old.
    expect(existsSync(path)).toBe(true);
    const lock = lockFolder(base);
    expect(lock.isHeld()).toBe(true);
    lock.release();
  });

  it('is free again after a program that ended without saying so', { timeout: 60_000 }, () => {
    expect(spawnSync(process.execPath, program('process.exit(3);')).status).toBe(3);
    expect(existsSync(path)).toBe(false);
  });

  it('is free where the number of the process now belongs to another one (10.37)', () => {
    const old = lockFolder(base);
    changed({ id: 'old', began: '1' });
    // Only Linux says when a process began.
    if (process.platform === 'linux') lockFolder(base).release();
    old.release();
  });

  it('of which the lock is damaged, is free; one of another machine is not (10.37)', () => {
    writeFileSync(path, '{"pid": 1');
    const lock = lockFolder(base);
    changed({ host: 'elsewhere', pid: 1, id: 'x' });
    expect(() => lockFolder(base)).toThrow(/process 1 on elsewhere .*delete .*\.run\.lock if that process has ended/);
    // It is not ours to take away.
    expect(lock.isHeld()).toBe(false);
    lock.release();
    expect(existsSync(path)).toBe(true);
  });
});
