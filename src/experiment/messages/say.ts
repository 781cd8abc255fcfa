/**
 * The messages of a run, as codes with parameters: whoever shows it makes the sentence in their own language, and
 * nobody reads a sentence to learn what it says. A parameter may be such a message in its turn (a fault and where the
 * run goes on).
 */
import type { ENGLISH } from './english.ts';
import type { ENGLISH_FILES } from './english-files.ts';

/** A sentence for each code; another language has the same functions. */
export type Messages = typeof ENGLISH & typeof ENGLISH_FILES;
export type MessageCode = keyof Messages;

type Parameter = string | number | boolean | null | readonly string[];

export interface Said {
  readonly code: MessageCode;
  readonly with: Readonly<Record<string, Parameter | Told>>;
}

/** A message, and its English beside it: for result files, logs, and a page that has no other language. */
export interface Told {
  readonly message: string;
  readonly said: Said;
}

/** Whether a parameter is a message itself. */
export const isTold = (value: Parameter | Told | undefined): value is Told =>
  typeof value === 'object' && value !== null && 'said' in value;

/** The sentence in the language of these messages. */
export function sayIn(messages: Messages, { code, with: given }: Said): string {
  const words = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, isTold(value) ? sayIn(messages, value.said) : value]),
  );
  // The parameters of a code were checked where it was told.
  return (messages[code] as (parameters: unknown) => string)(words);
}
