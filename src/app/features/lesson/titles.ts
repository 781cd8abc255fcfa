/**
 * Titles and ideas of lessons, for their list: the lessons themselves are fetched when they are
 * opened.
 */
import type { LessonName } from '../../../experiment/link/lesson-keys.ts';
import { say as biggerSteps } from '../../text/en/lessons/bigger-steps.ts';
import { say as overTheEdge } from '../../text/en/lessons/over-the-edge.ts';
import { say as twins } from '../../text/en/lessons/twins.ts';
import { say as doesItPay } from '../../text/en/lessons/does-it-pay.ts';
import { say as whenToGrow } from '../../text/en/lessons/when-to-grow.ts';
import { say as readThenAnswer } from '../../text/en/lessons/read-then-answer.ts';
import { say as twoBecomeOne } from '../../text/en/lessons/two-become-one.ts';

interface Listed {
  readonly title: string;
  readonly idea: string;
}

export const LISTED: Readonly<Record<LessonName, Listed>> = {
  'two-become-one': twoBecomeOne,
  'bigger-steps': biggerSteps,
  'over-the-edge': overTheEdge,
  twins: twins,
  'does-it-pay': doesItPay,
  'when-to-grow': whenToGrow,
  'read-then-answer': readThenAnswer,
};
