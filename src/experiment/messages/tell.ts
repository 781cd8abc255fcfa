/** Makes a message of its code: in English, with the code beside it. */
import { ENGLISH } from './english.ts';
import { type MessageCode, type Messages, type Said, sayIn, type Told } from './say.ts';

type Words<C extends MessageCode> = Parameters<Messages[C]>[0];
/** What is a word in the sentence may be told by a message of its own. */
type Given<W> = { readonly [K in keyof W]: W[K] extends string ? W[K] | Told : W[K] };
/** A sentence without parameters is told by its code alone. */
type Rest<C extends MessageCode> = Parameters<Messages[C]> extends [] ? [] : [given: Given<Words<C>>];

const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null && 'said' in value;

export function tell<C extends MessageCode>(code: C, ...[given]: Rest<C>): Told {
  const parameters = Object.entries(given ?? {}).map(([name, value]) => [name, isTold(value) ? value.said : value] as const);
  const said: Said = { code, with: Object.fromEntries(parameters) as Said['with'] };
  return { message: sayIn(ENGLISH, said), said };
}

/** An error in the words that it was thrown with. */
export const tellError = (error: unknown): Told => tell('error', { text: error instanceof Error ? error.message : String(error) });
