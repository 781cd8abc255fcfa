/** Names of the settings that Share can hold fast, in German. */
import type { Words } from '../../en.ts';

export const say: Words['held'] = {
  preset: 'Vorlage',
  task: 'Aufgabe',
  model: 'Modellgröße',
  optimizer: 'Optimierer',
  h: 'Schrittweite',
  h2: 'Schrittweite nach dem Wachstum',
  batch: 'Batch',
  seed: 'Startwert',
  grow: 'Wachstumsschritt',
  steps: 'Länge',
  operator: 'Operator',
  norm: 'Norm',
  predict: 'Vorhersage',
  baseline: 'Vergleichsnetz',
};
