import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spellingOf } from './spelling.ts';
import { CHARACTER_PIECES } from './characters.ts';
import { Unigram, type Piece } from './unigram.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/tokenizer/unigram/${name}`, import.meta.url), 'utf8'));
const { model } = fixture('tokenizer.json') as { readonly model: { readonly vocab: readonly Piece[] } };
const { cases } = fixture('expected.json') as {
  readonly cases: readonly { readonly text: string; readonly ids: number[]; readonly tokens: string[]; readonly decoded: string }[];
};

describe('pieces of words', () => {
  const unigram = new Unigram(model.vocab, (text) => text.normalize('NFKC'));
  const ids = new Map(unigram.tokens.map((token, id) => [token, id]));

  it.each(cases)('split "$text" as Hugging Face’s tokenizers does', ({ text, tokens, ids: expected }) => {
    const found = [...unigram.split(text), '</s>'];
    expect(found).toEqual(tokens);
    expect(found.map((token) => ids.get(token) ?? 2)).toEqual(expected);
  });

  it.each(cases)('and are put together again as it does: "$decoded"', ({ tokens, decoded }) => {
    const special = new Set(model.vocab.filter(([token]) => /^<.+>$/.test(token)).map(([token]) => token));
    expect(unigram.join(tokens.filter((token) => ids.has(token) && !special.has(token)))).toBe(decoded);
  });
});

describe('characters', () => {
  const { split, join, vocabulary } = spellingOf(CHARACTER_PIECES);

  it('are one token each, a blank too, and come back as the text', () => {
    expect(split('Ah, no. <extra_id_0> it')).toEqual(['▁', 'A', 'h', ',', '▁', 'n', 'o', '.', '<extra_id_0>', '▁', 'i', 't']);
    expect(join(split('To be, or not: “é”'))).toBe('To be, or not: "é"');
    expect(vocabulary.size).toBe(144);
    expect(vocabulary.encode(split('日本 a'))).toEqual([3, 2, 3, vocabulary.tokens.indexOf('a'), 1]);
  });
});
