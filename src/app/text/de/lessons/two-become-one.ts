/** Two become one, in German: what fusing does, the gap at the seam, and the norm that closes it. */
import type { Words } from '../../en.ts';

export const say: Words['lessonTwoBecomeOne'] = {
  title: 'Aus zwei wird eins',
  idea: 'Beim Verschmelzen werden zwei Netze zu einem. An der Naht entsteht eine Lücke, und ein bestimmter Teil des Netzes ist daran schuld.',

  beginners: 'Zwei Anfänger',
  beginnersText: [
    '{A} und {B} sind zwei kleine Netze. Sie lernen dieselbe Aufgabe, nämlich wie englische Wörter ausgesprochen werden, von verschiedenen zufälligen Anfängen aus.',
    'Das Diagramm zeigt den [Verlust|loss] jedes Netzes: wie sehr die richtige Antwort es noch überrascht. Niedriger ist besser.',
    'Lassen Sie beide 60 Schritte lang trainieren.',
  ],
  afterSixty: (a, b) => `{A} ist bei einem Verlust von ${a} angekommen, {B} bei ${b}. Ein vollkommenes Netz hätte einen Verlust von 0.`,

  moment: 'Der Augenblick der Verschmelzung',
  momentText: [
    'Nun wird aus den beiden ein größeres Netz {M}. Die Gewichte von {A} und {B} werden zu zwei Blöcken auf der Diagonale seiner Gewichte. Was neben diesen Blöcken steht, ist neu und beginnt bei null.',
    '{M} enthält also alles, was {A} und {B} gelernt haben.',
  ],
  whereBegins: 'Vor dem Druck auf „Verschmelzen“: Wo wird der Verlust von M beginnen?',
  above: 'über A und B',
  between: 'zwischen A und B',
  below: 'unter A und B',
  anew: 'so hoch wie bei Schritt 0, wie ein neues Netz',
  begins: (fused, a, b, step) => `Bei Schritt ${step} begann {M} bei ${fused}. {A} war bei ${a} angekommen, {B} bei ${b}.`,

  gap: 'Eine Lücke an der Naht',
  gapText: (average, fused, compared) => [
    average === null || fused === null
      ? 'Man kann {A} und {B} auch ganz ohne Verschmelzung gemeinsam antworten lassen und das Mittel ihrer Antworten nehmen. Es hat einen eigenen Verlust.'
      : `Lässt man {A} und {B} ganz ohne Verschmelzung gemeinsam antworten, so hat das Mittel ihrer Antworten einen Verlust von ${average}. {M} begann bei ${fused}.`,
    ...(compared === null ? [] : [compared]),
    'Der Unterschied zwischen dem Mittel und {M} heißt [Verschmelzungslücke|fusion gap]. Der Bereich unter dem Diagramm zeigt sie, sobald Sie geantwortet haben.',
  ],
  averageBeatsBoth: 'Das Mittel ist also besser als jedes der beiden allein.',
  averageBeatsOne: 'Das Mittel ist also besser als das eine von beiden, aber nicht besser als das andere.',
  averageBeatsNone: 'Das Mittel ist also nicht besser als eines der beiden allein.',
  whyGap: 'Warum ist M nicht genau das Mittel von A und B?',
  newIsNoise: 'Die neuen Gewichte sind zufällig und stören die alten.',
  normIsShared: 'Eine Norm im Netz misst beide Hälften zusammen und skaliert jede anders als zuvor.',
  otherWords: 'A und B haben verschiedene Wörter gelernt.',
  gapFound: (shared, grouped) =>
    `Die Seite hat es an Ihrer Verschmelzung ausprobiert. Mit einer eigenen Norm für jede Hälfte wäre die Lücke ${grouped}; so, wie es ist, ist sie ${shared}. Die neuen Gewichte sind hier null, und beide Netze lernen dieselben Wörter.`,
  ended: (end) => `{M} trainierte weiter und endete bei ${end}. Merken Sie sich diese Zahl.`,

  ownNorms: 'Eine Norm für jede Hälfte',
  ownNormsText: [
    'Die RMS-Norm teilt, was durch das Netz fließt, durch dessen Größe. In {M} ist das die Größe beider Hälften zusammen. Mit *getrennten Normen* wird jede Hälfte durch ihre eigene Größe geteilt, wie zuvor.',
    'Hier ist derselbe Lauf noch einmal, mit getrennten Normen. Bei Schritt 60 verschmilzt er von selbst.',
  ],
  whereNow: 'Wo wird der Verlust von M diesmal beginnen?',
  exact: (gap) => `Die Lücke ist ${gap}: {M} antwortet genau wie das Mittel von {A} und {B}.`,
  notExact: (gap) => `Die Lücke ist ${gap}: Hier antwortet {M} nicht wie das Mittel von {A} und {B}.`,

  start: 'Entscheidet der Anfang über das Ende?',
  startText: (fused, before, end) => [
    fused === null
      ? 'Mit getrennten Normen beginnt {M} anderswo als mit einer gemeinsamen Norm.'
      : before === null
        ? `Mit getrennten Normen beginnt {M} bei ${fused}.`
        : `Mit getrennten Normen beginnt {M} bei ${fused}. Mit einer gemeinsamen Norm begann es bei ${before}.`,
    end === null
      ? 'Beide haben noch gleich viele Schritte vor sich.'
      : `Mit der gemeinsamen Norm endete es bei ${end}. Beide haben noch gleich viele Schritte vor sich.`,
  ],
  whichEnds: 'Welches wird bei Schritt 180 niedriger sein?',
  sharedLower: 'das mit der gemeinsamen Norm',
  groupedLower: 'das mit getrennten Normen',
  ends: (grouped, shared) =>
    shared === null
      ? `Mit getrennten Normen endete {M} bei ${grouped}.`
      : `Mit getrennten Normen endete {M} bei ${grouped}, mit der gemeinsamen Norm bei ${shared}.`,
  lowerStart:
    'Hier führte der niedrigere Anfang auch zum niedrigeren Ende. Das muss nicht so sein: Wie schnell ein Netz von seinem Anfang aus lernt, ist eine andere Frage.',
  startIsNotAll:
    'Hier führte der niedrigere Anfang nicht zum niedrigeren Ende. Wie schnell ein Netz von seinem Anfang aus lernt, ist eine andere Frage.',

  open: 'Jetzt Sie',
  openText: [
    'Wieder mit der gemeinsamen Norm, und mit einer Verschmelzung bei Schritt 100. Lassen Sie den Lauf bis zum Ende gehen.',
    'Ziehen Sie dann die Wachstumslinie, *Wachstum*, auf einen anderen Schritt und drücken Sie *Zweig rechnen*. Die Lücke jeder Verschmelzung steht im Bereich darunter.',
  ],
  doesItGrow: 'Wird die Lücke größer, je länger A und B zuvor trainiert haben?',
  larger: 'ja, größer',
  smaller: 'nein, kleiner',
  same: 'sie bleibt gleich',
  twoGaps: (step, gap, otherStep, otherGap) =>
    `Bei der Verschmelzung bei Schritt ${step} war die Lücke ${gap}, bei der bei Schritt ${otherStep} war sie ${otherGap}.`,
  openTask:
    'Eine offene Aufgabe: Finden Sie den Wachstumsschritt, von dem aus {M} am niedrigsten endet. Ist es der mit der kleinsten Lücke?',

  further: [
    'Schreiben Sie den Verlust des Mittels, den von M und den von A bei der Verschmelzung auf. Welche zwei Zahlen ergeben die Verschmelzungslücke?',
    'Eine Zahl x wird durch die Größe von (x, y) geteilt statt durch die Größe von x allein. Wann wird sie kleiner, und wann bleibt sie, wie sie ist?',
    'Verschmelzen Sie bei drei verschiedenen Schritten. Tragen Sie die Lücke über dem Wachstumsschritt auf.',
    'M hat an den meisten Stellen viermal so viele Gewichte wie A. Wie viele davon sind neu, und welchen Wert haben sie bei der Verschmelzung?',
  ],
  misconceptions: [
    [
      'Ein verschmolzenes Netz muss alles neu lernen.',
      'Sein erster Verlust liegt nahe bei dem seiner Quellnetze, weit unter dem von Schritt 0. Zeigen Sie im Diagramm auf beide.',
    ],
    [
      'Eine Lücke bedeutet, dass etwas verloren ging.',
      'Nichts geht verloren: Mit getrennten Normen antworten dieselben Gewichte genau wie das Mittel. Die Hälften werden nur anders skaliert.',
    ],
    [
      'Ohne Lücke lernt es sich besser.',
      'Ein Lauf mit einer Lücke kann durchaus niedriger enden. Der Anfang und der Weg von dort aus sind zwei Fragen, und die Lektion stellt beide.',
    ],
  ],
};
