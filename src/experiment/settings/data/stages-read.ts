/**
 * The data of a run, stage by stage: a stage says of its task and its text only what is other than the experiment's.
 */
import type { TaskId } from '../../declared/tasks.ts';
import type { CorpusId } from '../../declared/texts.ts';
import type { StageOptions } from '../values.ts';

interface Reader {
  readonly task: TaskId;
  readonly corpus?: CorpusId | undefined;
  readonly plan?: readonly StageOptions[] | undefined;
}

/** Task and text of all stages, and the experiment's own before them. */
export const stagesRead = ({
  task,
  corpus = 'world',
  plan = [],
}: Reader): readonly { readonly task: TaskId; readonly corpus: CorpusId }[] =>
  [{ task, corpus }, ...plan].map((stage) => ({ task: stage.task ?? task, corpus: stage.corpus ?? corpus }));
