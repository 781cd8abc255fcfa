/** Sort: five of the letters a … f into order: `fbcab` → `abbcf`. */
import { sequenceTask } from './sequence-task.ts';

export const sort = sequenceTask({
  id: 'sort',
  symbols: [...'abcdef'],
  length: 5,
  target: (source) => source.toSorted(),
});
