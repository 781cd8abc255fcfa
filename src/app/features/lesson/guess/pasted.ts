/** Reads the guesses of a class in pasted links. */
import { parseLink } from '../../../../experiment/link/link.ts';
import type { GuessPoints } from '../../../../experiment/link/lesson-keys.ts';

/** A curve, with the number (from 1) of the line that it was pasted in. */
interface Pasted {
  readonly line: number;
  readonly points: GuessPoints;
}

/** Links are pasted one a line. Empty lines are counted, and are no fault. */
export function guessesIn(text: string): { readonly guesses: readonly Pasted[]; readonly without: readonly number[] } {
  const guesses: Pasted[] = [];
  const without: number[] = [];
  text.split('\n').forEach((pasted, i) => {
    if (pasted.trim() === '') return;
    const { guess } = parseLink(pasted.trim()).view;
    if (guess) guesses.push({ line: i + 1, points: guess });
    else without.push(i + 1);
  });
  return { guesses, without };
}
