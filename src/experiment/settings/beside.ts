/** Settings of the work beside the run: predictions and baselines. None of it changes a number of the training. */
import { PREDICTIONS } from '../declared/flows.ts';
import { list, setting } from './setting.ts';

export const PREDICTION_STARTS = ['0', 'growth'] as const;
export type PredictionStart = (typeof PREDICTION_STARTS)[number];
export const BASELINES = ['scratch', 'alone', 'ensemble', 'unread'] as const;
export type BaselineName = (typeof BASELINES)[number];

export const predict = setting({
  type: list(PREDICTIONS),
  what: 'a prediction',
  words: 'prediction',
  help: 'flows that are drawn beside the run',
  changesRun: false,
});

export const from = setting({
  type: list(PREDICTION_STARTS, false),
  what: 'a start of predictions',
  words: 'predicted from',
  help: 'where predictions begin: at step 0, through the growth; at the growth',
  changesRun: false,
});

export const wait = setting({
  type: { is: 'flag' },
  what: 'whether to wait for the prediction',
  words: 'wait for the prediction',
  help: 'wait at a growth until what is past it is predicted; it costs time and changes no number; absent: go on',
  optional: true,
  changesRun: false,
});

export const baseline = setting({
  type: list(BASELINES),
  what: 'a baseline',
  help: 'what trains beside it: the large model from random init; the first source alone, beyond the growth; all sources alone, their logits averaged; the large model from random init on the last task alone',
  changesRun: false,
});
