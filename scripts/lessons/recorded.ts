/** The findings of a lesson's steps when it was recorded, and in which runs: another link makes it stale. */
import type { AllFacts, Lesson } from '../../src/app/features/lesson/lesson.ts';

export interface Recorded {
  /** The links of its runs, in their order. */
  readonly links: readonly string[];
  readonly facts: AllFacts;
}

/** The links of the runs by which a lesson is recorded. */
export function linksOf({ steps }: Pick<Lesson, 'steps'>): readonly string[] {
  return [...new Set(steps.flatMap(({ recorded, change }) => recorded ?? change ?? []))];
}
