/** The flows that gradient descent follows, in German. */
import type { Words } from '../../en.ts';

export const say: Words['ladder'] = {
  gradientFlowSpoken: 'Theta Strich gleich minus g',
  secondOrderSpoken: 'Theta Strich gleich minus die Summe aus g und h durch zwei mal H g',
  shiftedGradientSpoken: 'Theta Strich gleich minus Gradient von L an der Stelle Theta plus h durch zwei mal Gradient von L bei Theta',
  theSameFirstOrderFromTwo:
    'Dieselbe erste Ordnung aus zwei Gradienten. Darüber hinaus unterscheiden sich die beiden, um so viel, wie sie selbst danebenliegen.',
  thirdOrderSpoken: 'Theta Strich gleich k eins plus k zwei minus acht k drei, durch sechs',
  aQuarter: 'ein Viertel',
  anEighth: 'ein Achtel',
  aSixteenth: 'ein Sechzehntel',
  oneStepIsOffByA: 'Ein Schritt liegt um einen Term daneben, in h',
  halfTheStepSizeOfThe: (order) => `: halbe Schrittweite, ${order} des Fehlers.`,
  whatGradientDescentFollows: 'Wem der Gradientenabstieg folgt',
  aSmoothFlowTheMoreTerms:
    'Einem glatten Fluss. Je mehr Terme in der Schrittweite h er hat, desto schneller fällt sein Fehler, wenn h kleiner wird. Hier ist g = ∇L und H = ∇²L. Welche Flüsse gezeichnet werden, steht unter Aufbau, Vorhersage.',
  drawnHere: 'hier gezeichnet',
  toFirstOrderThatIsGradient: 'In erster Ordnung ist das der Gradientenfluss eines anderen Verlusts, der flache Stellen vorzieht:',
  modifiedLossSpoken: 'L Schlange gleich L plus h durch vier mal Normquadrat des Gradienten von L',
  theFlatnessTermIsOfThe: (term, id, step) => `Der Flachheitsterm macht ${term} des Verlusts von ${id} bei Schritt ${step} aus.`,
  numbersAppearWhileItTrains: 'Zahlen erscheinen während des Trainings.',
  theStepSizesHCIn:
    'Die Schrittweiten h = c/λ in diesen Flüssen sind die des Laufs: λ wird im Lauf gemessen und als Tabelle festgehalten. Nur die Prognose mit eigener Schärfe nimmt sie aus ihrem eigenen λ.',
  alongTheSharpestDirectionH: (product, step, product2) =>
    `In der schärfsten Richtung ist h · λmax gleich ${product}, und dort konvergiert die Reihe in h · λ, deren Summe −log(1 − hλ)/(hλ) ist, nur unter 1. Kein Fluss kann, was ein Schritt dort tut: Er landet auf der anderen Seite des Tals (× ${step}; die erste Ordnung ergibt × ${product2}). Solange beide Faktoren weit von ±1 entfernt sind, macht das wenig aus: Nach wenigen Schritten ist in dieser Richtung im Lauf wie im Fluss kaum noch etwas übrig, und der Verlust sinkt in den vielen anderen, deren h · λ unter 1 liegt.`,
};
