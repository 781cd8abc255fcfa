/** The tasks by id: the code half of experiment/tasks.ts. */
import type { TaskId } from '../../experiment/experiment.ts';
import type { Task } from '../example.ts';
import { copy } from './copy.ts';
import { pronounce } from './pronounce.ts';
import { reverse } from './reverse.ts';
import { sort } from './sort.ts';

export const TASK_REGISTRY: Readonly<Record<TaskId, Task>> = { reverse, sort, pronounce, copy };
