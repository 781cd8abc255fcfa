/** The reader's own choices, kept in this browser: colours, and whether single keys are commands. */
import { firstScheme, keepScheme, paintScheme } from './scheme.ts';
import { setState, store } from './store.ts';
import type { Theme } from './slices/ui.ts';

const KEYS = 'deep-fusion.keys';

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above.
  }
}

function applyTheme(theme: Theme): void {
  paintScheme(theme);
  setState({ theme });
}

/** Before the first paint: the choice of the last visit, else the system's. */
export function startTheme(): void {
  applyTheme(firstScheme());
}

/** Paper is white: what is drawn in the colours of a dark screen is drawn anew for it, and back afterwards. */
export function startPrinting(): () => void {
  let before: Theme | null = null;
  const onBefore = (): void => {
    before = store.getState().theme;
    applyTheme('light');
  };
  const onAfter = (): void => {
    if (before !== null) applyTheme(before);
    before = null;
  };
  addEventListener('beforeprint', onBefore);
  addEventListener('afterprint', onAfter);
  return () => {
    removeEventListener('beforeprint', onBefore);
    removeEventListener('afterprint', onAfter);
  };
}

export function toggleTheme(): void {
  const theme = store.getState().theme === 'dark' ? 'light' : 'dark';
  keepScheme(theme);
  applyTheme(theme);
}

let keys = read(KEYS) !== 'off';

export function areKeysOn(): boolean {
  return keys;
}

export function setKeysOn(on: boolean): void {
  keys = on;
  write(KEYS, on ? 'on' : 'off');
}
