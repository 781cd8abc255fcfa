/** Sort: five of the letters a … f into order: `fbcab` → `abbcf`. */
import { TASK_ROWS } from '../../experiment/declared/tasks.ts';
import { sequenceTask } from './sequence-task.ts';

export const sort = sequenceTask({
  id: 'sort',
  ...TASK_ROWS.sort,
  target: (source) => source.toSorted(),
});
