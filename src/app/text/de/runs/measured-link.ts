/** Links to what was measured, and to the sources, in German. */
import type { Words } from '../../en.ts';

export const say: Words['measuredLink'] = {
  whatWeMeasured: 'Was gemessen wurde',
  sources: 'Quellen',
  paperDeepFusionArxiv2306: 'Arbeit: Deep Fusion, arXiv 2306.11903',
  source: 'Quelltext',
  licences: 'Lizenzen',
};
