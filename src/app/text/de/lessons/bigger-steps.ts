/** Bigger steps, in German: a larger step size is the same curve run faster only for a while. */
import type { Words } from '../../en.ts';

export const say: Words['lessonBiggerSteps'] = {
  title: 'Größere Schritte',
  idea: 'Eine größere Schrittweite sieht aus wie dieselbe Kurve, nur schneller durchlaufen. Sie finden heraus, wie weit das stimmt und was die Theorie hinzufügt.',

  slow: 'Kleine Schritte',
  slowText: [
    '{A} lernt Buchstaben zu sortieren. In jedem Schritt bewegt sich jedes Gewicht ein wenig bergab. Wie weit, sagt die *Schrittweite*, hier 0,02.',
    'Lassen Sie es 120 Schritte lang trainieren.',
  ],
  endedAt: (end) => `{A} ist bei einem Verlust von ${end} angekommen. Es ging 120 × 0,02 = 2,4 weit: Das heiße seine *Zeit*.`,

  double: 'Doppelt so groß',
  doubleText: [
    'Nun ist die Schrittweite 0,04, doppelt so groß, und {A} macht 60 Schritte, halb so viele. Die Zeit ist dieselbe: 60 × 0,04 = 2,4.',
  ],
  howEnds: (end) =>
    end === null
      ? 'Wo wird es enden, verglichen mit den kleinen Schritten?'
      : `Die kleinen Schritte endeten bei ${end}. Wo werden die großen enden?`,
  bothEnds: (end, before) => `Mit Schritten von 0,04 endete es bei ${end}, mit Schritten von 0,02 bei ${before}.`,
  nearlySame: 'Beide liegen aufeinander: Hier ist der größere Schritt dieselbe Kurve, nur schneller durchlaufen.',
  notSame: 'Dieselbe Zeit, und nicht derselbe Verlust.',

  draw: 'Zeichnen Sie',
  drawText: [
    'Noch einmal doppelt so groß: 0,08, und 60 Schritte. Zeichnen Sie die Kurve, die Sie erwarten.',
    'Die Theorie zeichnet zwei eigene Kurven. Der [Gradientenfluss|gradient flow] ist das, was das Training mit unendlich kleinen Schritten wäre. Der [modifizierte Fluss|modified flow] weiß, wie groß die Schritte sind.',
  ],
  drawAsk: 'Wie wird der Verlust bei einer Schrittweite von 0,08 verlaufen?',
  endsAt: (end, rise) =>
    rise === null
      ? `Es endete bei ${end}, und der Verlust stieg unterwegs nie.`
      : `Es endete bei ${end}. Bei Schritt ${rise} stieg der Verlust zum ersten Mal.`,

  nearer: 'Welche Theorie ist näher?',
  nearerText: [
    'Wörter auszusprechen beginnt steiler, als Buchstaben zu sortieren. Das lernt {A} jetzt, mit großen Schritten, 40 Schritte lang.',
  ],
  nearerAsk: 'Welche gestrichelte Kurve wird näher an der gemessenen liegen?',
  gradient: 'der Gradientenfluss, der die Schrittweite nicht kennt',
  modified: 'der modifizierte Fluss, der sie kennt',
  distances: (gradient, modified) => `Im Mittel lag der Gradientenfluss um ${gradient} daneben, der modifizierte Fluss um ${modified}.`,

  open: 'Jetzt Sie',
  openText: [
    'Mit 0,02 und 120 Schritten beginnt {A} von vorn. Wählen Sie im Bereich darunter, unter „Aufbau“, eine andere Schrittweite, und lassen Sie den Lauf rechnen.',
    'Gibt es eine, bei der sich mehr ändert als das Tempo?',
  ],
  openAsk: 'Kann der Verlust steigen, obwohl jeder Schritt bergab geht?',
  openEnds: (end, rise) =>
    rise === null
      ? `Ihr Lauf endete bei ${end}, und sein Verlust stieg nie.`
      : `Ihr Lauf endete bei ${end}. Sein Verlust stieg zum ersten Mal bei Schritt ${rise}.`,
  drawnRose: (step) => `Mit einer Schrittweite von 0,08 stieg er zum ersten Mal bei Schritt ${step}.`,
  openTask: 'Eine offene Aufgabe: Finden Sie die größte Schrittweite, bei der der Verlust in 120 Schritten nie steigt.',

  further: [
    'Zwei Läufe haben dieselbe Zeit, wenn Schritte × Schrittweite gleich ist. Wie viele Schritte von 0,05 haben die Zeit von 120 Schritten von 0,02?',
    'Ein Schritt geht geradeaus, in Richtung des Gefälles an seinem Anfang. Zeichnen Sie ein Tal und einen Schritt, der dafür zu lang ist.',
    'Der modifizierte Fluss fügt einen Term hinzu, der mit der Schrittweite wächst. Was wird aus ihm, wenn die Schrittweite gegen null geht?',
  ],
  misconceptions: [
    [
      'Mit einer größeren Schrittweite lernt es sich immer schneller.',
      'Das gilt, solange die Schritte gegenüber der Breite des Tals kurz sind. Darüber hinaus steigt der Verlust, oder das Training divergiert.',
    ],
    [
      'Bergab gehen heißt, dass der Verlust fällt.',
      'Er fällt bei einem hinreichend kurzen Schritt. Ein langer kann auf der anderen Seite wieder hinaufführen.',
    ],
  ],
};
