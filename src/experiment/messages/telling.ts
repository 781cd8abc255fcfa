/** Makes messages of codes: in the English of a table, with the code beside it. */
import { isTold, type MessageCode, type Parameter, type Told } from './say.ts';

type Sentence = (given: never) => string;
type Words<S extends Sentence> = Parameters<S>[0];
/** What is a word in the sentence may be told by a message of its own. */
type Given<W> = { readonly [K in keyof W]: W[K] extends string ? W[K] | Told : W[K] };
/** A sentence without parameters is told by its code alone. */
type Rest<S extends Sentence> = Parameters<S> extends [] ? [] : [given: Given<Words<S>>];

export function telling<T extends Readonly<Record<string, Sentence>>>(english: T) {
  return <C extends keyof T & MessageCode>(code: C, ...[given]: Rest<T[C]>): Told => {
    // The parameters of a code are checked by the type of `given`.
    const parameters = (given ?? {}) as Readonly<Record<string, Parameter | Told>>;
    const words = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, isTold(value) ? value.message : value]));
    return { message: (english[code] as unknown as (words: unknown) => string)(words), said: { code, with: parameters } };
  };
}
