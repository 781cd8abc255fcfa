/** The tasks by id; a new task is a file here, its id in experiment/, and a line below. */
import type { TaskId } from '../../experiment/experiment.ts';
import type { Task } from '../example.ts';
import { pronounce } from './pronounce.ts';
import { reverse } from './reverse.ts';
import { sort } from './sort.ts';

export const TASK_REGISTRY: Readonly<Record<TaskId, Task>> = { reverse, sort, pronounce };
