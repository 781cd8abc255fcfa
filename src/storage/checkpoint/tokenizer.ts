/**
 * A task's vocabulary as a tokenizer that Hugging Face's `AutoTokenizer` reads (the `tokenizers` format, version 1.0):
 * one id a symbol, the end added. Symbols may stand apart or together: `cat` and `c a t` → ids of c, a, t and `</s>`, and
 * `K AE T` → ids of three phonemes. Where one symbol begins like another, the longer one is taken.
 */
import { textFile, type OutputFile } from '../files.ts';

/** T5's special tokens, by id. */
const SPECIAL = ['<pad>', '</s>', '<unk>'] as const;
const [PAD, EOS, UNKNOWN] = SPECIAL;

/** `<extra_id_0>`, which stands for a gap. */
const isSentinel = (token: string): boolean => /^<extra_id_\d+>$/.test(token);

/** Runs of letters are words, every other sign is one of its own. */
const WORDS_AND_MARKS = {
  type: 'Sequence',
  pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Split', pattern: { Regex: '[a-z]+|[^a-z]' }, behavior: 'Isolated', invert: false }],
};

/** A regular expression that matches any of the symbols, the longer ones first. */
function anyOf(symbols: readonly string[]): string {
  const longestFirst = symbols.toSorted((a, b) => b.length - a.length);
  return longestFirst.map((symbol) => symbol.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\${sign}`)).join('|');
}

/**
 * @param folder e.g. `checkpoints/M-300`
 * @param tokens id → token; the first three are T5's special ones
 * @param words whether it spells texts: whole words in lower case and marks, in which an unknown word is one token, and
 *   sentinels
 */
export function writeTokenizer(folder: string, tokens: readonly string[], words = false): readonly OutputFile[] {
  if (SPECIAL.some((token, id) => tokens[id] !== token))
    throw new Error(`${folder}: the vocabulary begins with ${tokens.slice(0, 3).join(' ')}; T5's begins with ${SPECIAL.join(' ')}`);
  const spaced = tokens.find((token) => /\s/.test(token));
  if (spaced !== undefined) throw new Error(`${folder}: the token ${JSON.stringify(spaced)} has a space in it, where tokens are parted`);
  const end = { SpecialToken: { id: EOS, type_id: 0 } };
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...tokens.entries()]
      .filter(([id, token]) => id < SPECIAL.length || isSentinel(token))
      .map(([id, content]) => ({
        id,
        content,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      })),
    normalizer: words ? { type: 'Lowercase' } : null,
    pre_tokenizer: words
      ? WORDS_AND_MARKS
      : {
          type: 'Sequence',
          pretokenizers: [
            { type: 'WhitespaceSplit' },
            { type: 'Split', pattern: { Regex: anyOf(tokens.slice(SPECIAL.length)) }, behavior: 'Isolated', invert: false },
          ],
        },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ Sequence: { id: 'A', type_id: 0 } }, end],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, end, { Sequence: { id: 'B', type_id: 0 } }, end],
      special_tokens: { [EOS]: { id: EOS, ids: [SPECIAL.indexOf(EOS)], tokens: [EOS] } },
    },
    decoder: null,
    model: { type: 'WordLevel', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), unk_token: UNKNOWN },
  };
  const config = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    pad_token: PAD,
    eos_token: EOS,
    unk_token: UNKNOWN,
    // T5 takes no others.
    model_input_names: ['input_ids', 'attention_mask'],
    clean_up_tokenization_spaces: false,
  };
  return [
    textFile(`${folder}/tokenizer.json`, `${JSON.stringify(tokenizer, null, 2)}\n`),
    textFile(`${folder}/tokenizer_config.json`, `${JSON.stringify(config, null, 2)}\n`),
  ];
}
