/** How far a reader has come in each lesson, and what was said and found there: kept in this browser. */
import type { LessonName } from '../../../experiment/link/lesson-keys.ts';
import { readKept, writeKept } from '../../state/browser-storage.ts';
import type { Answer, Facts } from './lesson.ts';

/** The reader's progress in a step. */
export interface Entry {
  readonly answer?: Answer;
  /** The answer stands: the run has begun to show what was asked. */
  readonly locked?: boolean;
  /** The run's answer; the step is done. */
  readonly facts?: Facts;
}

/** By the id of the step. */
export type Entries = Readonly<Record<string, Entry>>;

const KEY = 'deep-fusion.lessons';

function readAll(): Readonly<Record<string, Entries>> {
  try {
    const found: unknown = JSON.parse(readKept(KEY) ?? '{}');
    return typeof found === 'object' && found !== null ? (found as Record<string, Entries>) : {};
  } catch {
    // Written by something else: then a lesson begins at its beginning.
    return {};
  }
}

export function readEntries(name: LessonName): Entries {
  const entries = readAll()[name];
  return typeof entries === 'object' && entries !== null ? entries : {};
}

export function writeEntries(name: LessonName, entries: Entries): void {
  writeKept(KEY, JSON.stringify({ ...readAll(), [name]: entries }));
}
