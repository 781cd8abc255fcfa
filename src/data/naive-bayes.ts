/**
 * Naive Bayes: the answer whose words it is that stand in a text, each counted by itself and wherever it stands
 * (multinomial, one added to every count). What a network has to beat that is to have understood more than which words
 * there are.
 */

interface Example {
  readonly source: string;
  readonly target: string;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}']+|[.?!,;:]/gu) ?? [];

/**
 * The answers to `asked` of one who has counted the words of `train`; of answers equally likely the first that was met.
 */
export function naiveBayes(train: readonly Example[], asked: readonly Example[]): readonly string[] {
  const known = new Set<string>();
  const classes = new Map<string, { examples: number; words: number; readonly counts: Map<string, number> }>();
  for (const { source, target } of train) {
    const own = classes.get(target) ?? { examples: 0, words: 0, counts: new Map<string, number>() };
    classes.set(target, own);
    own.examples++;
    for (const word of wordsOf(source)) {
      known.add(word);
      own.words++;
      own.counts.set(word, (own.counts.get(word) ?? 0) + 1);
    }
  }
  return asked.map(({ source }) => {
    const words = wordsOf(source).filter((word) => known.has(word));
    let best = { answer: '', likelihood: -Infinity };
    for (const [answer, { examples, words: all, counts }] of classes) {
      let likelihood = Math.log(examples / train.length);
      for (const word of words) likelihood += Math.log(((counts.get(word) ?? 0) + 1) / (all + known.size));
      if (likelihood > best.likelihood) best = { answer, likelihood };
    }
    return best.answer;
  });
}
