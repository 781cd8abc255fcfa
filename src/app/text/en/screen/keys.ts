/** The list of keys. */
import { spoken } from '../../language.ts';

export const say = spoken('keys', {
  keyboard: 'Keyboard',
  singleKeysAreCommands: 'Single keys are commands',
  neverWhileYouType: 'Never while you type.',
});
