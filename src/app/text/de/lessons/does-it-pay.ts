/** Does it pay, in German: what a loss has cost, and whom fusing has to beat. */
import type { Words } from '../../en.ts';

export const say: Words['lessonDoesItPay'] = {
  title: 'Lohnt es sich?',
  idea: 'Ein niedrigerer Verlust nach gleich vielen Schritten ist keine Ersparnis: Schritte eines großen Netzes kosten mehr. Was zählt, sind die Kosten desselben Verlusts.',

  race: 'Vier Wege',
  raceText: [
    'Vier Wege, das Aussprechen von Wörtern zu lernen. {A} und {B} werden bei Schritt 60 zu {M} verschmolzen. Ein Netz, so groß wie {M}, lernt *von Grund auf*, von Anfang an. {A} lernt *allein* weiter. Und {A} und {B} antworten *gemeinsam* und werden nie verschmolzen.',
    'Alle trainieren 160 Schritte lang.',
  ],
  raceAsk: 'Welcher Weg wird bei Schritt 160 den niedrigsten Verlust haben?',
  fused: 'verschmolzen, A und B zu M',
  scratch: 'das große Netz von Grund auf',
  alone: 'das kleine Netz allein',
  together: 'die kleinen Netze gemeinsam',
  raceEnds: (fused, scratch, alone, together) =>
    `{M} endete bei ${fused}, das große Netz von Grund auf bei ${scratch}, {A} allein bei ${alone}, und {A} und {B} gemeinsam bei ${together}.`,

  cost: 'Was ein Verlust gekostet hat',
  costText: [
    'Ein Schritt von {M} kostet mehr als einer von {A}: Es hat mehr Gewichte. Also sind Operationen zu zählen und nicht Schritte: *Rechenaufwand zählen* ordnet das Diagramm nach dem, was jeder Weg verbraucht hat.',
    'Vergleichen Sie dort, wo alle vier denselben Verlust haben.',
  ],
  costAsk: 'Welcher Weg erreicht den Verlust, den alle vier erreichen, mit dem geringsten Rechenaufwand?',
  costs: (loss, fused, scratch, alone, together) =>
    `Um einen Verlust von ${loss} zu erreichen, hat das Verschmelzen ${fused} gekostet, das große Netz von Grund auf ${scratch}, das kleine Netz allein ${alone}, und die beiden gemeinsam ${together}.`,

  path: 'Der kürzeste Weg',
  pathText: [
    '{A} und {B} müssen nicht aufeinander warten: Zwei Computer können sie nebeneinander trainieren. Dann zählt der längste Weg durch den Plan, der [kritische Pfad|critical path].',
    'Die beiden können also ebenso viel kosten wie zuvor und doch früher fertig sein.',
  ],
  pathAsk: 'Ist das verschmolzene Netz früher bei diesem Verlust als das große von Grund auf, wenn A und B nebeneinander trainieren?',
  paths: (fused, scratch) => `Der Weg des verschmolzenen Netzes ist ${fused} lang, der Weg von Grund auf ${scratch}.`,

  short: 'Früher verschmelzen',
  shortText: [
    'Noch einmal die vier Wege, doch werden {A} und {B} schon bei Schritt 20 verschmolzen, sodass die meisten Schritte die des großen Netzes sind.',
  ],
  shortAsk: 'Liegen die Kosten des Verschmelzens nun näher an denen des großen Netzes von Grund auf als zuvor?',
  shortCosts: (now, before) =>
    `Bei Schritt 20 verschmolzen, kostet es das ${now}-Fache dessen, was das große Netz von Grund auf bei dem Verlust kostet, den alle erreichen.${before === null ? '' : ` Bei Schritt 60 verschmolzen, war es das ${before}-Fache.`}`,
  pays: 'Hier ist Verschmelzen das Billigere.',
  paysNot: 'Hier lohnt sich Verschmelzen nicht. Das ist ein einziger Lauf mit einem Startwert und sagt nichts über andere Aufgaben.',

  open: 'Jetzt Sie',
  openText: [
    'Finden Sie eine Einstellung, bei der Verschmelzen billiger ist als ein großes Netz von Grund auf: Ändern Sie im Bereich darunter, unter „Aufbau“, den Wachstumsschritt oder die Schrittweite, und lassen Sie den Lauf rechnen. Der Bereich „Kosten“ sagt es Ihnen.',
  ],
  openAsk: 'Wird Ihr Lauf billiger sein als das große Netz von Grund auf?',
  openCosts: (ratio) => `Ihr Lauf kostet das ${ratio}-Fache dessen, was das große Netz von Grund auf kostet.`,
  openNone: 'In Ihrem Lauf gibt es keinen Verlust, den beide erreicht haben.',
  openTask: 'Eine offene Aufgabe: Sehen Sie sich die Vorlage „Wenn Verschmelzen gewinnt“ an. Was ist dort anders?',

  further: [
    'Eine Schicht von M ist doppelt so breit wie eine von A. Wievielmal so viele Gewichte hat sie? Wievielmal so viel kostet ein Schritt?',
    'Ein Geschäft wirbt: „20 % niedrigerer Verlust“. Was müssten Sie fragen, bevor Sie zahlen?',
    'Warum muss jeder Weg die beste von mehreren Schrittweiten bekommen, bevor man vergleicht?',
  ],
  misconceptions: [
    [
      'Die Kurve, die am Ende am niedrigsten ist, hat gewonnen.',
      'Bei gleich vielen Schritten haben die großen Netze mehr gekostet. Zu vergleichen ist bei gleichem Verlust oder bei gleichem Rechenaufwand.',
    ],
    [
      'Wachsen spart immer Rechenaufwand.',
      'Unter manchen Bedingungen schon, und hier ist eine zu sehen, unter der nicht. Eine Ersparnis wird neben dem besten Netz jeder Größe behauptet.',
    ],
  ],
};
