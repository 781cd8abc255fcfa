/** Numbers, lists and settings in words, in German. */
import { asItIs } from '../../../../experiment/messages/numbers.ts';
import type { Words } from '../../en.ts';

export const say: Words['words'] = {
  tableOf: (entries) => `Tabelle mit ${entries}`,
  quoted: (text) => `„${text}“`,
  lastOf: (names, last) => `${names} und ${last}`,
  shareOneStepSize: (networks, among) =>
    `${networks} haben eine gemeinsame Schrittweite, aus dem ${among === 2 ? 'größeren' : 'größten'} ihrer λ.`,
  beforeAndAfter: (before, after) => `${before}, dann ${after}`,
  networks: (networks, layers, width) => `${networks} × ${layers} ${layers === 1 ? 'Schicht' : 'Schichten'}, Breite ${width}`,
  fullBatch: (examples) => `${examples}, voller Batch`,
  ofExamples: (batch, examples) => `${batch} von ${examples}`,
  asFastAsItGoes: 'so schnell es geht',
  stepsPerSecond: (pace) => `${asItIs(pace)} ${pace === 1 ? 'Schritt' : 'Schritte'}/s`,
  embedding: 'Einbettung',
  head: 'Ausgabekopf',
  cross: 'cross ',
  norm: 'Norm',
  positionBias: 'Positionsgewicht',
  finalNorm: ' · letzte Norm',
  notFinite: 'nicht endlich',
};
