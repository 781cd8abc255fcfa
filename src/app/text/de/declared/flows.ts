/** The flows that are drawn beside a run, in German. */
import type { Words } from '../../en.ts';

const row = (title: string, explains: string, words: string = title) => ({ title, words, explains });

export const flows: Words['flows'] = {
  'gradient-flow': row('Gradientenfluss', 'Unendlich kleine Schritte: die Kontrolle.'),
  'modified-flow': row(
    'Modifizierter Fluss',
    'Wem der Optimierer in erster Ordnung in h folgt. Beim Gradientenabstieg wird er als −∇L(θ + (h/2)∇L(θ)) integriert, aus zwei Gradienten.',
    'modifizierter Fluss',
  ),
  'modified-flow-exact': row(
    'Exakte erste Ordnung',
    'Beim Gradientenabstieg −(g + (h/2) H g) selbst, durch ein Produkt mit der Hesse-Matrix H: in erster Ordnung in h gleich der Form mit zwei Gradienten.',
    'exakte erste Ordnung',
  ),
  'third-order-flow': row(
    'Fluss dritter Ordnung',
    'Beim Gradientenabstieg: der modifizierte Fluss und sein nächster Term, aus drei Gradienten.',
  ),
  'self-held': row(
    'Prognose mit eigener Schärfe',
    'Der modifizierte Fluss mit einer Schrittweite, die er an seiner eigenen Schärfe hält, h = c/λ. Nichts, was im Lauf gemessen wird, geht darin ein, nicht einmal die Schrittweiten.',
  ),
  'principal-flow': row(
    'Hauptrichtungsfluss',
    'Beim Gradientenabstieg, solange h · λmax unter 1 liegt: in den drei steilsten Richtungen das, was er auf einer quadratischen Funktion tut, in den übrigen der modifizierte Fluss. Er kostet bei Weitem am meisten.',
  ),
  'central-flow': row(
    'Zentraler Fluss',
    'Jenseits der Stabilitätsgrenze, beim Gradientenabstieg mit konstanter Schrittweite: das Mittel des schwingenden Verlusts. Er sagt weder einzelne Spitzen noch ihr Einsetzen voraus.',
    'zentraler Fluss',
  ),
  composite: row(
    'Verkettung',
    'Beim Gradientenabstieg: einige Schritte auf beiden Seiten der Verschmelzung als ein einziger Fluss, mit und ohne seine Klammer.',
  ),
  spectral: row(
    'Spektrum beim Wachstum',
    'Beim Gradientenabstieg: der Verlust für einige Schritte nach der Verschmelzung, für etwa zwanzig Gradienten.',
  ),
  'sign-flow': row(
    'Vorzeichenfluss',
    'Wem der Optimierer in unendlich kleinen Schritten folgen würde: Jedes Gewicht bewegt sich etwa so weit wie jedes andere. Er ist die Kontrolle.',
  ),
  'shuffled-runs': row(
    'Mittel gemischter Läufe',
    'Das Mittel mehrerer Läufe mit anderen Mischungen: damit werden Flüsse von Mini-Batches verglichen.',
  ),
  'composite-without-bracket': row('Ohne Klammer', 'Die Verkettung ohne ihre Lie-Klammer: die Kontrolle.', 'ohne Klammer'),
};
