/** The Sharpness tab. */
import { spoken } from '../../language.ts';

export const say = spoken('sharpness', {
  fromStepInWhichTheCentral: (from: string, found: string) => `. From step ${from}: ${found}, in which the central flow does not hold yet`,
  appearsOnceTheLargest: 'Appears once the largest curvature has been measured.',
  stepSizeTimesLargest: (stableTo: number) => `Step size times largest curvature along the run, with the edge of stability at ${stableTo}`,
  theEdgeWasPassedAtStep: (now: string, crossed: string) => `${now}. The edge was passed at step ${crossed}`,
  edgeOfStability: 'edge of stability',
});
