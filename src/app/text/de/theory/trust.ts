/** The rule of how long a prediction is trusted, in German; its numbers are those of curves/trust.ts. */
import type { Words } from '../../en.ts';

export const say: Words['trust'] = {
  rule: 'Verlässlich, bis Vorhersage und Messung in 10 Schritten hintereinander um mehr als 1 % des bisherigen Abfalls voneinander abweichen. Der Abfall zählt dabei mindestens als 5 % des ersten Verlusts.',
};
