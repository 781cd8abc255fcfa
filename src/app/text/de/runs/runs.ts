/** The Runs tab, in German. */
import type { Words } from '../../en.ts';

export const say: Words['runs'] = {
  eachBranchAndEachRestartIs: 'Jeder Zweig und jeder Neustart dieser Seite steht hier, solange sie offen ist.',
  runs: 'Läufe',
  run: 'Lauf',
  whatDiffers: 'Was anders ist',
  steps: 'Schritte',
  finalLoss: 'Endverlust',
  rightAnswers: 'Richtige Antworten',
  howManyAnswersOfTheLast:
    'Anteil richtiger Antworten zur letzten Aufgabe des Plans, an zurückgehaltenen Beispielen, am Ende und dort, wo er am höchsten war.',
  bestAt: (share, step) => `am besten ${share} bei ${step}`,
  whatWasPredictedForTheLast:
    'Was für den letzten Schritt vorhergesagt wurde: bei einem Zweig, bevor er gerechnet wurde; bei einem Lauf ab Schritt 0 durch den Fluss, der daneben gezeichnet ist.',
  predicted: 'Vorhergesagt',
  predictedFinalLossAtThat: 'Vorhergesagter − gemessener Endverlust, bei demselben Schritt.',
  offBy: 'Daneben um',
  meanOfPrediction: 'Mittel von |Vorhersage − Messung| über alle Schritte des letzten Netzes, die beide haben.',
  onAverage: 'Im Mittel',
  trustedUntil: 'Verlässlich bis',
  lossAtTheLargestStepThat:
    'Verlust beim größten Schritt, den alle diese Läufe erreicht haben. Ein Lauf, der früher gewachsen ist, hat bis dahin mehr gekostet.',
  atStep: (step) => `Bei Schritt ${step}`,
  lossAtTheLargestCompute:
    'Verlust beim größten Rechenaufwand, den alle diese Läufe erreicht haben, mit dem Schritt, bei dem jeder so weit war.',
  at: (operations) => `Bei ${operations}`,
  compute: 'Rechenaufwand',
  criticalPath: 'Kritischer Pfad',
  discard: 'Verwerfen',
  thisRun: 'Dieser Lauf',
  keptWhenAnotherBegins: 'Wird behalten, wenn ein anderer beginnt',
  runShowItsCurves: (id) => `Lauf ${id}: seine Kurven zeigen`,
  runOf: (id) => `Lauf ${id}`,
  discardRun: (id) => `Lauf ${id} verwerfen`,
  atAfterLoss: (step) => ` bei ${step}`,
  ofSteps: (steps) => ` von ${steps}`,
  soFarTo: (comparedTo) => `bisher, bis ${comparedTo}`,
  thePresetOfVersion: (title, newest, version) => `die Vorlage „${title}“${newest ? '' : ` der Version ${version}`}`,
  nothingTheSameAgain: 'nichts: noch einmal dasselbe',
};
