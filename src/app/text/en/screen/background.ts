/** Training while nobody sees the page, and the screen that is kept on. */
import { spoken } from '../../language.ts';

export const say = spoken('background', {
  slowerOutOfSight: 'It trained more slowly while this tab was hidden.',
  bothSpeeds: (seconds: string, hidden: string, seen: string) =>
    `${hidden} steps a second for ${seconds} s out of sight, ${seen} while you saw it.`,
  whatBrowsersDo:
    'Browsers slow down tabs that nobody sees, freeze some to spare the battery, and a phone stops them when its screen goes dark. No number of the run changes by that.',
  background: 'In the background',
  itTrainsOn: 'A run trains on while another tab is in front.',
  keepTheScreenOn: 'Keep the screen on while it trains',
  endsWithTheTraining: 'A phone whose screen goes dark stops the training. The screen may go dark again at a pause and at the end.',
  noScreenOverHttp: 'The screen can’t be kept on from here: browsers allow that over https only.',
  noScreenInThisBrowser: 'This browser can’t keep the screen on for a page; the settings of the device can.',
});
