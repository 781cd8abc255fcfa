import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { swiftShaderFolder } from './dawn.ts';

const folder = swiftShaderFolder();

/** A machine with a Vulkan loader and no driver for it: every look for an adapter makes the loader complain. */
it.runIf(folder !== undefined && process.platform === 'linux')(
  'what loader and drivers say as an adapter is looked for is heard by nobody (10.17)',
  { timeout: 120_000 },
  () => {
    const program = fileURLToPath(new URL('../experiment.ts', import.meta.url));
    const link = '#preset=first-fusion&examples=4&d=4&ff=4&heads=1&dkv=4&steps=2&grow=1&predict=off&h=0.05';
    const { VK_ICD_FILENAMES: _, ...env } = process.env;
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, link, '--quiet'], {
      encoding: 'utf8',
      env: { ...env, LD_LIBRARY_PATH: folder },
    });
    expect([status, stderr]).toEqual([0, '']);
  },
);
