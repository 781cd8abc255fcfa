/** The rule of how long a prediction is trusted, in German. */
import { TRUST } from '../../../curves/trust.ts';
import type { Words } from '../en.ts';

export const say: Words['trust'] = {
  rule: `Verlässlich, bis Vorhersage und Messung in ${TRUST.sustained} Schritten hintereinander um mehr als ${TRUST.share * 100} % des bisherigen Abfalls voneinander abweichen. Der Abfall zählt dabei mindestens als ${TRUST.floor * 100} % des ersten Verlusts.`,
};
