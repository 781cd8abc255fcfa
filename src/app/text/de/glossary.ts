/** The words that a reader may not know, in German. */
import type { Source } from '../../../experiment/declared/sources.ts';
import type { Words } from '../en.ts';
import type { Entry } from '../glossary.ts';
import { READING } from '../reading.ts';
import { flows } from './declared/flows.ts';

const OWN: Source = { words: 'wie diese Seite das Wort gebraucht' };

const entry = (title: string, explains: string, source: Source): Entry => ({ title, explains, source });

const flow = (name: 'gradient-flow' | 'modified-flow', more: string, source: Source): Entry =>
  entry(flows[name].title, `${flows[name].explains} ${more}`, source);

export const glossary: Words['glossary'] = {
  T5: entry(
    'T5',
    'Ein Sprachmodell, das einen Text liest und einen anderen schreibt: Ein Encoder liest, ein Decoder schreibt. Die hier haben Tausende von Gewichten, veröffentlichte haben Millionen bis Milliarden.',
    READING.raffel,
  ),
  loss: entry(
    'Verlust',
    'Wie falsch ein Netz liegt: der Mittelwert von −ln p, wobei p die Wahrscheinlichkeit ist, die es dem richtigen Buchstaben oder Laut gibt. Null ist vollkommen, und blindes Raten unter V Zeichen ergibt ln V.',
    READING.book,
  ),
  nat: entry(
    'Nat',
    'Die Einheit des Verlusts, vom natürlichen Logarithmus: Ein Nat mehr bedeutet, dass die richtige Antwort eine 2,7-mal kleinere Wahrscheinlichkeit bekommt. Bei einem Verlust von 1 bekommt sie 37 %, bei 0,1 bekommt sie 90 %.',
    READING.cover,
  ),
  'probe, trained on': entry(
    'Probe: die Wörter aus dem Training',
    'An diesen Wörtern wird der Verlust gemessen. Bei vollem Batch sind es die, an denen die Netze trainiert werden: Ein niedriger Verlust sagt also, dass diese gelernt sind, und nichts über andere.',
    OWN,
  ),
  'probe, held out': entry(
    'Probe: zurückgehaltene Wörter',
    'An diesen Wörtern wird der Verlust gemessen. Sie sind zurückgehalten: Die Netze werden nie an ihnen trainiert; der Verlust sagt also, wie gut sie bei neuen Wörtern sind.',
    READING.book,
  ),
  measured: entry(
    'Gemessen',
    'Was das Training tut, Schritt für Schritt betrachtet: die durchgezogenen Linien. Dem Netz eines Schritts werden die Wörter gegeben, und sein Verlust wird berechnet.',
    OWN,
  ),
  predicted: entry(
    'Vorhergesagt',
    'Was der Verlust laut Theorie tun wird, berechnet ohne Training: die gestrichelten Linien. Sie folgt einem glatten Fluss vom selben Anfang aus, mit denselben Schrittweiten.',
    READING.barrett,
  ),
  'gradient flow': flow(
    'gradient-flow',
    'Ein Lauf mit hinreichend kleinen Schritten folgt ihm; ein wirklicher Lauf verlässt ihn.',
    READING.hairer,
  ),
  'modified flow': flow(
    'modified-flow',
    'Er weiß, dass Schritte endlich sind; darum bleibt er länger bei einem Lauf als der Gradientenfluss.',
    READING.barrett,
  ),
  'gradient descent': entry(
    'Gradientenabstieg',
    'Jedes Gewicht bewegt sich ein wenig gegen die Steigung des Verlusts, immer wieder. Impuls, Adam und Adafactor tun dasselbe mit einem Gedächtnis für frühere Steigungen.',
    READING.book,
  ),
  'step size': entry(
    'Schrittweite',
    'Wie weit sich die Gewichte in einem Schritt bewegen, als Vielfaches der Steigung des Verlusts. Ist sie zu klein, geht es langsam; ist sie zu groß, springt der Verlust umher oder läuft davon.',
    READING.book,
  ),
  sharpness: entry(
    'Schärfe λ',
    'Wie stark der Verlust in seiner steilsten Richtung gekrümmt ist: der größte Eigenwert seiner zweiten Ableitungen. Schritte, die länger als 2 / λ sind, schießen jedes Mal weiter übers Ziel; die Schärfe sagt also, wie lang ein Schritt sein darf.',
    READING.cohen,
  ),
  'held sharpness': entry(
    'Schrittweite c / λ',
    'Die Schrittweite ist nicht eine Zahl: Sie ist c geteilt durch die Schärfe λ, die alle paar Schritte neu gemessen wird. Wo der Verlust stärker gekrümmt ist, werden die Schritte kürzer, und ein c über 2 würde übers Ziel schießen.',
    READING.cohen,
  ),
  'full batch': entry(
    'Voller Batch',
    'Jeder Schritt sieht alle Trainingsbeispiele; nichts bleibt dem Zufall überlassen. Ein Mini-Batch sieht nur einige davon, was billiger und verrauschter ist.',
    READING.book,
  ),
  seed: entry(
    'Startwert',
    'Die Zahl, aus der jede zufällige Ziehung folgt: erste Gewichte, Wörter, Reihenfolge. Derselbe Startwert ergibt denselben Lauf noch einmal, auf gleichartigen Geräten bis aufs letzte Bit.',
    OWN,
  ),
  phonemes: entry(
    'Laute (Phoneme)',
    'Die Laute, aus denen ein Wort besteht, geschrieben wie im CMU-Wörterbuch: AE ist das a von „at“, NG das Ende von „ping“. Der Schlüssel neben den Beispielen führt alle 39 auf.',
    READING.cmu,
  ),
  growth: entry(
    'Wachstum',
    'Der Augenblick, in dem aus kleineren Netzen ein größeres wird und das Training weitergeht. Verschmelzung ist eine Art zu wachsen; Stapeln und Verbreitern sind andere.',
    READING.deepFusion,
  ),
  fusion: entry(
    'Verschmelzung',
    'Ein Wachstum, bei dem Netze nebeneinander zu Blöcken eines größeren Netzes werden. Die Gewichte zwischen den Blöcken sind neu, und wie sie beginnen, legt diese Seite fest: bei null, wenn nichts anderes gesagt ist.',
    READING.deepFusion,
  ),
  'fusion gap': entry(
    'Verschmelzungslücke',
    'Änderung des Verlusts im Augenblick des Wachstums, gegenüber dem Verlust der gemittelten Ausgaben der Quellnetze. Mit einer Norm über die Blöcke verschiedener Netze ist sie nicht null; mit einer Norm für jedes Quellnetz ist sie es.',
    READING.deepFusion,
  ),
  symmetry: entry(
    'Symmetrie',
    'Wie weit die Hälften auseinander sind, im Verhältnis zu ihrer Größe. Nahe null bekommen sie gleiche Gradienten und bleiben Zwillinge: Das Netz kann nichts berechnen, was nicht eine Hälfte auch könnte.',
    READING.net2net,
  ),
  'new weights': entry(
    'Neue Gewichte',
    'Gewichte des gewachsenen Netzes, die in keinem seiner Quellnetze waren: die Blöcke zwischen deren Blöcken. Mit ihnen kann das größere Netz Neues lernen.',
    READING.deepFusion,
  ),
  'critical path': entry(
    'Kritischer Pfad',
    'Der längste Weg durch den Plan, wobei Netze, die nebeneinander trainieren, einmal zählen. So lange muss man warten, wenn jedes ein eigenes Gerät hat.',
    READING.kelley,
  ),
  'from scratch': entry(
    'Von Grund auf',
    'Ein Netz, so groß wie das verschmolzene, vom ersten Schritt an aus zufälligen Gewichten trainiert. Das muss ein Wachstum bei gleichem Rechenaufwand übertreffen.',
    READING.deepFusion,
  ),
  ensemble: entry(
    'Gemittelt, nicht verschmolzen',
    'Die kleinen Netze gemeinsam befragt: Ihre Ausgaben werden gemittelt, und nichts wird verschmolzen. Das muss ein verschmolzenes Netz übertreffen, denn es kostet nicht mehr als das Training der kleinen.',
    READING.hansen,
  ),
  unread: entry(
    'Ohne Lesen',
    'Ein Netz, so groß wie das letzte, das die letzte Aufgabe vom ersten Schritt an aus zufälligen Gewichten lernt. Es sagt, wozu die Aufgaben davor gut waren.',
    OWN,
  ),
  alone: entry(
    'Klein, allein',
    'Das erste kleine Netz, ohne ein Wachstum weitertrainiert. Es sagt, wie weit die kleine Größe allein gekommen wäre.',
    OWN,
  ),
};
