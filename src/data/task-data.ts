/** The data of an experiment: what it trains on and what it is measured on. Entry point of data/. */
import type { DataChoice, ReadText, TaskData } from './example.ts';
import { TASK_REGISTRY } from './tasks/registry.ts';
import { verified } from './verified-text.ts';

export type { DataChoice, ReadText, TaskData } from './example.ts';

/**
 * Draws the examples of an experiment; the same choice gives the same examples for ever.
 * @param read gives the text of a prepared file, e.g. `data/pronounce.train.txt`; made-up tasks read nothing
 * @throws with the field's name where more examples are asked for than there are, with the file's where it is not as it
 * was prepared
 */
export async function loadTaskData(experiment: DataChoice, read: ReadText): Promise<TaskData> {
  for (const field of ['examples', 'probe'] as const) {
    const value = experiment[field];
    if (!Number.isInteger(value) || value < 1) throw new Error(`${field}: ${value} is not a number of examples, e.g. 64`);
  }
  return TASK_REGISTRY[experiment.task].load(experiment, verified(read));
}
