/**
 * A key for everything that determines the numbers of a run: two experiments with one fingerprint take the same steps.
 */
import type { Experiment } from './experiment.ts';
import { KEYS_OF, NEUTRAL } from './link/keys.ts';
import { SETTING_LIST, type SettingName, SETTINGS } from './settings/registry.ts';

/**
 * Whether what a key says may change a number of the training: settings of the view, and neutral ones, do not. A
 * recorded run keeps its fingerprint when the grammar grows.
 */
function counts(name: SettingName, key: string, value: string, experiment: Experiment): boolean {
  const { changesRun = true } = SETTINGS[name];
  return NEUTRAL.get(key) !== value && (typeof changesRun === 'boolean' ? changesRun : changesRun(experiment));
}

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
  const parts = SETTING_LIST.flatMap(([name]) =>
    KEYS_OF[name].flatMap(({ key, write }): [string, string][] => {
      const value = write(experiment);
      return value !== null && counts(name, key, value, experiment) ? [[key, value]] : [];
    }),
  );
  // The version says which recorded table holds; only a held sharpness has one, and version 1 was before there were
  // others.
  const held = experiment.h.kind === 'edge' || experiment.h2?.kind === 'edge';
  if (held && experiment.v !== 1) parts.push(['v', String(experiment.v)]);
  return hash(parts.map(([key, value]) => `${key}=${value}`).join('&'));
}
