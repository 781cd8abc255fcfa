/** The lessons by name, each fetched when it is opened. */
import type { LessonName } from '../../../../experiment/link/lesson-keys.ts';
import type { Lesson } from '../lesson.ts';

export const LESSON_FILES: Readonly<Record<LessonName, () => Promise<{ readonly lesson: Lesson }>>> = {
  'two-become-one': () => import('./two-become-one.ts'),
  'bigger-steps': () => import('./bigger-steps.ts'),
  'over-the-edge': () => import('./over-the-edge.ts'),
  twins: () => import('./twins.ts'),
  'does-it-pay': () => import('./does-it-pay.ts'),
  'when-to-grow': () => import('./when-to-grow.ts'),
  'read-then-answer': () => import('./read-then-answer.ts'),
};
