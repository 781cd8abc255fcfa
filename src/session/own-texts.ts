/**
 * Texts of the reader's own that were given to this session, by their marks. They live as long as the session does, and
 * are written nowhere.
 */
import { OWN_FOLDER } from '../data/own/own-folder.ts';
import { tell } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';
import type { OwnTaken } from '../run/reports.ts';

export class OwnTexts {
  private readonly given = new Map<string, string>();

  /** @throws in words where no run could read it */
  async take(text: string): Promise<OwnTaken> {
    // Fetched where somebody brings something.
    const { markOf, partsOfPairs, partsOfText, readOwn } = await import('../data/tasks/texts.ts');
    const own = readOwn(text);
    const mark = markOf(text);
    this.given.set(mark, text);
    if (own.kind === 'pairs') return { mark, kind: 'pairs', size: own.pairs.length, train: partsOfPairs(own.pairs).train.length };
    return { mark, kind: 'text', size: own.words.length, train: partsOfText(own.words).train.split(' ').length };
  }

  /** Undefined of a path that is none of theirs. */
  read(path: string): Promise<string> | undefined {
    if (!path.startsWith(OWN_FOLDER)) return undefined;
    const mark = path.slice(OWN_FOLDER.length);
    const text = this.given.get(mark);
    return text === undefined ? Promise.reject(new ToldError(tell('own-missing', { mark }))) : Promise.resolve(text);
  }
}
