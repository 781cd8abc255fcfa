/**
 * Everyday words first: which examples of English words are shown as samples, and in which order. Never which are
 * trained on.
 */
import type { EncodedExample } from './example.ts';

/** Word → 0 for the commonest, 1, 2; a word that is not listed is not shown. */
export type Ranks = ReadonlyMap<string, number>;

/**
 * The list, read when it is first wanted: training needs none of it. Empty where it can't be read, so that what is only
 * shown stops no training.
 */
export async function everydayRanks(): Promise<Ranks> {
  try {
    const { EVERYDAY_WORDS } = await import('./everyday-words.data.ts');
    return ranksOf(EVERYDAY_WORDS);
  } catch {
    return new Map();
  }
}

/** @param classes words separated by white space, the commonest class first; a word that stands in two has the first */
export function ranksOf(classes: readonly string[]): Ranks {
  const ranks = new Map<string, number>();
  classes.forEach((words, rank) => {
    for (const word of words.trim().split(/\s+/)) if (!ranks.has(word)) ranks.set(word, rank);
  });
  return ranks;
}

/** The listed ones, the commonest class first and each class in the examples' own order. */
export function everydayFirst(examples: readonly EncodedExample[], ranks: Ranks): readonly EncodedExample[] {
  const rankOf = ({ source }: EncodedExample): number => ranks.get(source) ?? Infinity;
  return examples.filter((example) => ranks.has(example.source)).sort((a, b) => rankOf(a) - rankOf(b));
}
