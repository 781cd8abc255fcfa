/** Growth as one flow, in German. */
import { counted } from '../../../../experiment/messages/numbers.ts';
import type { Words } from '../../en.ts';

export const say: Words['oneFlow'] = {
  pAFusionOfKDivides:
    'P: Eine Verschmelzung von k Netzen teilt den Ausgabekopf durch k; in den Koordinaten des verschmolzenen Netzes haben die Quellnetze ihren Kopf also mit 1/k² so langen Schritten trainiert.',
  growthAsOneFlow: 'Wachstum als ein einziger Fluss',
  bracketSpoken: 'a mal b durch zwei, mal H2 P g1 minus P H1 g2',
  afterAFusionWhatTheOrder:
    'Nach einer Verschmelzung: was die Reihenfolge der beiden Etappen, erst klein, dann verschmolzen, mit den Gewichten macht.',
  knownForFusionsOnlyInWhich: 'Nur für Verschmelzungen bekannt, bei denen ganze Netze nebeneinander stehen.',
  beingLookedAt: 'Wird untersucht.',
  theGrowthIsBeingLookedAt: 'Das Wachstum wird untersucht.',
  atTheGrowth: ' beim Wachstum.',
  metric: 'Metrik',
  ofTheHead: (metric) => ` des Ausgabekopfs ${metric}.`,
  outsideItsWindowNHIs: 'Außerhalb des Fensters: n·h·λ ist ',
  withASingleStepOnEither: ' schon bei einem einzigen Schritt auf jeder Seite und darf 2 nicht überschreiten. Die Zahl wird nicht gezeigt.',
  newWeightsExplained: 'Norm der Klammer auf den Gewichten, die durch die Verschmelzung hinzukamen, und ihr Anteil am Quadrat der Norm.',
  newWeights: 'Neue Gewichte',
  oldWeightsExplained: 'Norm der Klammer auf den Gewichten, die A und B mitbrachten.',
  oldWeights: 'Alte Gewichte',
  toFirstOrderAfterThese:
    'In erster Ordnung, nach diesen Schritten. Unter null senkt die Reihenfolge der Etappen den Verlust, über null erhöht sie ihn.',
  effectOnTheLoss: 'Wirkung auf den Verlust',
  onEitherSide: (n) => `${counted(n, 'Schritt', 'Schritte')} auf jeder Seite: `,
  bracketGrows: (n, n2) => `/2 = ${n}. Sie wächst wie n₁·h₁·n₂·h₂/2. n·h·λ ist ${n2}, höchstens 2 ist erlaubt.`,
  theCompositeAgainstTheRun: 'Die Verkettung im Vergleich mit dem Lauf',
  afterSteps: (n) => `Nach ${counted(n, 'Schritt', 'Schritten')}`,
  loss: 'Verlust',
  distanceOfThePredicted: 'Abstand der vorhergesagten Gewichte von denen des Laufs.',
  measured: 'Gemessen',
  withBracket: 'Mit Klammer',
  without: 'Ohne',
  theBracketBringsTheWeights: (distance, distance2, gradients) =>
    `${distance ? `Die Klammer bringt die Gewichte ${distance2}-mal näher.` : 'Hier macht die Klammer es schlechter.'} ${gradients} Gradienten.`,
  bracketOnNewWeightsGrownAt: 'Klammer auf den neuen Gewichten, gewachsen bei ',
};
