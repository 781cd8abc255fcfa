/** Notes on the settings that the link of the page holds fast. */
import { spoken } from '../../language.ts';

export const say = spoken('locked', {
  theLinkHoldsThisFast: 'Locked: whoever made this link holds this value fast.',
  theLinkHoldsThePresetFast: 'Locked: whoever made this link holds the preset fast.',
  locked: 'locked',
});
