/** Runs that are kept on this device. */
import { spoken } from '../../language.ts';

export const say = spoken('kept', {
  yourRunIsKept: 'Your run is kept on this device.',
  wasLeftAt: (what: string, step: string, end: string) => `${what} was left at step ${step} of ${end}.`,
  goOnAt: (step: string) => `Go on at step ${step}`,
  unnamed: (preset: string, seed: number) => `${preset}, seed ${seed}`,
  noRoom: 'There is no room on this device to keep this run.',
  trainingGoesOn: 'The training goes on, and what is kept of it so far stays.',
  couldBeDeleted: (runs: number, megabytes: string) =>
    runs === 1 ? `An older run takes ${megabytes} MB.` : `${runs} older runs take ${megabytes} MB.`,
  deleteThem: (runs: number) => (runs === 1 ? 'Delete it' : `Delete these ${runs} runs`),
  freeSome: 'Other data of this browser would have to go to make room.',
  notWritten: 'This run could not be kept on this device.',
  itIsTriedAgain: 'The training goes on, and it is tried again in half a minute.',
  newer: 'A newer version of this page keeps the runs on this device.',
  reloadForIt: 'This one trains, and keeps nothing. Reload the page to have the newer version.',
  tooLarge: 'This run is too large to be kept on this device.',
  itsStateIs: (megabytes: string, most: string) =>
    `Its state takes ${megabytes} MB, and at most ${most} MB are kept. Save its checkpoints with Share before you leave the page.`,
});
