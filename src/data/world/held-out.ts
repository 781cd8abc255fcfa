/**
 * Which combinations of person, place and thing are kept from training. A text belongs to the split of the rarest
 * combination that can be made of the words in it, so that a training text has none that is held out, however one
 * counts.
 */
import { PEOPLE, PLACES, THINGS } from './words.ts';

export type WorldSplit = 'train' | 'validation' | 'test';

const indicesIn = (words: ReadonlySet<string>, all: readonly string[]): number[] => all.flatMap((word, i) => (words.has(word) ? [i] : []));

/**
 * One combination in twenty is for validation and one in twenty for the test, spread evenly over people, places and
 * things.
 */
function splitOfCombination(person: number, place: number, thing: number): WorldSplit {
  const residue = (person + 3 * place + 7 * thing) % 20;
  if (residue === 0) return 'validation';
  return residue === 1 ? 'test' : 'train';
}

/** The split of a text by its words; null where it lacks a person, a place or a thing. */
export function splitOfWords(words: readonly string[]): WorldSplit | null {
  const present = new Set(words);
  const splits = new Set<WorldSplit>();
  for (const person of indicesIn(present, PEOPLE))
    for (const place of indicesIn(present, PLACES))
      for (const thing of indicesIn(present, THINGS)) splits.add(splitOfCombination(person, place, thing));
  if (splits.size === 0) return null;
  if (splits.has('test')) return 'test';
  return splits.has('validation') ? 'validation' : 'train';
}
