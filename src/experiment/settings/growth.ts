/** How networks grow: the operator, the new weights, the norms, the optimizer's state. */
import { MOMENTS, NORMS, OFF_DIAGONALS } from '../declared/norms.ts';
import { isFusion, OPERATORS } from '../declared/operators.ts';
import { optimizerRow } from '../declared/optimizers.ts';
import { choice, real, setting, whole } from './setting.ts';

export const operator = setting({
  type: choice(OPERATORS),
  key: 'op',
  what: 'a growth operator',
  words: 'operator',
  help: 'growth operator',
  // Of a plan, `fuse` and `self` are read off its growths.
  unsaid: ({ plan, operator: chosen }) => plan !== undefined && isFusion(chosen),
});

export const offDiagonal = setting({
  type: choice(OFF_DIAGONALS),
  key: 'off',
  what: 'an off-diagonal init',
  words: 'off-diagonal',
  help: 'init of the off-diagonal blocks',
});

export const sigma = setting({
  type: real(0, 10),
  what: 'a scale',
  words: 'off-diagonal scale',
  help: 'scale of the off-diagonal init: of noise relative to the RMS of the diagonal block, of random to the layer’s own init',
});

export const diagonal = setting({
  type: real(0, 10),
  what: 'a scale',
  words: 'noise on the copies',
  help: 'scale of the noise on the copies of a self-fusion, relative to the RMS of the diagonal block; 0: exact copies',
  neutral: 0,
});

export const norm = setting({ type: choice(NORMS), what: 'a norm', help: 'RMS norm after fusion' });

export const release = setting({
  type: whole(0, 100_000),
  what: 'a number of steps',
  words: 'release of the norms',
  help: 'steps after a growth over which grouped norms become one; 0: they stay grouped',
  neutral: 0,
  needs: {
    when: ({ norm: chosen }) => chosen === 'grouped',
    keys: ['norm'],
  },
  otherwise: () => 'has no effect without grouped norms',
});

export const moments = setting({
  type: choice(MOMENTS),
  what: 'a way to treat the optimizer state',
  words: 'optimizer state',
  help: 'optimizer state after fusion',
  changesRun: ({ optimizer }) => optimizerRow(optimizer).state > 0,
});
