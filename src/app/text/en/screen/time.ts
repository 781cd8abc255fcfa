/** How long a run takes. */
import { spoken } from '../../language.ts';

export const say = spoken('time', {
  aboutOnThisDevice: (duration: string) => `about ${duration} on this device,`,
  aboutLeft: (duration: string) => `about ${duration} left`,
  takesAboutHere: (duration: string) => `takes about ${duration} here`,
});
