/** A link as it is written: canonical, as short as it can be, and honest about what it can't hold. Read in link.ts. */
import type { Experiment } from '../experiment.ts';
import { LINK_LIMIT, TABLE_LIMIT } from '../limits.ts';
import { defaultsFor, presetExperiment, presetOf } from '../presets/presets.ts';
import { SETTING_LIST } from '../settings/registry.ts';
import { LINK_KEYS } from './keys.ts';

/** The text of an experiment in a link, key by key, nothing left out. */
export function settings(experiment: Experiment): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const { key, write } of LINK_KEYS) {
    const value = write(experiment);
    if (value !== null) all.set(key, value);
  }
  return all;
}

/** Keeps a link readable: only what would break the grammar is escaped (never `,` `:` `+` `>` `=`). */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3A|2B|3E|3D)/g, (code) => decodeURIComponent(code));
}

/**
 * The canonical link: version, preset, and only what differs from what a missing key would mean. A table of step sizes
 * that no link can hold is left out, and the link says so (`left-out=h`); see `leftOut`.
 */
export function formatLink(experiment: Experiment, options: { readonly run?: boolean } = {}): string {
  const { preset } = presetOf(experiment);
  const defaults = settings(normalDefaults(preset, experiment));
  const idle = meaningless(experiment);
  const said = new Map([...settings(experiment)].filter(([key, value]) => defaults.get(key) !== value && !idle.has(key)));
  const out = leftOutOf(experiment, preset, said);
  const parts = [`v=${experiment.v}`, `preset=${escape(preset)}`];
  for (const [key, value] of said) if (!out.includes(key)) parts.push(`${key}=${escape(value)}`);
  if (out.length > 0) parts.push(`${SHORTENED}=${out.join(',')}`);
  if (options.run === true) parts.push('run=1');
  return `#${parts.join('&')}`;
}

/**
 * Keys of settings that mean nothing in this experiment and are not asked about: a preset that has them is followed in
 * silence.
 */
function meaningless(experiment: Experiment): ReadonlySet<string> {
  const idle = SETTING_LIST.filter(([, { needs }]) => needs?.silent === true && !needs.when(experiment));
  return new Set(idle.map(([name, { key = name }]) => key));
}

/** Key of a link that does not say all of its run: the keys that are missing. */
export const SHORTENED = 'left-out';

/**
 * Keys of tables that are too long for a link of this experiment: more than a link's entries, or the longest until it
 * fits.
 */
function leftOutOf(experiment: Experiment, preset: string, said: ReadonlyMap<string, string>): readonly string[] {
  const tables = (['h', 'h2'] as const).filter((key) => said.has(key) && experiment[key]?.kind === 'table');
  const entries = (key: 'h' | 'h2'): number => (said.get(key) ?? '').split(',').length;
  const out = tables.filter((key) => entries(key) > TABLE_LIMIT);
  const length = (): number =>
    [...said].reduce(
      (sum, [key, value]) => sum + (out.includes(key as 'h') ? 0 : key.length + escape(value).length + 2),
      preset.length + 40,
    );
  for (const key of tables.toSorted((a, b) => entries(b) - entries(a))) if (!out.includes(key) && length() > LINK_LIMIT) out.push(key);
  return out;
}

/** Settings that no link of this experiment can hold; only its file can say them. */
export function leftOut(experiment: Experiment): readonly string[] {
  const said = new RegExp(`&${SHORTENED}=([^&]*)`).exec(formatLink(experiment))?.[1];
  return said === undefined ? [] : said.split(',');
}

/** Defaults as the reader sees them for this experiment's operator. */
function normalDefaults(preset: string, experiment: Experiment): Experiment {
  const base = defaultsFor(preset, experiment.v, experiment.operator);
  // `op` itself must still be written when it differs from the preset's.
  return { ...base, operator: presetExperiment(preset, experiment.v).operator };
}
