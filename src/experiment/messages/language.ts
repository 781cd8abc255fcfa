/**
 * The language that this program speaks. English stands where it is said: a feature of the page in `app/text/en/`, a
 * table of flows, tasks or settings at its declaration, complaints about a plan, a link or a file in the
 * `complaints.ts` beside it. Another language is a folder of the same shape (`Words` in app/text/en.ts). It is chosen
 * once, before anything that speaks is loaded: what a file says is fixed when the file is. The training worker and the
 * command line choose none.
 */

export interface Language {
  /** As browsers know it, e.g. `de`: numbers are written by it, too. */
  readonly tag: string;
  /**
   * Fetches what the worker says, by code (`Messages` of say.ts): after the language is chosen, since it speaks of
   * declared tables.
   */
  readonly loadMessages: () => Promise<object>;
  /** The language's words in place of the English of a feature or a table, all of them. */
  readonly inPlaceOf: <T extends object>(feature: string, english: T) => T;
}

let chosen: Language | null = null;
let messages: object | null = null;

/** To be called before a file with words in it is imported, and awaited. */
export async function chooseLanguage(language: Language): Promise<void> {
  chosen = language;
  messages = await language.loadMessages();
}

export const languageTag = (): string => chosen?.tag ?? 'en-US';

/** The language without its country: `en`. */
export const languageAlone = (): string => languageTag().split('-')[0] ?? 'en';

/** Null where the program speaks English. */
export const otherMessages = (): object | null => messages;

/** The words of a feature: English, or what the chosen language has for them. */
export function spoken<T extends object>(feature: string, english: T): T {
  return chosen === null ? english : chosen.inPlaceOf(feature, english);
}

type Row = object;

/** Of each row what a person reads, by id: what another language has in its place. */
export function wordsOfRows<Id extends string, R extends Row, Field extends keyof R>(
  rows: Readonly<Record<Id, R>>,
  fields: readonly Field[],
): Readonly<Record<Id, Pick<R, Field>>> {
  const picked = Object.entries<R>(rows).map(([id, row]) => [
    id,
    Object.fromEntries(fields.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]]))),
  ]);
  return Object.fromEntries(picked) as Record<Id, Pick<R, Field>>;
}

/**
 * A table whose rows are declared with their English: the same rows with the words of the chosen language in these
 * fields.
 */
export function spokenRows<T extends Readonly<Record<string, Row>>>(table: string, rows: T, fields: readonly (keyof T[keyof T])[]): T {
  if (chosen === null) return rows;
  const words = chosen.inPlaceOf(table, wordsOfRows<string, Row, never>(rows, fields as readonly never[]));
  return Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, { ...row, ...words[id] }])) as unknown as T;
}
