/**
 * Keys of the link that concern the page and no number of the run: which lesson is open at which step (`lesson=`), and
 * the curve that a reader drew before seeing it (`guess=`).
 */
import { say } from './complaints.ts';
import type { Reading } from './spelling.ts';

/** By the names that links use, in the order of the list. */
export const LESSONS = [
  'two-become-one',
  'bigger-steps',
  'over-the-edge',
  'twins',
  'does-it-pay',
  'when-to-grow',
  'read-then-answer',
] as const;
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

/** Points of a drawn curve: step and loss, in the order of their steps. */
export type GuessPoints = readonly (readonly [step: number, loss: number])[];

/** The part of a curve drawn by hand that a link can hold. */
const MOST_POINTS = 24;
/** Losses that can be drawn. */
const LOSSES = [1e-4, 100] as const;

/** `100:2.1,140:1.5`: at step 100 a loss of 2.1, and so on. */
export function readGuess(text: string): Reading<GuessPoints> {
  const points = text.split(',').map((part) => {
    const [step = '', loss = ''] = part.split(':', 2);
    return [/^\d{1,6}$/.test(step) ? Number(step) : NaN, /^\d*\.?\d+$/.test(loss) ? Number(loss) : NaN] as const;
  });
  const wrong = points.findIndex(
    ([step, loss], i) => !(step > (points[i - 1]?.[0] ?? -1)) || !(loss >= LOSSES[0] && loss <= LOSSES[1]) || !Number.isFinite(step),
  );
  if (wrong >= 0 || points.length < 2 || points.length > MOST_POINTS) return { complaint: say.notADrawnCurve(MOST_POINTS) };
  return { value: points };
}

export const writeGuess = (points: GuessPoints): string => points.map(([step, loss]) => `${step}:${Number(loss.toPrecision(3))}`).join(',');
