/** When to grow, in German: growth step and step size, and how much of the answer the total time already is. */
import type { Words } from '../../en.ts';

export const say: Words['lessonWhenToGrow'] = {
  title: 'Wann wachsen?',
  idea: 'Wann sollen zwei Netze verschmolzen werden, und mit wie großen Schritten sollen sie weitergehen? Eine einfache Summe weiß schon viel von der Antwort.',

  mark: 'Vier Zellen',
  markText: [
    '{A} und {B} trainieren insgesamt 120 Schritte lang, mit einer Verschmelzung unterwegs. Sie kann früh kommen, bei Schritt 30, oder spät, bei Schritt 80. {M} kann mit kleinen oder mit großen Schritten weitergehen: 0,6 oder 1,6 geteilt durch die Schärfe.',
    'Das ergibt eine Karte mit vier Zellen. Sie werden alle rechnen lassen. Die erste ist: früh, kleine Schritte.',
  ],
  markAsk: 'Markieren Sie eine Zelle: Welche der vier wird am niedrigsten enden?',
  earlySmall: 'frühe Verschmelzung, kleine Schritte',
  earlyLarge: 'frühe Verschmelzung, große Schritte',
  lateSmall: 'späte Verschmelzung, kleine Schritte',
  lateLarge: 'späte Verschmelzung, große Schritte',
  cellEnds: (cell, end) => `${cell}: {M} endete bei ${end}.`,
  seeLater: 'Ob Sie die niedrigste markiert haben, zeigt sich, wenn alle vier gerechnet sind. Kommen Sie dann zu diesem Schritt zurück.',

  larger: 'Früh, große Schritte',
  largerText: ['Die zweite Zelle: Die Verschmelzung ist wieder bei Schritt 30, und {M} geht mit großen Schritten weiter.'],
  againstFirst: (end) =>
    end === null ? 'Wo wird sie enden, verglichen mit der ersten Zelle?' : `Die erste Zelle endete bei ${end}. Wo wird diese enden?`,

  late: 'Spät, kleine Schritte',
  lateText: ['Die dritte Zelle: {A} und {B} trainieren bis Schritt 80, und {M} hat noch 40 Schritte vor sich, kleine.'],

  last: 'Spät, große Schritte',
  lastText: ['Die letzte Zelle: Die Verschmelzung ist bei Schritt 80, und {M} geht mit großen Schritten weiter.'],
  lastAsk: 'Wird sie die niedrigste der vier sein?',
  lowestIs: (cell) => `Die niedrigste der vier ist: ${cell}.`,

  rank: 'Was ordnet sie?',
  rankText: [
    'Zählen Sie die Schrittweiten aller Schritte eines Laufs zusammen: Die Summe ist seine gesamte Zeit. Sie ist bekannt, bevor etwas trainiert ist, sofern die Schrittweiten es sind.',
    'Der Bereich „Karte“ schreibt sie in jede Zelle. Eine [Vorhersage|predicted] ist ihre Kosten nur wert, wenn sie die Zellen besser ordnet als diese Summe.',
  ],
  rankAsk: 'Bringt die gesamte Zeit die vier Läufe in die richtige Reihenfolge?',
  all: 'ja, alle vier',
  best: 'nicht alle vier, aber den besten',
  none: 'nein, nicht einmal den besten',
  table: (cell, time, end) => `${cell}: gesamte Zeit ${time}, Ende ${end}.`,

  open: 'Jetzt Sie',
  openText: [
    'Noch einmal früh, mit großen Schritten. Ziehen Sie dann die Wachstumslinie, *Wachstum*, auf einen anderen Schritt, und drücken Sie *Zweig rechnen*.',
  ],
  openAsk: 'Wird Ihrer niedriger enden als der mit der Verschmelzung bei Schritt 30?',
  openEnds: (step, end, before) => `Bei Schritt ${step} verschmolzen, endete er bei ${end}, bei Schritt 30 verschmolzen bei ${before}.`,
  openTask:
    'Eine offene Aufgabe: Öffnen Sie den Bereich „Karte“, und lassen Sie ihn alle Zellen vorhersagen. Welche würden Sie rechnen lassen?',

  further: [
    'Ein Lauf hat 30 Schritte von 0,02 und 90 Schritte von 0,05. Wie groß ist seine gesamte Zeit?',
    'Warum bedeutet mehr gesamte Zeit nicht immer weniger Verlust? Denken Sie an die Grenze.',
    'Ein Wetterbericht sagt jeden Tag: wie gestern. Wann ist er gut? Was muss ein besserer übertreffen?',
  ],
  misconceptions: [
    [
      'Je länger zwei Netze vor der Verschmelzung trainieren, desto besser das verschmolzene.',
      'Ihm bleiben dann weniger eigene Schritte. Was von beidem mehr zählt, zeigt die Karte.',
    ],
    [
      'Eine Vorhersage, die gut ordnet, muss viel wissen.',
      'Eine einfache Summe kann ebenso gut ordnen. Eine Vorhersage wird neben der einfachsten beurteilt.',
    ],
  ],
};
