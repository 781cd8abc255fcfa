/**
 * Light or dark: what the reader chose on the last visit, else what the system says. Known before anything is painted.
 */
import { readKept, writeKept } from './browser-storage.ts';
import type { Theme } from './slices/ui.ts';

const KEY = 'deep-fusion.theme';

export function firstScheme(): Theme {
  const kept = readKept(KEY);
  if (kept === 'dark' || kept === 'light') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function keepScheme(scheme: Theme): void {
  writeKept(KEY, scheme);
}

/** The style sheets of the page and of Mantine go by this attribute. */
export function paintScheme(scheme: Theme): void {
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
}
