/** Reverse: eight of the letters a … j, backwards: `abcdefgh` → `hgfedcba`. */
import { sequenceTask } from './sequence-task.ts';

export const reverse = sequenceTask({
  id: 'reverse',
  symbols: [...'abcdefghij'],
  length: 8,
  target: (source) => source.toReversed(),
});
