/** A figure of the page in somebody's text. */
import { spoken } from '../../language.ts';

export const say = spoken('figure', {
  figure: 'Figure',
  openThePage: 'Open this experiment in the Deep Fusion Playground',
});
