/** The lessons by name, each fetched when it is opened. */
import type { LessonName } from '../../../../experiment/link/lesson-keys.ts';
import type { Lesson } from '../lesson.ts';

export const LESSON_FILES: Readonly<Record<LessonName, () => Promise<{ readonly lesson: Lesson }>>> = {
  'two-become-one': () => import('./two-become-one.ts'),
};
