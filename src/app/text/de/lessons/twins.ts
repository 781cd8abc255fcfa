/** Twins, in German: a network fused with itself is twice as large, and what its halves learn is the same. */
import type { Words } from '../../en.ts';

export const say: Words['lessonTwins'] = {
  title: 'Zwillinge',
  idea: 'Doppelte Größe muss nicht doppelter Nutzen sein: Zwei gleiche Hälften lernen dasselbe. Drei Wege führen hinaus.',

  copy: 'Aus einem werden zwei',
  copyText: [
    '{A} lernt, Wörter auszusprechen. Bei Schritt 60 wird es mit sich selbst verschmolzen: {M} enthält zwei Kopien von {A} und nichts dazwischen.',
    'Lassen Sie es bis zu diesem Augenblick laufen.',
  ],
  copyAsk: 'Wie wird der Verlust von M beginnen, verglichen mit dem von A?',
  copied: (a, fused, small, large) =>
    `{A} war bei ${a} angekommen, und {M} begann bei ${fused}. {A} hat ${small} Gewichte, {M} hat ${large}.`,

  gain: 'Was bringt die Größe?',
  gainText: ['{M} trainiert weiter. Daneben trainiert {A} allein weiter, so klein, wie es ist, gleich viele Schritte lang.'],
  gainAsk: 'Um wie viel niedriger wird M bei Schritt 160 sein als A allein?',
  nothing: 'nicht niedriger',
  little: 'etwas niedriger, um weniger als 0,3',
  much: 'viel niedriger, um mehr als 0,3',
  gained: (end, alone) => `{M} endete bei ${end}, {A} allein bei ${alone}.`,

  halves: 'Zwei Hälften',
  halvesText: [
    'Jede Hälfte von {M} begann als Kopie von {A}. In jedem Schritt bewegt sich jedes Gewicht um das, was es besser machen könnte.',
    'Der Bereich „Wachstum“ misst, wie weit die Hälften auseinandergekommen sind: 0 ist gleich, 1 ist so weit wie zwei Netze, die nichts gemeinsam haben.',
  ],
  halvesAsk: 'Wie weit sind die Hälften jetzt auseinander?',
  equal: 'gar nicht',
  somewhat: 'ein wenig',
  far: 'so weit wie Fremde',
  apart: (apart) => `Ihr Abstand ist ${apart}.`,
  trap: 'Gleiche Hälften machen gleiche Schritte und bleiben gleich. Das ist die Symmetriefalle: {M} hat mehr Gewichte und lernt wie ein kleines Netz, mit anderen Schrittweiten an seinen beiden Enden.',
  noTrap: 'In diesem Lauf kamen die Hälften auseinander.',

  noise: 'Ein Ausweg: Rauschen dazwischen',
  noiseText: [
    'Dasselbe noch einmal, doch beginnen die Gewichte zwischen den beiden Kopien als zufälliges Rauschen. Die Kopien werden gestört, jede auf andere Weise.',
  ],
  noiseAsk: 'Wo wird M enden, verglichen mit den Zwillingen?',
  noisy: (start, end, twins, apart) =>
    `Wegen des Rauschens begann {M} bei ${start}. Es endete bei ${end}${twins === null ? '' : `, die Zwillinge bei ${twins}`}. Der Abstand seiner Hälften ist ${apart}.`,

  unequal: 'Ein Ausweg: ungleiche Kopien',
  unequalText: ['Ein anderer Weg: nichts zwischen den Kopien, aber Rauschen auf den Kopien selbst, sodass sie ungleich beginnen.'],
  unequalAsk: 'Wo wird M enden, verglichen mit Rauschen dazwischen?',
  unequalEnds: (start, end, noisy, apart) =>
    `{M} begann bei ${start} und endete bei ${end}${noisy === null ? '' : `. Mit Rauschen dazwischen endete es bei ${noisy}`}. Der Abstand seiner Hälften ist ${apart}.`,

  two: 'Ein Ausweg: zwei Quellnetze',
  twoText: [
    'Der dritte Weg braucht ein zweites Netz: {A} und {B} lernen von verschiedenen Anfängen aus und werden bei Schritt 60 verschmolzen.',
  ],
  twoAsk: 'Welches der vier wird am niedrigsten geendet haben?',
  ofTwins: 'die Zwillinge',
  ofNoise: 'Rauschen zwischen den Kopien',
  ofUnequal: 'ungleiche Kopien',
  ofTwo: 'zwei Quellnetze',
  twoEnds: (end) => `Mit zwei Quellnetzen endete {M} bei ${end}.`,
  paidTwice: 'Zwei Quellnetze haben auch mehr gekostet: Vor der Verschmelzung wurden zwei Netze trainiert und nicht eines.',

  open: 'Jetzt Sie',
  openText: [
    'Zurück zu den Kopien mit Rauschen dazwischen. Wählen Sie im Bereich darunter, unter „Wachstum“, einen anderen Maßstab σ des Rauschens, und lassen Sie den Lauf rechnen. Jetzt ist er 0,3.',
  ],
  openAsk: 'Ist mehr Rauschen immer besser?',
  openEnds: (end, before) => `Ihr Lauf endete bei ${end}${before === null ? '' : `, der mit einem Rauschen von 0,3 bei ${before}`}.`,
  openTask: 'Eine offene Aufgabe: Finden Sie das Rauschen, mit dem {M} am niedrigsten endet.',

  further: [
    'Zwei Arbeiter bekommen dieselben Aufträge und haben dieselben Werkzeuge. Was bringt der zweite? Was müsste verschieden sein?',
    'Das Netz ist doppelt so breit. Wievielmal so viele Gewichte hat eine Schicht dann? Wie viele davon sind bei der Verschmelzung null?',
    'Warum lässt Rauschen den Verlust im Augenblick des Wachstums steigen?',
  ],
  misconceptions: [
    ['Ein größeres Netz lernt immer mehr.', 'Nur wenn sich seine Teile unterscheiden. Gleiche Teile werden gleich verbessert.'],
    [
      'Rauschen ist ein Fehler, den man vermeiden muss.',
      'Hier lässt gerade ein wenig Rauschen die Hälften Verschiedenes lernen. Am Anfang hat es einen Preis.',
    ],
  ],
};
