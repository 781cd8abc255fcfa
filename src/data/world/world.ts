/** Texts of the little world: stories to read, and examples of its tasks; each is of one split (held-out.ts). Entry point of data/world/. */
import { stream, type RandomStream } from '../random.ts';
import { splitOfWords, type WorldSplit } from './held-out.ts';
import { ending, QUESTIONS, type WorldExample } from './questions.ts';
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

/** Draws until there are `count` different ones of a split. */
function draw<T>(
  count: number,
  make: () => T | null,
  wordsOf: (made: T) => readonly string[],
  split: WorldSplit,
  fits: (made: T) => boolean,
): readonly T[] {
  const found = new Map<string, T>();
  // Of every task there are many times more than an experiment may ask for: the end is always reached.
  while (found.size < count) {
    const made = make();
    if (made === null || !fits(made)) continue;
    const words = wordsOf(made);
    if (splitOfWords(words) === split) found.set(words.join(' '), made);
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
    () => story(random),
    (words) => words,
    split,
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
    () => example(task, random),
    ({ source }) => source,
    split,
    fits,
  );
}
