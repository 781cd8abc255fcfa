/** Networks from files, in Setup. */
import { spoken } from '../../language.ts';

export const say = spoken('givenNetworks', {
  networksFromFiles: 'Networks from files',
  allAtRandom: (networks: string) =>
    `Random weights at the start: ${networks}. A T5 checkpoint of your own can take the place of one: config.json and model.safetensors, together, as a folder, or as a zip. It can be dropped on the page, too.`,
  startsFrom: (id: string, name: string, parameters: string, tokens: string) =>
    `${id} starts from ${name}: ${parameters} weights, ${tokens} tokens.`,
  notOpenedHere: (id: string, mark: string) => `${id} is to start from a file with the mark ${mark}, which has not been opened here.`,
  takeOut: 'Take it out',
  takeOutOf: (id: string) => `Take the file of ${id} out: it begins with random weights`,
  openACheckpoint: 'Open a checkpoint',
});
