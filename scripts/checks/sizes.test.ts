import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** About as many bytes gzipped: hexadecimal digits of noise take half of theirs. */
const script = (kilobytes: number): string => `"${randomBytes(kilobytes * 1000).toString('hex')}"`;

function sizes(chunks: Readonly<Record<string, string>>): { readonly status: number | null; readonly said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'sizes-'));
  folders.push(folder);
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<script type="module" src="./assets/index-a.js"></script>');
  for (const [name, text] of Object.entries(chunks)) writeFileSync(join(folder, 'assets', name), text);
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/checks/sizes.mjs', folder], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe('the sizes of the built page (11.9)', () => {
  const worker = { 'worker-a.js': script(20) };

  it('every chunk is printed, and what is loaded later does not count', () => {
    const { status, said } = sizes({
      ...worker,
      'index-a.js': `import "./shared-a.js";import("./panel-a.js");${script(100)}`,
      'shared-a.js': script(100),
      'panel-a.js': script(200),
    });
    expect(said).toMatch(/page: 2\d\d\.\d of 230 kB gzipped\n/);
    for (const name of ['index-a.js', 'shared-a.js', 'panel-a.js', 'worker-a.js']) expect(said).toContain(name);
    expect(status).toBe(0);
  });

  it('a page or a worker that is too large fails, with what it imports before it can run', () => {
    const page = sizes({ ...worker, 'index-a.js': `import "./shared-a.js";${script(200)}`, 'shared-a.js': script(200) });
    expect(page).toMatchObject({ status: 1, said: expect.stringMatching(/page: .*TOO LARGE/) });
    const grown = sizes({ 'index-a.js': script(10), 'worker-a.js': `import{a}from"./b.js";${script(90)}`, 'b.js': script(90) });
    expect(grown).toMatchObject({ status: 1, said: expect.stringMatching(/worker: .*TOO LARGE/) });
  });

  it('a folder without page or worker fails: nothing was checked', () => {
    expect(sizes({ 'index-a.js': script(10) })).toMatchObject({ status: 1, said: expect.stringContaining('nothing was checked') });
  });
});
