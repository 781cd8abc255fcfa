import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LINK_KEYS } from '../../src/experiment/link/keys.ts';
import { reference } from './settings-page.ts';

test('docs/settings.md is what the declarations say; npm run reference writes it (11.8)', () => {
  expect(readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8')).toBe(reference());
});

test('every key of a link has its row, with what it means (11.8)', () => {
  const rows = reference().split('\n');
  for (const { key } of LINK_KEYS) {
    const row = rows.find((line) => line.startsWith(`| \`${key}\` |`));
    expect([key, row?.split(' | ').at(-1)]).toEqual([key, expect.stringMatching(/\w{3,}/)]);
  }
});
