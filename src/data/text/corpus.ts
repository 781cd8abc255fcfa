/** A long text as tokens, of which windows of one length are read. */
import { tell } from '../../experiment/messages/tell.ts';
import { ToldError } from '../../experiment/messages/told-error.ts';
import { drawIndices, type RandomStream } from '../random.ts';
import type { Spelling } from './spelling.ts';

export class Corpus {
  /** Ids of the whole text, one after the other. */
  private readonly ids: Int32Array;
  /** Where each word begins among them. */
  private readonly begins: Int32Array;

  /** @param text in which only the words count; where it parts paragraphs is passed over */
  constructor(text: string, { vocabulary, split }: Spelling) {
    const known = new Map<string, readonly number[]>();
    const ids: number[] = [];
    const begins: number[] = [];
    for (const word of text.split(/\s+/)) {
      if (word === '') continue;
      const own = known.get(word) ?? vocabulary.encode(split(word)).slice(0, -1);
      known.set(word, own);
      begins.push(ids.length);
      for (const id of own) ids.push(id);
    }
    this.ids = Int32Array.from(ids);
    this.begins = Int32Array.from(begins);
  }

  /** How many different windows there are: each begins with a word. */
  count(length: number): number {
    let count = this.begins.length;
    while (count > 0 && (this.begins[count - 1] ?? 0) + length > this.ids.length) count--;
    return count;
  }

  /**
   * Different windows, in a random order; asking for more only adds to the end.
   * @param length in tokens
   * @throws where there are not so many
   */
  windows(random: RandomStream, count: number, length: number): readonly (readonly number[])[] {
    const most = this.count(length);
    if (count > most) throw new ToldError(tell('too-few-windows', { count, most }));
    return drawIndices(random, most, count).map((index) => {
      const from = this.begins[index] ?? 0;
      return [...this.ids.subarray(from, from + length)];
    });
  }
}
