/** How long a run takes, in German. */
import type { Words } from '../../en.ts';

export const say: Words['time'] = {
  aboutOnThisDevice: (duration) => `etwa ${duration} auf diesem Gerät,`,
  aboutLeft: (duration) => `noch etwa ${duration}`,
  takesAboutHere: (duration) => `dauert hier etwa ${duration}`,
};
