import { describe, expect, it } from 'vitest';
import { vocabularyOf } from '../data/vocabulary.ts';
import { writeTokenizer } from './tokenizer.ts';

const read = (bytes: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes));

describe('a vocabulary as a tokenizer of Hugging Face', () => {
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

  it('refuses a vocabulary that it would change', () => {
    expect(() => writeTokenizer('x', ['a', 'b', 'c'])).toThrow(/begins with a b c; T5's begins with <pad> <\/s> <unk>/);
    expect(() => writeTokenizer('x', ['<pad>', '</s>', '<unk>', 'a b'])).toThrow(/"a b" has a space/);
  });
});
