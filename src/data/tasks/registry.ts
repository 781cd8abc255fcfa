/** The tasks by id: the code half of experiment/declared/tasks.ts. */
import type { TaskId } from '../../experiment/experiment.ts';
import type { Task } from '../example.ts';
import { copy } from './copy.ts';
import { pronounce } from './pronounce.ts';
import { reverse } from './reverse.ts';
import { sort } from './sort.ts';
import type { TextTaskId } from './texts.ts';

/** A task of texts: its code is fetched when it is asked for. */
const ofTexts = (id: TextTaskId): Task => ({
  id,
  load: async (choice, read) => (await import('./texts.ts')).loadTexts(id, choice, read),
});

export const TASK_REGISTRY: Readonly<Record<TaskId, Task>> = {
  reverse,
  sort,
  pronounce,
  copy,
  spans: ofTexts('spans'),
  who: ofTexts('who'),
  where: ofTexts('where'),
  mood: ofTexts('mood'),
  true: ofTexts('true'),
  ok: ofTexts('ok'),
  same: ofTexts('same'),
  tell: ofTexts('tell'),
  turn: ofTexts('turn'),
  era: ofTexts('era'),
  acceptable: ofTexts('acceptable'),
  rhyme: ofTexts('rhyme'),
  kind: ofTexts('kind'),
  translate: ofTexts('translate'),
  own: ofTexts('own'),
};
