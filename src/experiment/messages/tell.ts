/** What a run says of itself, made of its code: in English, with the code beside it. */
import { ENGLISH } from './english.ts';
import type { Told } from './say.ts';
import { telling } from './telling.ts';
import { ToldError } from './told-error.ts';

export const tell = telling(ENGLISH);

/** An error by its code; one that has none in the words that it was thrown with. */
export function tellError(error: unknown): Told {
  if (error instanceof ToldError) return error.told;
  return tell('error', { text: error instanceof Error ? error.message : String(error) });
}

/** Several of one kind as one message: `a; b; c`. At least one. */
export const tellAll = (told: readonly [Told, ...Told[]]): Told => told.reduce((first, next) => tell('also', { first, next }));
