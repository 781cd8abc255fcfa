/** Copy with a distractor: eight of the letters a … f and x, without the x: `axbcxdef` → `abcdef`. */
import { TASK_ROWS } from '../../experiment/declared/tasks.ts';
import { sequenceTask } from './sequence-task.ts';

const DISTRACTOR = 'x';

export const copy = sequenceTask({
  id: 'copy',
  ...TASK_ROWS.copy,
  target: (source) => source.filter((symbol) => symbol !== DISTRACTOR),
});
