/**
 * The characters that texts are spelled with, letter by letter: those of a plain keyboard, and the letters of French,
 * German, Spanish and Italian.
 */
import { BLANK, type Piece } from './unigram.ts';

const LETTERS_WITH_MARKS = 'àáâäæçèéêëìíîïñòóôöùúûüßœÄÖÜÉ¿';

/** Every character once, in an order that never changes, the blank first. */
export const CHARACTERS: readonly string[] = [
  BLANK,
  ...Array.from({ length: 0x7f - 0x21 }, (_, i) => String.fromCodePoint(0x21 + i)),
  ...LETTERS_WITH_MARKS,
];

/** As pieces: all of them are equally likely, and none is longer than one. */
export const CHARACTER_PIECES: readonly Piece[] = CHARACTERS.map((character) => [character, -1]);
