/** When networks grow and how long the run is: in short, or as a plan. */
import { or, type Seen, setting, whole } from './setting.ts';

const planned = ({ plan }: Seen): boolean => plan !== undefined;

export const plan = setting({
  type: { is: 'plan' },
  what: 'a plan',
  help: 'a general training graph, in place of grow, steps and k',
  optional: true,
});

export const grow = setting({
  type: or(whole(0, 100_000), 'off', null),
  what: 'a growth step',
  words: 'growth step',
  help: 'growth step: sources train to here, then fuse; null: never',
  unsaid: planned,
});

export const steps = setting({
  type: whole(1, 100_000),
  what: 'a last step',
  words: 'last step',
  help: 'last step, counted from 0 through the growth',
  unsaid: planned,
  field: { row: 'steps', label: 'Last step', unit: 'steps' },
});

export const k = setting({
  // Letters A to H; M and S are taken by the fused network and the baseline.
  type: whole(2, 8),
  what: 'a number of sources',
  words: 'networks',
  help: 'number of sources; for an operator that grows one, how many times as large it gets',
  unsaid: planned,
});
