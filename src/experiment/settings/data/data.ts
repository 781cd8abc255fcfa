/** Settings of the data: the task, its text, and how many examples there are. */
import { MOST, type TaskId, TASKS, taskRow } from '../../declared/tasks.ts';
import { CORPORA, VOCABULARIES } from '../../declared/texts.ts';
import { choice, or, setting, type Seen, whole } from '../setting.ts';
import { stagesRead } from './stages-read.ts';

export const task = setting({ type: choice(TASKS), what: 'a task', help: 'data set and task' });

/** The tasks of all stages, and the experiment's own. */
const tasksIn = (seen: Seen): readonly TaskId[] => stagesRead(seen).map(({ task: own }) => own);

export const corpus = setting({
  type: choice(CORPORA),
  what: 'a text',
  words: 'text',
  help: 'which text is read, for the task spans',
  optional: true,
  neutral: 'world',
  needs: {
    when: (seen) => tasksIn(seen).includes('spans'),
    keys: ['task', 'plan'],
    silent: true,
  },
  otherwise: ({ task: own }) => `has no effect on task=${own}, which reads no text`,
});

export const vocab = setting({
  type: choice(VOCABULARIES),
  what: 'a vocabulary',
  words: 'vocabulary',
  help: 'what texts are spelled with, the same for all tasks of an experiment',
  optional: true,
  neutral: 'words',
  needs: {
    when: (seen) => tasksIn(seen).some((each) => taskRow(each).texts),
    keys: ['task', 'plan'],
    silent: true,
  },
  otherwise: ({ task: own }) => `has no effect on task=${own}, which has symbols of its own`,
});

export const examples = setting({
  type: whole(1, MOST.examples),
  what: 'a number of examples',
  help: 'size of the training set',
});

export const probe = setting({
  type: whole(1, MOST.probe),
  what: 'a number of probe examples',
  words: 'probe examples',
  help: 'size of the probe set; with a full batch the probe set is the training set',
  // With a full batch it is as large as the training set.
  holds: whole(1, MOST.examples),
  unsaid: ({ batch: size }) => size === 'full',
});

export const batch = setting({
  type: or(whole(1, 1_024), 'full', 'full'),
  what: 'a batch size',
  help: 'examples a step; full: every step sees every training example',
});
