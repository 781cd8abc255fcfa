/** The Prediction error tab. */
import { spoken } from '../../language.ts';

export const say = spoken('predictionError', {
  appearsWhenAPredictionAnd: 'Appears when a prediction and the training cover the same steps.',
  predictionMinusMeasurement: 'Prediction minus measurement along the run',
  trustedWithinOfTheDropSo: (share: number) => `trusted: within ${share} % of the drop so far`,
  ofMeanErrorAtStep: (prediction: string, model: string, mean: string | null, step: string, error: string) =>
    `${prediction} of ${model}: mean error ${mean ?? 'unknown'}, at step ${step} ${error}`,
});
