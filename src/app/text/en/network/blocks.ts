/** The picture of blocks. */
import { spoken } from '../../language.ts';

export const say = spoken('blocks', {
  new: 'new',
  theWeightsOfAAndBecome: (self: boolean) =>
    `The weights of A and ${self ? 'of its copy' : 'B'} become the diagonal blocks of M; the other two blocks are new.`,
});
