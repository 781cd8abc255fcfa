/** What the reader does with the page, and no run knows of. */
export type Theme = 'light' | 'dark';

export interface UiSlice {
  /** The step the pointer or the keyboard reads, or `null`. */
  readonly hover: number | null;
  readonly scale: 'log' | 'linear';
  readonly axis: 'steps' | 'compute' | 'time';
  readonly theme: Theme;
  /** Whether Run was ever pressed: the first visit's screen shows until then. */
  readonly visited: boolean;
  readonly presenting: boolean;
  /** Whether the Theory tab is open: then Run this branch stands under its sliders. */
  readonly theoryOpen: boolean;
}

export const FIRST_UI: UiSlice = {
  hover: null,
  scale: 'log',
  axis: 'steps',
  theme: 'light',
  visited: false,
  presenting: false,
  theoryOpen: false,
};
