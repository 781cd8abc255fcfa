/** A message of a run, made of its code: in English, with the code beside it. */
import { ENGLISH } from './english.ts';
import { isTold, type MessageCode, type Messages, type Said, type Told } from './say.ts';
import { ToldError } from './told-error.ts';

type Words<C extends MessageCode> = Parameters<Messages[C]>[0];
/** A word of the sentence may be a message of its own. */
type Given<W> = { readonly [K in keyof W]: W[K] extends string ? W[K] | Told : W[K] };
/** A sentence without parameters is told by its code alone. */
export type Parts<C extends MessageCode> = Parameters<Messages[C]> extends [] ? [] : [given: Given<Words<C>>];

/**
 * @param english some of the sentences: what only some code says is fetched with that code
 * @returns a function that tells these
 */
export function teller<English extends Partial<Messages>>(
  english: English,
): <C extends keyof English & MessageCode>(code: C, ...parts: Parts<C>) => Told {
  return (code, ...[given]) => {
    // The parameters of a code are checked by the type of `parts`.
    const said: Said = { code, with: (given ?? {}) as Said['with'] };
    const words = Object.entries(said.with).map(([name, value]) => [name, isTold(value) ? value.message : value] as const);
    return { message: (english[code] as (words: object) => string)(Object.fromEntries(words)), said };
  };
}

export const tell = teller(ENGLISH);

/** An error by its code; one that has none in the words that it was thrown with. */
export function tellError(error: unknown): Told {
  if (error instanceof ToldError) return error.told;
  return tell('error', { text: error instanceof Error ? error.message : String(error) });
}

/** Several of one kind as one message: `a; b; c`. At least one. */
export const tellAll = (told: readonly [Told, ...Told[]]): Told => told.reduce((first, next) => tell('also', { first, next }));
