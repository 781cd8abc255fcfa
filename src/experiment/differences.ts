/** What differs between two experiments, key by key: in the link's words, and in everybody's. */
import type { Experiment } from './experiment.ts';
import { LINK_KEYS } from './link/keys.ts';
import { settings } from './link/write-link.ts';
import { showStepSize } from './link/spelling.ts';

export interface Difference {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** `h: 0.1 → 0.2` */
  readonly label: string;
  /** `step size`: what the key is called in a sentence. */
  readonly words: string;
}

const WORDS: Readonly<Record<string, string>> = {
  probe: 'probe examples',
  d: 'width',
  ff: 'feed-forward width',
  dkv: 'head width',
  opt: 'optimizer',
  beta1: 'β1 of the optimizer',
  beta2: 'β2 of the optimizer',
  eps: 'ε of the optimizer',
  h: 'step size',
  h2: 'step size after growth',
  grow: 'growth step',
  steps: 'last step',
  op: 'operator',
  k: 'networks',
  off: 'off-diagonal',
  sigma: 'off-diagonal scale',
  diagonal: 'noise on the copies',
  release: 'release of the norms',
  moments: 'optimizer state',
  predict: 'prediction',
  from: 'predicted from',
  wait: 'wait for the prediction',
  adapter: 'where it trains',
};

function readable(experiment: Experiment): ReadonlyMap<string, string> {
  const all = new Map(settings(experiment));
  // One row for the step size, however it is set.
  for (const [key, size] of [
    ['h', experiment.h],
    ['h2', experiment.h2],
  ] as const) {
    all.delete(key === 'h' ? 'edge' : 'edge2');
    all.set(key, size === null ? 'same' : size.kind === 'edge' ? showStepSize(size) : (all.get(key) ?? showStepSize(size)));
  }
  return all;
}

/** Settings of `b` that are not those of `a`, in the link's order. The preset's name alone is no difference. */
export function differences(a: Experiment, b: Experiment): readonly Difference[] {
  const before = readable(a);
  const after = readable(b);
  const keys = LINK_KEYS.map(({ key }) => key).filter((key) => before.has(key) || after.has(key));
  const found: Difference[] = [];
  for (const key of keys) {
    const from = before.get(key) ?? '–';
    const to = after.get(key) ?? '–';
    if (from !== to) found.push({ key, from, to, label: `${key}: ${from} → ${to}`, words: WORDS[key] ?? key });
  }
  return found;
}
