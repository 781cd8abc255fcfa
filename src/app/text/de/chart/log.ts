/** The Log tab, in German. */
import type { Words } from '../../en.ts';

export const say: Words['log'] = {
  nothingHasHappenedYet: 'Noch ist nichts geschehen.',
  log: 'Protokoll',
  step: (step) => `Schritt ${step}`,
};
