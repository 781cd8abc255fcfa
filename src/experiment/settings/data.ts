/** What is learnt, and from how many examples. */
import { MOST, TASKS } from '../declared/tasks.ts';
import { choice, or, setting, whole } from './setting.ts';

export const task = setting({ type: choice(TASKS), what: 'a task', help: 'data set and task' });

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
