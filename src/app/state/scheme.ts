/** Light or dark: what the reader chose on the last visit, else what the system says. Known before anything is painted. */
import type { Theme } from './slices/ui.ts';

const KEY = 'deep-fusion.theme';

export function firstScheme(): Theme {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
  }
  if (kept === 'dark' || kept === 'light') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function keepScheme(scheme: Theme): void {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // As above.
  }
}

/** The style sheets of the page and of Mantine go by this attribute. */
export function paintScheme(scheme: Theme): void {
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
}
