/** Sentences about the page's state, in German. */
import { counted } from '../../../../experiment/messages/numbers.ts';
import type { Words } from '../../en.ts';

export const say: Words['state'] = {
  noWordFromIt: (seconds) => `Seit ${seconds} s keine Meldung.`,
  scriptNotLoaded: 'sein Skript konnte nicht geladen werden',
  sentUnreadable: 'er hat etwas Unlesbares gesendet',
  filesTooLate: 'Der Worker hat die Dateien nicht innerhalb von 30 s geschrieben.',
  readByNobody: 'der Trainings-Worker endete, bevor er das gelesen hatte; bitte noch einmal versuchen',
  withItself: (model) => `${model} mit sich selbst`,
  by: (model, operator) => `${model}, durch ${operator}`,
  ofTheMap: (flow) => `${flow}, der Karte`,
  timeRescaling: 'umskalierte Zeit',
  beforeTheBranchWasRun: (by) => `${by}, bevor der Zweig gerechnet wurde`,
  saidInAdvance: 'im Voraus gesagt',
  onsetSteps: (steps) => `Einsetzen, ${counted(steps, 'Schritt', 'Schritte')}`,
  onsetUpToStepsEstimate: (steps) => `Einsetzen, bis zu ${counted(steps, 'Schritt', 'Schritte')} (Schätzung)`,
  estimated: (step) => `${step} (Schätzung)`,
  theGhostOfTheLinkIsNone: 'Die Kurve, die in diesem Link mitkommt, lässt sich nicht lesen und bleibt weg',
  itsEnd: 'zum Ende',
  soFar: 'bisher',
  asAsked: (flow) => `${flow}, wie gefragt`,
  seconds: (value) => counted(value, 'Sekunde', 'Sekunden'),
  minutes: (value) => counted(value, 'Minute', 'Minuten'),
  hours: (value) => counted(value, 'Stunde', 'Stunden'),
};
