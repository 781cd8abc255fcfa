/** The list of keys, in German. */
import type { Words } from '../../en.ts';

export const say: Words['keys'] = {
  keyboard: 'Tastatur',
  singleKeysAreCommands: 'Einzelne Tasten sind Befehle',
  neverWhileYouType: 'Nie beim Tippen in einem Feld.',
};
