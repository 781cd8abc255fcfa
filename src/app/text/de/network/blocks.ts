/** The picture of blocks, in German. */
import type { Words } from '../../en.ts';

export const say: Words['blocks'] = {
  new: 'neu',
  theWeightsOfAAndBecome: (self) =>
    `Die Gewichte von A und ${self ? 'von seiner Kopie' : 'B'} werden die Diagonalblöcke von M; die beiden anderen Blöcke sind neu.`,
};
