/** The reader's own choices, kept in this browser: colours, whether single keys are commands, and a screen kept on. */
import { readKept, writeKept } from './browser-storage.ts';
import { firstScheme, keepScheme, paintScheme } from './scheme.ts';
import { setState, store } from './store.ts';
import type { Theme } from './slices/ui.ts';

const KEYS = 'deep-fusion.keys';
const AWAKE = 'deep-fusion.awake';

function applyTheme(theme: Theme): void {
  paintScheme(theme);
  setState({ theme });
}

/** The choice of the last visit, else the system's: the first script (opening.ts) has painted it already. */
export function startTheme(): void {
  setState({ theme: firstScheme() });
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

/** The choice of the last visit. */
export function startAwake(): void {
  setState({ awake: readKept(AWAKE) === 'on' });
}

export function setAwake(on: boolean): void {
  writeKept(AWAKE, on ? 'on' : 'off');
  setState({ awake: on });
}

let keys = readKept(KEYS) !== 'off';

export function areKeysOn(): boolean {
  return keys;
}

export function setKeysOn(on: boolean): void {
  keys = on;
  writeKept(KEYS, on ? 'on' : 'off');
}
