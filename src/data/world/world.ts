/**
 * Texts of the little world: stories to read, and examples of its tasks; each is of one split (held-out.ts). Entry
 * point of data/world/.
 */
import { stream, type RandomStream } from '../random.ts';
import { splitOfWords, type WorldSplit } from './held-out.ts';
import { ending, QUESTIONS, type WorldExample } from './questions.ts';
import { drawRenaming, type Renaming } from './renaming.ts';
import { told } from './sentences.ts';
import { simulate } from './simulator.ts';
import type { WorldTask } from './words.ts';

export type { WorldSplit } from './held-out.ts';
export type { WorldExample } from './questions.ts';

/** A story with its ending. */
function story(random: RandomStream): readonly string[] {
  const lived = simulate(random);
  return [...told(lived.events), ...ending(lived, random)];
}

/** An example of a task, its prefix before it; null where the story that was drawn has none. */
function example(task: WorldTask, random: RandomStream): WorldExample | null {
  const asked = QUESTIONS[task](simulate(random), random);
  return asked && { source: [task, ':', ...asked.source], target: asked.target };
}

/** Names that are tried for a text until it is of the split that is asked for. One draw in five is of the rarest. */
const RENAMINGS = 100;

/**
 * Draws until there are `count` different ones of a split. What is drawn is given names that make it one of that split,
 * so that texts of all splits are alike but for their names.
 */
function draw<T>(
  count: number,
  split: WorldSplit,
  random: RandomStream,
  make: () => T | null,
  wordsOf: (made: T) => readonly string[],
  rename: (made: T, renaming: Renaming) => T,
  fits: (made: T) => boolean,
): readonly T[] {
  const found = new Map<string, T>();
  // Of every task there are many times more than an experiment may ask for: the end is always reached.
  while (found.size < count) {
    const made = make();
    // Other names make no text complete that lacks a person, a place or a thing.
    if (made === null || splitOfWords(wordsOf(made)) === null) continue;
    for (let tries = 0; tries < RENAMINGS; tries++) {
      const named = rename(made, drawRenaming(random));
      // In pieces of words, other names may be longer.
      if (splitOfWords(wordsOf(named)) !== split || !fits(named)) continue;
      found.set(wordsOf(named).join(' '), named);
      break;
    }
  }
  return [...found.values()];
}

const all = (): boolean => true;

/** Different stories of a split, each as its words. @param fits leaves out those that are too long */
export function stories(
  seed: number,
  use: string,
  count: number,
  split: WorldSplit,
  fits: (words: readonly string[]) => boolean = all,
): readonly (readonly string[])[] {
  const random = stream(seed, `stories, ${split}, ${use}`);
  return draw(
    count,
    split,
    random,
    () => story(random),
    (words) => words,
    (words, renaming) => words.map(renaming),
    fits,
  );
}

/** Examples of a task, of a split, with different sources. @param fits leaves out those that are too long */
export function worldExamples(
  task: WorldTask,
  seed: number,
  use: string,
  count: number,
  split: WorldSplit,
  fits: (example: WorldExample) => boolean = all,
): readonly WorldExample[] {
  const random = stream(seed, `${task}, ${split}, ${use}`);
  return draw(
    count,
    split,
    random,
    () => example(task, random),
    ({ source }) => source,
    ({ source, target }, renaming) => ({ source: source.map(renaming), target: target.map(renaming) }),
    fits,
  );
}
