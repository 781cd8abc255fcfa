/** The flows of momentum, adaptive optimizers and mini-batches, in German. */
import { asItIs } from '../../../../experiment/messages/numbers.ts';
import type { Words } from '../../en.ts';

export const say: Words['flowCard'] = {
  whatMomentumFollows: 'Wem der Impuls folgt',
  momentumSpoken: 'My mal Theta zwei Strich plus Theta Strich gleich minus Gradient von L',
  andOneStepOfTakesThe: (h, time) => `, und ein Schritt mit ${h} dauert die Zeit ${time}. `,
  aBallWithMassWhatWas: (inSteps, beta) =>
    `Eine Kugel mit Masse: Was in Bewegung gesetzt ist, läuft noch etwa ${inSteps} Schritte weiter (β = ${asItIs(beta)}). Ohne seine Masse, aus dem Stand, liegt der Fluss von den ersten Schritten an daneben.`,
  whatFollows: (title) => `Wem ${title} folgt`,
  adaptiveSpoken: 'Theta Strich gleich minus P mal g plus h durch zwei mal c mal H P g',
  preconditioned: (h, small, epsilon, large, beta1, beta2) =>
    `P = 1 / (|g| + ε) bewegt jedes Gewicht etwa so weit wie jedes andere${h === null ? '' : `, bis zu ${h} je Schritt`}. Die Korrektur c reicht von ${small}, wo ein Gradient weit unter ε = ${asItIs(epsilon)} liegt, bis ${large}, wo er weit darüber liegt (β1 = ${asItIs(beta1)}, β2 = ${asItIs(beta2)}).`,
  whatMiniBatchesFollowInThe: 'Wem Mini-Batches folgen, im Mittel',
  miniBatchLossSpoken:
    'L Schlange gleich L plus h durch vier mal Normquadrat von g plus h durch vier m mal die Summe über k der Normquadrate von g k minus g',
  batchesExplained: (h, batches) =>
    `${h === null ? '' : `h = ${h}, `}m = ${batches} Batches je Epoche. Der letzte Term hält die Gradienten der Batches einander ähnlich. Ein einzelner Lauf streut um sein Mittel mit etwa zwei Dritteln dessen, um das die Terme den Weg verschieben („Mini-batches, in the mean“ unter „Was gemessen wurde“); darum wird er im Mittel über Mischungen verglichen.`,
};
