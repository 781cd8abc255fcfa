/** What lessons are called and what their idea is, for their list: the lessons themselves are fetched when they are opened. */
import type { LessonName } from '../../../experiment/link/lesson-keys.ts';
import { say as twoBecomeOne } from '../../text/en/lessons/two-become-one.ts';

interface Listed {
  readonly title: string;
  readonly idea: string;
}

export const LISTED: Readonly<Record<LessonName, Listed>> = { 'two-become-one': twoBecomeOne };
