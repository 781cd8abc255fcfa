/** The editors of settings, in German. */
import { asItIs, counted } from '../../../../experiment/messages/numbers.ts';
import type { Words } from '../../en.ts';

export const say: Words['editors'] = {
  optimizer: 'Optimierer',
  predictedInASmallWindow: (beta2, smallestEpsilon, largestEpsilon, stepSize) =>
    `Nur in einem kleinen Fenster vorhergesagt: β2 bis ${asItIs(beta2)}, ε von ${asItIs(smallestEpsilon)} bis ${asItIs(largestEpsilon)}, Schrittweite bis ${asItIs(stepSize)}.`,
  fromStep0ThroughTheGrowth: 'Ab Schritt 0, durch das Wachstum hindurch',
  fromTheGrowthOn: 'Ab dem Wachstum',
  waitForThePrediction: 'Auf die Vorhersage warten',
  theTrainingWaitsAtAGrowth:
    'Das Training wartet bei einem Wachstum, bis die gestrichelte Kurve dahinter gezeichnet ist. Das kostet Zeit und ändert keine Zahl.',
  task: 'Aufgabe',
  size: 'Größe',
  ownNumbers: 'Eigene Zahlen',
  weights: (weights) => `${weights} Gewichte`,
  needsMoreMemory: (weights, gigabytes, most) =>
    `${weights}. Mit dem, wozu es wächst, braucht es etwa ${gigabytes} GB Speicher; ${most} GB sind das Höchste.`,
  aStepTakes: (weights, alone, fused) =>
    `${weights}. Ein Schritt dauert hier etwa ${alone} ms${fused === null ? '' : `, beim gewachsenen Netz etwa ${fused} ms`}.`,
  textToRead: 'Text zum Lesen',
  spelledWith: 'Geschrieben mit',
  stepSize: 'Schrittweite',
  momentumIsStableUpToC: (value) => ` Mit Impuls ist es stabil bis c = 2 (1 + β) = ${value}.`,
  cShorterStepsWhereTheLoss: (edge) =>
    `c / λ: kürzere Schritte, wo der Verlust stärker gekrümmt ist. Die Schärfe λ wird alle 10 Schritte neu gemessen.${edge}`,
  constant: 'Konstant',
  asLongAsTheCurveAllows: 'So lang, wie die Krümmung es zulässt',
  aTableOf: (table) => `Eine Tabelle mit ${counted(table, 'Wert', 'Werten')}`,
  howLongAStepOfMay: (optimizer) =>
    `Wie lang ein Schritt mit ${optimizer} sein darf, sagt die Schärfe λ nicht: Er teilt durch das, was er von den Gradienten behält.`,
  cStepsLongerThan2Overshoot: 'c (längere Schritte als 2 / λ schießen übers Ziel)',
  whereItTrains: 'Wo trainiert wird',
  heldOutExamplesThatTheLoss: 'Zurückgehaltene Beispiele, an denen der Verlust gemessen wird',
  growAtASetStep: 'Bei einem festen Schritt wachsen',
  withoutItYouPressFuseNow: 'Sonst jederzeit mit „Verschmelzen“.',
  growthStep: 'Wachstumsschritt',
  unitSteps: 'Schritte',
  asBeforeTheGrowth: 'Wie vor dem Wachstum',
  fullBatch: 'Voller Batch',
  everyStepSeesEveryTraining: 'Jeder Schritt sieht jedes Trainingsbeispiel.',
  examplesAStep: 'Beispiele je Schritt',
  asFastAsItGoes: 'So schnell es geht',
  atMost: 'Höchstens',
  stepsS: 'Schritte/s',
  theBestThereIsTitle: 'Das Beste, was da ist',
  theGpuElseWebassembly: 'Die GPU, sonst WebAssembly.',
  alsoWithoutAGpuInSoftware: 'Auch ohne GPU, in Software.',
  onTheProcessor: 'Auf dem Prozessor.',
  trainingExamples: 'Trainingsbeispiele',
  networks: 'Netze',
  layers: 'Schichten',
  widthDModel: 'Breite d_model',
  feedForwardDFf: 'Feed-forward d_ff',
  heads: 'Köpfe',
  headWidthDKv: 'Kopfbreite d_kv',
  theLargeNetworkFromScratch: 'Das große Netz von Grund auf',
  theDottedCurve: 'Die gepunktete Kurve.',
  theLargeNetworkWithoutReading: 'Das große Netz ohne Lesen',
  theLastTaskFromTheFirst: 'Nur die letzte Aufgabe, vom ersten Schritt an: wozu die Aufgaben davor gut sind.',
  aSmallNetworkAlone: 'Ein kleines Netz allein',
  aTrainedOnWithoutAFusion: 'A, ohne Verschmelzung weitertrainiert.',
  allSmallNetworksNotFused: 'Alle kleinen Netze, nicht verschmolzen',
  theirOutputsAveragedWhat: 'Ihre Ausgaben gemittelt: was die Verschmelzung übertreffen muss.',
  cWithTheSharpnessOfThe: (optimizer) =>
    `c / λ mit der Schärfe λ des Verlusts, wie in Links der Version 1. Wie lang ein Schritt mit ${optimizer} sein darf, sagt das nicht.`,
};
