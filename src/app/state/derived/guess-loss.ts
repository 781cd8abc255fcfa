/** The loss of a guess without looking: every token of the vocabulary as likely as the other. */
import type { Experiment } from '../../../experiment/experiment.ts';
import { taskRow } from '../../../experiment/declared/tasks.ts';

/** ln V, in nats, of the task that the first stages train on. */
export function guessLoss({ task, examples, corpus, vocab }: Pick<Experiment, 'task' | 'examples' | 'corpus' | 'vocab'>): number {
  return Math.log(taskRow(task).shape(examples, { corpus, vocab }).vocabulary);
}
