/**
 * The same story about others: people, places and things change names, in both languages. So a story of any shape can
 * be told in any split, and held-out ones are neither longer nor have more people in them than those of the training.
 */
import type { RandomStream } from '../random.ts';
import { INVENTED, PEOPLE, PLACES, THINGS } from './words.ts';

/** A word for a word; others stay as they are. */
export type Renaming = (word: string) => string;

export function drawRenaming(random: RandomStream): Renaming {
  const names = new Map<string, string>();
  for (const kind of [PEOPLE, PLACES, THINGS]) {
    const others: readonly string[] = random.shuffle([...kind]);
    kind.forEach((word, i) => names.set(word, others[i] ?? word));
  }
  for (const word of [...PLACES, ...THINGS]) {
    const other = names.get(word) as keyof typeof INVENTED;
    names.set(INVENTED[word], INVENTED[other]);
  }
  return (word) => names.get(word) ?? word;
}
