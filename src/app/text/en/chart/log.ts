/** The Log tab. */
import { spoken } from '../../language.ts';

export const say = spoken('log', {
  nothingHasHappenedYet: 'Nothing has happened yet.',
  log: 'Log',
  step: (step: string) => `step ${step}`,
});
