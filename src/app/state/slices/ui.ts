/** The reader's state of the page, which no run knows of. */
import { type LinkView, WHOLE_PAGE } from '../../../experiment/link/view.ts';

export type Theme = 'light' | 'dark';

export interface UiSlice {
  /** The step the pointer or the keyboard reads, or `null`. */
  readonly hover: number | null;
  readonly scale: 'log' | 'linear';
  /** The chart's quantity: `''` the loss, else how good the answers to a task are (derived/answers.ts). */
  readonly quantity: string;
  readonly axis: 'steps' | 'compute' | 'time';
  readonly theme: Theme;
  /** Whether the screen is kept on while it trains. */
  readonly awake: boolean;
  /** Whether Run was ever pressed: the first visit's screen shows until then. */
  readonly visited: boolean;
  /** How the page is shown, as its link says: presenting is one of its views. */
  readonly view: LinkView;
  /** Whether the Theory tab is open: then Run this branch stands under its sliders. */
  readonly theoryOpen: boolean;
  /**
   * The step from which on curves are covered, until a lesson's question is answered, and the panels are closed;
   * `Infinity`: only they are; `null`: nothing is.
   */
  readonly covered: number | null;
}

export const FIRST_UI: UiSlice = {
  hover: null,
  scale: 'log',
  quantity: '',
  axis: 'steps',
  theme: 'light',
  awake: false,
  visited: false,
  view: WHOLE_PAGE,
  theoryOpen: false,
  covered: null,
};
