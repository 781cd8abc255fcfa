/** The optimizer, and the numbers that some of them have. */
import { OPTIMIZERS, type OptimizerSetting, optimizerRow } from '../declared/optimizers.ts';
import { choice, real, type Seen, setting } from './setting.ts';

export const optimizer = setting({
  type: choice(OPTIMIZERS),
  key: 'opt',
  what: 'an optimizer',
  words: 'optimizer',
  help: 'optimizer',
});

/** The optimizers that have a number, in words: `momentum, Adam, AdamW`. */
const having = (name: OptimizerSetting): string =>
  OPTIMIZERS.filter((each) => optimizerRow(each).settings.includes(name))
    .map((each) => optimizerRow(each).words)
    .join(', ');

/** A number that means something for the optimizers that have it. */
const of = (name: OptimizerSetting) => ({
  when: ({ optimizer: chosen }: Seen) => optimizerRow(chosen).settings.includes(name),
  silent: true as const,
});
const otherwise = ({ optimizer: chosen }: Seen): string => `has no effect with opt=${chosen}`;

export const beta1 = setting({
  type: real(0, 0.9999),
  what: 'a decay of the average of gradients',
  words: 'β1 of the optimizer',
  help: `decay of the average of gradients: ${having('beta1')}`,
  neutral: 0.9,
  absentInOldFiles: true,
  needs: of('beta1'),
  otherwise,
});

export const beta2 = setting({
  type: real(0, 0.99999),
  what: 'a decay of the average of squared gradients',
  words: 'β2 of the optimizer',
  help: `decay of the average of squared gradients: ${having('beta2')}`,
  neutral: 0.999,
  absentInOldFiles: true,
  needs: of('beta2'),
  otherwise,
});

export const epsilon = setting({
  // float32 has no smaller normal number worth dividing by.
  type: real(1e-16, 1),
  key: 'eps',
  what: 'what is added to the root',
  words: 'ε of the optimizer',
  help: `what is added to the root: ${having('epsilon')}`,
  neutral: 1e-8,
  absentInOldFiles: true,
  needs: of('epsilon'),
  otherwise,
});

/** The usual settings of momentum and Adam: what an experiment has that says nothing of them. */
export const OPTIMIZER_DEFAULTS = { beta1: beta1.neutral, beta2: beta2.neutral, epsilon: epsilon.neutral } as const;
