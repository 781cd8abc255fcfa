/** What lessons are called and what their idea is, for their list: the lessons themselves are fetched when they are opened. */
import { LESSONS, type LessonName } from '../../../experiment/link/lesson-keys.ts';
import { say as twoBecomeOne } from '../../text/en/lessons/two-become-one.ts';

interface Listed {
  readonly title: string;
  readonly idea: string;
}

const WORDS: Readonly<Record<LessonName, Listed>> = { 'two-become-one': twoBecomeOne };

export const LESSON_TITLES = Object.fromEntries(LESSONS.map((name) => [name, WORDS[name].title])) as Readonly<Record<LessonName, string>>;
export const LESSON_IDEAS = Object.fromEntries(LESSONS.map((name) => [name, WORDS[name].idea])) as Readonly<Record<LessonName, string>>;
