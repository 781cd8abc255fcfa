/**
 * Vocabularies of pieces, learnt from the training parts of the two texts, in the layout of Hugging Face's
 * `tokenizer.json`.
 */
import { CHARACTERS } from '../../src/data/text/characters.ts';
import { blankedWords } from '../../src/data/text/unigram.ts';
import { unigramTokenizer } from '../../src/storage/checkpoint/tokenizer.ts';
import { withSpecialTokens } from '../../src/data/text/special-tokens.ts';
import { VOCABULARY_ROWS } from '../../src/experiment/declared/texts.ts';
import { preparedFile, type PreparedFile } from './prepared-file.ts';
import { trainUnigram } from './unigram-trainer.ts';

const PIECES = ['1024', '512'] as const;
/** Tokens of a vocabulary beside its pieces. */
const BESIDE = withSpecialTokens([]).length;

/** How often each word stands in the texts. */
function countWords(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of blankedWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** @param corpora the prepared files of the texts */
export function vocabularyFiles(corpora: readonly PreparedFile[]): readonly PreparedFile[] {
  const read = corpora.filter(({ split }) => split === 'train');
  const [first] = read;
  if (!first) throw new Error('there is no text to learn a vocabulary from');
  const trained = trainUnigram(
    countWords(read.map(({ text }) => text)),
    CHARACTERS,
    PIECES.map((name) => VOCABULARY_ROWS[name].size - BESIDE),
  );
  return PIECES.toReversed().map((name) => {
    const pieces = trained.get(VOCABULARY_ROWS[name].size - BESIDE) ?? [];
    return preparedFile({
      path: `data/vocabulary-${name}.json`,
      title: `Vocabulary of ${VOCABULARY_ROWS[name].words}, learnt from ${read.map(({ title }) => title).join(' and ')}`,
      task: 'vocabulary',
      rows: pieces.length,
      package: read.map((file) => file.package).join(', '),
      version: read.map((file) => file.version).join(', '),
      licence: first.licence,
      notice: first.notice,
      text: `${JSON.stringify(unigramTokenizer(withSpecialTokens(pieces)))}\n`,
    });
  });
}
