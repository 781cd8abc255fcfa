import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeWhole } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'write-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('writing files', () => {
  it('replaces a file in one step', () => {
    const path = join(folder, 'a', 'x.txt');
    writeWhole(path, 'one');
    writeWhole(path, 'two');
    expect([readFileSync(path, 'utf8'), readdirSync(join(folder, 'a'))]).toEqual(['two', ['x.txt']]);
  });

  // The device that is always full.
  it.runIf(existsSync('/dev/full'))('names the file for which a full disk has no room, and leaves nothing of it (10.39)', () => {
    const path = join(folder, 'full.txt');
    symlinkSync('/dev/full', `${path}.partial`);
    expect(() => writeWhole(path, 'text')).toThrow(`${path} can't be written: the disk is full`);
    expect(existsSync(`${path}.partial`)).toBe(false);
  });

  it('says in words why a file can not be written (10.39)', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => writeWhole(join(folder, 'file', 'x'), '')).toThrow(
      /file\/x can't be written: a (part of its path is a file|file has that name)/,
    );
  });
});
