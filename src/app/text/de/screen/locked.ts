/** Notes on the settings that the link of the page holds fast, in German. */
import type { Words } from '../../en.ts';

export const say: Words['locked'] = {
  theLinkHoldsThisFast: 'Gesperrt: Wer diesen Link gemacht hat, hält diesen Wert fest.',
  theLinkHoldsThePresetFast: 'Gesperrt: Wer diesen Link gemacht hat, hält die Vorlage fest.',
  locked: 'gesperrt',
};
