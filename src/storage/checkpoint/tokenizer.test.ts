import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LETTERS, PHONEMES } from '../../data/tasks/pronounce.ts';
import { CHARACTER_PIECES } from '../../data/text/characters.ts';
import { spellingOf, WORD_SPELLING } from '../../data/text/spelling.ts';
import { vocabularyOf } from '../../data/vocabulary.ts';
import { writeTokenizer } from './tokenizer.ts';

const read = (bytes: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes));

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/tokenizer/${name}`, import.meta.url), 'utf8');

/**
 * What the file says, carried out as the `tokenizers` library does: special tokens, blanks, the pattern; the end behind
 * it.
 */
function encoded(tokenizer: string, text: string): number[] {
  const { pre_tokenizer, model } = JSON.parse(tokenizer) as {
    readonly pre_tokenizer: { readonly pretokenizers: readonly { readonly type: string; readonly pattern?: { readonly Regex: string } }[] };
    readonly model: { readonly vocab: Readonly<Record<string, number>>; readonly unk_token: string };
  };
  const [blanks, split] = pre_tokenizer.pretokenizers;
  expect([blanks?.type, split?.type]).toEqual(['WhitespaceSplit', 'Split']);
  const parted = (part: string, pattern: string): string[] => part.split(new RegExp(`(${pattern})`, 'g')).filter((piece) => piece !== '');
  const pieces = parted(text, '<pad>|</s>|<unk>').flatMap((piece) =>
    piece in model.vocab ? [piece] : piece.split(/\s+/).flatMap((word) => parted(word, split?.pattern?.Regex ?? '')),
  );
  return [...pieces, '</s>'].map((piece) => model.vocab[piece] ?? model.vocab[model.unk_token] ?? -1);
}

/** The same for texts: sentinels, lower case, words and marks. */
function encodedText(tokenizer: string, text: string): number[] {
  const { normalizer, pre_tokenizer, added_tokens, model } = JSON.parse(tokenizer) as {
    readonly normalizer: { readonly type: string };
    readonly pre_tokenizer: { readonly pretokenizers: readonly { readonly type: string; readonly pattern?: { readonly Regex: string } }[] };
    readonly added_tokens: readonly { readonly id: number; readonly content: string }[];
    readonly model: { readonly vocab: Readonly<Record<string, number>> };
  };
  const [blanks, split] = pre_tokenizer.pretokenizers;
  expect([normalizer.type, blanks?.type, split?.type]).toEqual(['Lowercase', 'WhitespaceSplit', 'Split']);
  const whole = new RegExp(`(${added_tokens.map(({ content }) => content).join('|')})`);
  const pieces = text.split(whole).flatMap((part) =>
    whole.test(part)
      ? [part]
      : part
          .toLowerCase()
          .split(/\s+/)
          .flatMap((word) => word.match(new RegExp(split?.pattern?.Regex ?? '', 'gu')) ?? []),
  );
  return [...pieces.map((piece) => model.vocab[piece] ?? 2), 1];
}

describe('a vocabulary as a tokenizer of Hugging Face', () => {
  it('spells texts as training does: words, marks, gaps, and one token for a word that it does not know', () => {
    const { vocabulary, split } = WORD_SPELLING;
    const written = new TextDecoder().decode(writeTokenizer('x', vocabulary.tokens, 'words')[0]?.bytes);
    for (const text of [
      'who: Anna takes the ball. who has the ball?',
      'then anna sleeps, happily.',
      'anna <extra_id_0> the ball. <extra_id_1> has it',
      '',
      'the then theball',
      'a 🌳 tree, 👩‍🌾',
      '<pad> and </s> and <unk>',
      '<extra_id_15> <extra_id_16>',
    ])
      expect(encodedText(written, text), text).toEqual(vocabulary.encode(split(text)));
  });

  it('of pieces is a Unigram with T5’s pre-tokens, the end behind a text and the sentinels last', () => {
    const { vocabulary, kind } = spellingOf(CHARACTER_PIECES);
    const [file] = writeTokenizer('x', vocabulary.tokens, kind);
    const written = read(file?.bytes) as { readonly model: { readonly vocab: readonly (readonly [string, number])[] } };
    expect(written).toMatchObject({
      pre_tokenizer: { pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', prepend_scheme: 'always' }] },
      decoder: { type: 'Metaspace' },
      model: { type: 'Unigram', unk_id: 2, byte_fallback: false },
    });
    expect(written.model.vocab.map(([token]) => token)).toEqual(vocabulary.tokens);
    expect(written.model.vocab.at(-1)).toEqual(['<extra_id_0>', 0]);
  });

  it('gives every symbol the id that it has in training, and T5’s special tokens theirs', () => {
    const { tokens } = vocabularyOf(['a', 'b', 'AA']);
    const [tokenizer, config] = writeTokenizer('checkpoints/A-0', tokens);
    expect([tokenizer?.path, config?.path]).toEqual(['checkpoints/A-0/tokenizer.json', 'checkpoints/A-0/tokenizer_config.json']);
    expect(read(tokenizer?.bytes)).toMatchObject({
      model: { type: 'WordLevel', vocab: { '<pad>': 0, '</s>': 1, '<unk>': 2, a: 3, b: 4, AA: 5 }, unk_token: '<unk>' },
      added_tokens: [
        { id: 0, content: '<pad>' },
        { id: 1, content: '</s>' },
        { id: 2, content: '<unk>' },
      ],
    });
    expect(read(config?.bytes)).toMatchObject({ tokenizer_class: 'PreTrainedTokenizerFast', pad_token: '<pad>', eos_token: '</s>' });
  });

  it('takes a plain word letter by letter, as Hugging Face’s tokenizers do with the same file (10.17)', () => {
    const vocabulary = vocabularyOf([...LETTERS, ...PHONEMES]);
    const written = new TextDecoder().decode(writeTokenizer('x', vocabulary.tokens)[0]?.bytes);
    expect(written).toBe(fixture('tokenizer.json'));
    const { cases } = JSON.parse(fixture('expected.json')) as {
      readonly cases: readonly { readonly text: string; readonly ids: number[] }[];
    };
    for (const { text, ids } of cases) expect([text, encoded(written, text)]).toEqual([text, ids]);
    // The same ids as in training.
    expect(encoded(written, 'techy')).toEqual(vocabulary.encode([...'techy']));
    expect(encoded(written, 'T EH K IY')).toEqual(vocabulary.encode(['T', 'EH', 'K', 'IY']));
  });

  it('takes symbols that mean something in a pattern as they are', () => {
    const tokenizer = new TextDecoder().decode(writeTokenizer('x', vocabularyOf(['.', '+', '(', '|', 'a', 'a+', '\\']).tokens)[0]?.bytes);
    expect(encoded(tokenizer, 'a+.(|\\+ab')).toEqual([8, 3, 5, 6, 9, 4, 7, 2, 1]);
  });

  it('refuses a vocabulary that it would change', () => {
    expect(() => writeTokenizer('x', ['a', 'b', 'c'])).toThrow(/begins with a b c; T5's begins with <pad> <\/s> <unk>/);
    expect(() => writeTokenizer('x', ['<pad>', '</s>', '<unk>', 'a b'])).toThrow(/"a b" has a space/);
  });
});
