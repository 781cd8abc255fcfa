/**
 * The settings of an experiment, in German. What a value is called stands behind „als“: „h=9 ist als Schrittweite zu
 * groß“.
 */
import type { Words } from '../../en.ts';

const ofOptimizer = { otherwise: ({ optimizer }: { readonly optimizer: string }) => `hat keine Wirkung bei opt=${optimizer}` };

export const settings: Words['settings'] = {
  task: { what: 'Aufgabe', words: 'Aufgabe' },
  corpus: {
    what: 'Text',
    words: 'Text',
    otherwise: ({ task }) => `hat keine Wirkung bei task=${task}: Diese Aufgabe liest keinen Text`,
  },
  vocab: {
    what: 'Vokabular',
    words: 'Vokabular',
    otherwise: ({ task }) => `hat keine Wirkung bei task=${task}: Diese Aufgabe hat eigene Zeichen`,
  },
  sourceLength: {
    what: 'Länge in Token',
    words: 'Länge des auf einmal Gelesenen',
    otherwise: () => 'hat keine Wirkung, wo kein langer Text gelesen wird',
  },
  own: {
    what: 'Kennzeichen eines eigenen Textes oder eines Textes und eigener Paare',
    words: 'eigene Texte',
    otherwise: () => 'hat keine Wirkung, wo nichts Eigenes gelesen wird',
  },
  examples: { what: 'Zahl von Beispielen', words: 'Trainingsbeispiele' },
  model: { what: 'Größe', words: 'Größe' },
  source: { what: 'Liste von Netzen mit dem Kennzeichen ihrer Datei', words: 'Netze aus Dateien' },
  probe: { what: 'Zahl von Probebeispielen', words: 'Probebeispiele' },
  batch: { what: 'Batchgröße', words: 'Batch' },
  seed: { what: 'Startwert', words: 'Startwert' },
  optimizer: { what: 'Optimierer', words: 'Optimierer' },
  beta1: { what: 'Zerfall des Mittels der Gradienten', words: 'β1 des Optimierers', ...ofOptimizer },
  beta2: { what: 'Zerfall des Mittels der quadrierten Gradienten', words: 'β2 des Optimierers', ...ofOptimizer },
  epsilon: { what: 'Summand zur Wurzel', words: 'ε des Optimierers', ...ofOptimizer },
  clip: { what: 'Norm des Gradienten', words: 'Kürzung des Gradienten' },
  h: { what: 'Schrittweite', words: 'Schrittweite' },
  h2: { what: 'Schrittweite', words: 'Schrittweite nach dem Wachstum' },
  plan: { what: 'Plan', words: 'Plan' },
  grow: { what: 'Wachstumsschritt', words: 'Wachstumsschritt' },
  steps: { what: 'letzter Schritt', words: 'letzter Schritt' },
  k: { what: 'Zahl von Quellnetzen', words: 'Netze' },
  operator: { what: 'Wachstumsoperator', words: 'Operator' },
  offDiagonal: { what: 'Anfang der neuen Blöcke', words: 'neue Blöcke' },
  sigma: { what: 'Maßstab', words: 'Maßstab der neuen Blöcke' },
  diagonal: { what: 'Maßstab', words: 'Rauschen auf den Kopien' },
  norm: { what: 'Norm', words: 'Norm' },
  release: { what: 'Zahl von Schritten', words: 'Lösen der Normen', otherwise: () => 'hat ohne getrennte Normen keine Wirkung' },
  moments: { what: 'Umgang mit dem Optimiererzustand', words: 'Optimiererzustand' },
  predict: { what: 'Vorhersage', words: 'Vorhersage' },
  from: { what: 'Anfang der Vorhersagen', words: 'vorhergesagt ab' },
  wait: { what: 'Angabe, ob auf die Vorhersage gewartet wird', words: 'auf die Vorhersage warten' },
  baseline: { what: 'Vergleichsnetz', words: 'Vergleichsnetz' },
  adapter: { what: 'Adapter', words: 'Ort des Trainings' },
  pace: { what: 'Tempo in Schritten je Sekunde', words: 'Tempo' },
};

export const sizes: Words['sizes'] = {
  d: { what: 'Modellbreite', words: 'Breite' },
  ff: { what: 'Feed-forward-Breite', words: 'Feed-forward-Breite' },
  heads: { what: 'Zahl von Köpfen', words: 'Köpfe' },
  dkv: { what: 'Kopfbreite', words: 'Kopfbreite' },
  layers: { what: 'Zahl von Schichten', words: 'Schichten' },
};

export const fields: Words['fields'] = {
  sourceLength: {
    label: 'Auf einmal gelesene Token',
    note: 'Eines langen Textes. Doppelt so viele kosten doppelt so viel und mehr: Die Aufmerksamkeit blickt von jedem auf jedes, viermal so oft.',
    unit: 'Token',
  },
  clip: {
    label: 'Gradienten kürzen',
    note: 'Einer, der länger ist, wird darauf gekürzt, bevor der Optimierer ihn sieht. Nicht vorhergesagt.',
  },
  seed: { label: 'Startwert', note: 'B nimmt den nächsten.' },
  steps: { label: 'Letzter Schritt', unit: 'Schritte' },
};
