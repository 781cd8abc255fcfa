/** The Sharpness tab, in German. */
import { asItIs } from '../../../../experiment/messages/numbers.ts';
import type { Words } from '../../en.ts';

export const say: Words['sharpness'] = {
  fromStepInWhichTheCentral: (from, found) => `. Ab Schritt ${from}: ${found}, worin der zentrale Fluss noch nicht gilt`,
  appearsOnceTheLargest: 'Erscheint, sobald die größte Krümmung gemessen ist.',
  stepSizeTimesLargest: (stableTo) => `Schrittweite mal größte Krümmung im Lauf, mit der Stabilitätsgrenze bei ${asItIs(stableTo)}`,
  theEdgeWasPassedAtStep: (now, crossed) => `${now}. Die Grenze wurde bei Schritt ${crossed} überschritten`,
  edgeOfStability: 'Stabilitätsgrenze',
};
