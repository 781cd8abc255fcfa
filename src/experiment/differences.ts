/** The differences of two experiments, key by key: in the link's words, and in everybody's. */
import type { Experiment } from './experiment.ts';
import { KEY_WORDS, LINK_KEYS } from './link/keys.ts';
import { settings } from './link/write-link.ts';
import { spellStepSize } from './link/spelling.ts';

export interface Difference {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** `h: 0.1 → 0.2` */
  readonly label: string;
  /** `step size`: what the key is called in a sentence. */
  readonly words: string;
}

function readable(experiment: Experiment): ReadonlyMap<string, string> {
  const all = new Map(settings(experiment));
  // One row for the step size, however it is set.
  for (const [key, size] of [
    ['h', experiment.h],
    ['h2', experiment.h2],
  ] as const) {
    all.delete(key === 'h' ? 'edge' : 'edge2');
    all.set(key, size === null ? 'same' : size.kind === 'edge' ? `${spellStepSize(size)} / λ` : (all.get(key) ?? spellStepSize(size)));
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
    if (from !== to) found.push({ key, from, to, label: `${key}: ${from} → ${to}`, words: KEY_WORDS.get(key) ?? key });
  }
  return found;
}
