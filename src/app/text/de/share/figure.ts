/** A figure of the page in somebody's text, in German. */
import type { Words } from '../../en.ts';

export const say: Words['figure'] = {
  figure: 'Abbildung',
  openThePage: 'Dieses Experiment im Deep Fusion Playground öffnen',
};
