/** Links to what was measured, and to the sources. */
import { spoken } from '../../language.ts';

export const say = spoken('measuredLink', {
  whatWeMeasured: 'What we measured',
  sources: 'Sources',
  paperDeepFusionArxiv2306: 'Paper: Deep Fusion, arXiv 2306.11903',
  source: 'Source',
  licences: 'Licences',
});
