/** The Prediction error tab, in German. */
import type { Words } from '../../en.ts';

export const say: Words['predictionError'] = {
  appearsWhenAPredictionAnd: 'Erscheint, wenn eine Vorhersage und das Training dieselben Schritte abdecken.',
  predictionMinusMeasurement: 'Vorhersage minus Messung im Lauf',
  trustedWithinOfTheDropSo: (share) => `verlässlich: innerhalb von ${share} % des bisherigen Abfalls`,
  ofMeanErrorAtStep: (prediction, model, mean, step, error) =>
    `${prediction} von ${model}: mittlerer Fehler ${mean ?? 'unbekannt'}, bei Schritt ${step} ${error}`,
};
