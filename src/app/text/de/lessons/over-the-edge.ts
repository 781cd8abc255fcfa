/**
 * Over the edge, in German: sharpness, the product of step size and curvature, and what the central flow still knows.
 */
import type { Words } from '../../en.ts';

export const say: Words['lessonOverTheEdge'] = {
  title: 'Über die Grenze',
  idea: 'Eine Schrittweite ist zu groß, wenn sie für die Kurve zu groß ist, auf der sie geht. Eine Zahl sagt, wann: Schrittweite mal Schärfe.',

  calm: 'Ein ruhiger Anfang',
  calmText: [
    '{A} lernt Buchstaben zu sortieren, mit einer festen Schrittweite von 0,04. Bisher geschieht nichts als Lernen.',
    'Die [Schärfe|sharpness] sagt, wie stark das Tal gekrümmt ist, in dem {A} geht. Lassen Sie es 40 Schritte lang trainieren.',
  ],
  soFar: (loss, product) => `Der Verlust ist ${loss}. Schrittweite mal Schärfe ist jetzt ${product}.`,
  hasGrown: (first) => `Am Anfang war es ${first}: Es ist gewachsen.`,

  when: 'Wann beginnt es?',
  whenText: [
    'Die Schrittweite bleibt 0,04, und das Tal wird enger. Irgendwann ist ein Schritt zu lang dafür. Er landet auf der anderen Seite, höher als zuvor.',
    'Von da an geht der Verlust auf und ab.',
  ],
  whenAsk: 'Bei welchem Schritt wird der Verlust zum ersten Mal steigen?',
  step: 'Schritt',
  rose: (step) => `Der Verlust stieg zum ersten Mal bei Schritt ${step}.`,
  neverRose: 'In diesem Lauf stieg der Verlust nie.',

  edge: 'Die Zahl dahinter',
  edgeText: [
    'Schrittweite mal Schärfe hat keine Einheit: Sie vergleicht die Länge eines Schritts mit der Breite des Tals.',
    'Der Bereich „Schärfe“ unter dem Diagramm zeichnet sie, sobald Sie geantwortet haben.',
  ],
  edgeAsk: 'Wie groß war Schrittweite mal Schärfe, als der Verlust zum ersten Mal stieg?',
  below: 'weniger als 1',
  near: 'zwischen 1 und 2',
  behind: 'zwischen 2 und 4',
  far: 'mehr als 4',
  wasThen: (product, top) =>
    `Bevor der Verlust zum ersten Mal stieg, wurde das Produkt zuletzt als ${product} gemessen. Der größte Wert im Lauf ist ${top}. In einem Tal, das eine Parabel ist, liegt die Grenze bei 2: Dann landet ein Schritt auf der anderen Seite genau gleich hoch. Jenseits davon muss die Schwingung erst wachsen, bis man sie sieht.`,

  smaller: 'Halbe Schrittweite',
  smallerText: ['Dasselbe Netz noch einmal, mit einer Schrittweite von 0,02, gleich viele Schritte lang.'],
  smallerAsk: 'Wird der Verlust innerhalb dieser 160 Schritte steigen?',
  smallerEnds: (end, top, other) =>
    `Es endete bei ${end}${other === null ? '' : `, mit den größeren Schritten bei ${other}`}. Schrittweite mal Schärfe erreichte höchstens ${top}.`,

  theory: 'Was die Theorie noch weiß',
  theoryText: [
    'Drei Vorhersagen für die Schrittweite 0,04. Der [Gradientenfluss|gradient flow] kennt keine Schrittweite. Der [modifizierte Fluss|modified flow] kennt sie und nimmt an, dass Schritte kurz sind. Der *zentrale Fluss* geht durch die Mitte der Schwingung.',
  ],
  theoryAsk: 'Welche wird nach dem ersten Anstieg des Verlusts am nächsten liegen?',
  gradient: 'der Gradientenfluss',
  modified: 'der modifizierte Fluss',
  central: 'der zentrale Fluss',
  distances: (gradient, modified, central) =>
    `Danach lag der Gradientenfluss im Mittel um ${gradient} daneben, der modifizierte Fluss um ${modified}, der zentrale Fluss um ${central}.`,

  open: 'Jetzt Sie',
  openText: ['Wählen Sie im Bereich darunter, unter „Aufbau“, eine andere Schrittweite, und lassen Sie den Lauf bis zum Ende rechnen.'],
  openAsk: 'Finden Sie eine zwischen 0,02 und 0,04, bei der der Verlust nie steigt?',
  openEnds: (end, rise) =>
    rise === null
      ? `Ihr Lauf endete bei ${end}, und der Verlust stieg nie.`
      : `Ihr Lauf endete bei ${end}. Der Verlust stieg zum ersten Mal bei Schritt ${rise}.`,
  openTask: 'Eine offene Aufgabe: Wie groß kann die Schrittweite werden, bevor der Verlust innerhalb von 160 Schritten steigt?',

  further: [
    'Eine Kugel in einer Schale: Bei der Höhe x² führt ein Schritt von x nach x − h · 2x. Für welches h landet sie auf der anderen Seite genau gleich hoch?',
    'Die Schärfe dieser Schale ist 2. Wie groß ist Schrittweite mal Schärfe für das gefundene h?',
    'Jenseits der Grenze geht der Verlust auf und ab und fällt im Ganzen doch weiter. Was würden Sie zeichnen, um nur das Fallen zu zeigen?',
  ],
  misconceptions: [
    [
      'Jenseits der Grenze ist das Training verloren.',
      'In einer Schale wäre es das. In einem Netz führt die Schwingung selbst an flachere Stellen, und der Verlust fällt im Ganzen weiter.',
    ],
    [
      'Der Verlust steigt durch Zufall.',
      'Hier ist nichts zufällig: Jeder Schritt verwendet alle Wörter. Derselbe Lauf steigt wieder beim selben Schritt.',
    ],
  ],
};
