/** The tables of the Cost tab, in German. */
import type { Words } from '../../en.ts';

export const say: Words['costTable'] = {
  thisRun: 'Dieser Lauf',
  fromScratch: 'Von Grund auf',
  withoutReading: 'Ohne Lesen',
  smallAlone: 'Klein, allein',
  averagedNotFused: 'Gemittelt, nicht verschmolzen',
  itTrainedForLessThanThat: 'Es hat mit weniger trainiert: Mit mehr könnte es nur niedriger kommen.',
  reachedOf: (reached, seeds) => `${reached} von ${seeds}`,
  notReached: 'nicht erreicht',
  lossDifference: (mean, sd, higher) => `${mean} ± ${sd} ${higher ? 'höher' : 'niedriger'}`,
  shareSaved: (mean, sd, more) => `${mean} ± ${sd} % ${more ? 'mehr' : 'weniger'}`,
};
