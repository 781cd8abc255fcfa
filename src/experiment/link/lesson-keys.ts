/** `lesson=` of a link: which lesson is open, and at which step. It concerns the page and no number of the run. */
import { say } from './complaints.ts';
import type { Reading } from './spelling.ts';

/** By the names that links use, in the order of the list. */
export const LESSONS = ['two-become-one'] as const;
export type LessonName = (typeof LESSONS)[number];

export interface LessonPlace {
  readonly name: LessonName;
  /** Counted from 1. */
  readonly step: number;
}

/** No lesson has more. */
const MOST_STEPS = 12;

/** `two-become-one`, or `two-become-one:3` for its third step. */
export function readLesson(text: string): Reading<LessonPlace> {
  const [word = '', place] = text.split(':', 2);
  const name = LESSONS.find((each) => each === word);
  if (name === undefined) return { complaint: say.notALesson(LESSONS) };
  if (place === undefined) return { value: { name, step: 1 } };
  const step = /^\d{1,2}$/.test(place) ? Number(place) : 0;
  if (step < 1 || step > MOST_STEPS) return { complaint: say.noStepOfLesson(`${name}:1`) };
  return { value: { name, step } };
}

export const writeLesson = ({ name, step }: LessonPlace): string => (step === 1 ? name : `${name}:${step}`);
