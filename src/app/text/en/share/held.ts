/** Names, as a reader sees them, of the settings that Share can hold fast. */
import { spoken } from '../../language.ts';

export const say = spoken('held', {
  preset: 'Preset',
  task: 'Task',
  model: 'Model size',
  optimizer: 'Optimizer',
  h: 'Step size',
  h2: 'Step size after growth',
  batch: 'Batch',
  seed: 'Seed',
  grow: 'Growth step',
  steps: 'Length',
  operator: 'Operator',
  norm: 'Norm',
  predict: 'Prediction',
  baseline: 'Baseline',
});
