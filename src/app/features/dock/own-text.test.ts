import { expect, it } from 'vitest';
import { ownTextNote } from './OwnText.tsx';

it('what the networks can’t read of a text is named, in words of the little world or in letters', () => {
  const own = { source: '', target: null, trained: false, problem: null };
  expect(ownTextNote({ ...own, unknown: ['sleeps'] }, undefined)).toBe(
    'The networks know only the words of the little world: they see “sleeps” as unknown.',
  );
  for (const vocab of ['characters', '512'] as const)
    expect(ownTextNote({ ...own, unknown: ['日', '本'] }, vocab)).toBe(
      'The networks have no token for “日” and “本”, which they see as unknown.',
    );
});
