/** Reverse: eight of the letters a … j, backwards: `abcdefgh` → `hgfedcba`. */
import { TASK_ROWS } from '../../experiment/declared/tasks.ts';
import { sequenceTask } from './sequence-task.ts';

export const reverse = sequenceTask({
  id: 'reverse',
  ...TASK_ROWS.reverse,
  target: (source) => source.toReversed(),
});
