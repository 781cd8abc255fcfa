/**
 * A task's vocabulary as a tokenizer that Hugging Face's `AutoTokenizer` reads (the `tokenizers` format, version 1.0),
 * the end added. Pieces of words are a Unigram. Of other vocabularies each symbol is an id, and symbols may stand apart
 * or together: `cat` and `c a t` → ids of c, a, t and `</s>`, and `K AE T` → ids of three phonemes. Where one symbol
 * begins like another, the longer one is taken.
 */
import type { TaskData } from '../../data/example.ts';
import { PLAIN_MARKS } from '../../data/text/marks.ts';
import { BLANK, type Piece } from '../../data/text/unigram.ts';
import { SPECIAL } from '../../data/vocabulary.ts';
import { textFile, type OutputFile } from '../files.ts';

const [PAD, EOS, UNKNOWN] = SPECIAL;

/** `<extra_id_0>`, which stands for a gap. */
const isSentinel = (token: string): boolean => /^<extra_id_\d+>$/.test(token);

/** Runs of letters are words, every other sign is one of its own. */
const WORDS_AND_MARKS = {
  type: 'Sequence',
  pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Split', pattern: { Regex: '[a-z]+|[^a-z]' }, behavior: 'Isolated', invert: false }],
};

const METASPACE = { type: 'Metaspace', replacement: BLANK, prepend_scheme: 'always', split: true };

/** A regular expression that matches any of the symbols, the longer ones first. */
function anyOf(symbols: readonly string[]): string {
  const longestFirst = symbols.toSorted((a, b) => b.length - a.length);
  return longestFirst.map((symbol) => symbol.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\${sign}`)).join('|');
}

/** The part of a tokenizer that splits a text and makes ids of it. */
interface Splitting {
  readonly normalizer: unknown;
  readonly pre_tokenizer: unknown;
  readonly decoder: unknown;
  readonly model: unknown;
}

/**
 * With what every tokenizer has: no cuts, no padding, special tokens that are taken as they stand, the end behind a
 * text.
 */
function tokenizerOf(tokens: readonly string[], { normalizer, pre_tokenizer, decoder, model }: Splitting): Record<string, unknown> {
  const end = { SpecialToken: { id: EOS, type_id: 0 } };
  return {
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
    normalizer,
    pre_tokenizer,
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ Sequence: { id: 'A', type_id: 0 } }, end],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, end, { Sequence: { id: 'B', type_id: 0 } }, end],
      special_tokens: { [EOS]: { id: EOS, ids: [SPECIAL.indexOf(EOS)], tokens: [EOS] } },
    },
    decoder,
    model,
  };
}

/**
 * A vocabulary of pieces in the layout of `tokenizer.json`, as data/text/unigram.ts splits with it. @param pieces by id
 */
export function unigramTokenizer(pieces: readonly Piece[]): Record<string, unknown> {
  const tokens = pieces.map(([token]) => token);
  return tokenizerOf(tokens, {
    normalizer: {
      type: 'Sequence',
      normalizers: [
        ...PLAIN_MARKS.map(([mark, plain]) => ({ type: 'Replace', pattern: { String: mark }, content: plain })),
        { type: 'NFKC' },
      ],
    },
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, METASPACE] },
    decoder: METASPACE,
    model: { type: 'Unigram', unk_id: SPECIAL.indexOf(UNKNOWN), vocab: pieces, byte_fallback: false },
  });
}

/** Symbols, each with an id of its own. @param words whether they are words in lower case and marks */
function symbolTokenizer(tokens: readonly string[], words: boolean): Record<string, unknown> {
  return tokenizerOf(tokens, {
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
    decoder: null,
    model: { type: 'WordLevel', vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), unk_token: UNKNOWN },
  });
}

/**
 * @param folder e.g. `checkpoints/M-300`
 * @param tokens id → token; the first three are T5's special ones
 * @param spelling how texts become tokens (data/example.ts); without it each symbol stands for itself
 */
export function writeTokenizer(folder: string, tokens: readonly string[], spelling?: TaskData['spelling']): readonly OutputFile[] {
  if (SPECIAL.some((token, id) => tokens[id] !== token))
    throw new Error(`${folder}: the vocabulary begins with ${tokens.slice(0, 3).join(' ')}; T5's begins with ${SPECIAL.join(' ')}`);
  const spaced = tokens.find((token) => /\s/.test(token));
  if (spaced !== undefined) throw new Error(`${folder}: the token ${JSON.stringify(spaced)} has a space in it, where tokens are parted`);
  const pieces = spelling === 'words' ? undefined : spelling;
  const tokenizer = pieces === undefined ? symbolTokenizer(tokens, spelling === 'words') : unigramTokenizer(pieces);
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
