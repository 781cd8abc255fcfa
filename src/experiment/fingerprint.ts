/** A key for everything that determines the numbers of a run: two experiments with one fingerprint take the same steps. */
import { OPTIMIZER_DEFAULTS, type Experiment } from './experiment.ts';
import { settings } from './link/write-link.ts';

/** Settings that change what is shown or how fast, never a number of the training. */
const NOT_NUMBERS: ReadonlySet<string> = new Set(['adapter', 'pace', 'predict', 'from', 'wait', 'baseline', 'moments']);

/** Later settings, where they change nothing: a recorded run keeps its fingerprint when the grammar grows. */
const NEUTRAL: ReadonlyMap<string, string> = new Map([
  ['diagonal', '0'],
  ['release', '0'],
  ['plan', 'off'],
  ['beta1', String(OPTIMIZER_DEFAULTS.beta1)],
  ['beta2', String(OPTIMIZER_DEFAULTS.beta2)],
  ['eps', String(OPTIMIZER_DEFAULTS.epsilon)],
]);

/** FNV-1a over UTF-16 units with two offsets, 64 bits in hex: for keys, not for secrets. */
function hash(text: string): string {
  const one = (seed: number): string => {
    let value = seed >>> 0;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
    return value.toString(16).padStart(8, '0');
  };
  return one(0x811c9dc5) + one(0x9747b28c);
}

export function fingerprint(experiment: Experiment): string {
  const parts = [...settings(experiment)].filter(
    ([key, value]) => NEUTRAL.get(key) !== value && (!NOT_NUMBERS.has(key) || (key === 'moments' && experiment.optimizer !== 'gd')),
  );
  // The version says which recorded table holds; only a held sharpness has one, and version 1 was before there were others.
  const held = experiment.h.kind === 'edge' || experiment.h2?.kind === 'edge';
  if (held && experiment.v !== 1) parts.push(['v', String(experiment.v)]);
  return hash(parts.map(([key, value]) => `${key}=${value}`).join('&'));
}
