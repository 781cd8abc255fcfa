/** Texts of the reader's own that were given to this session, by their marks. They live as long as the session does, and are written nowhere. */
import { markOf, OWN_FOLDER, readOwn } from '../data/own/own-text.ts';
import { tell } from '../experiment/messages/tell.ts';
import { ToldError } from '../experiment/messages/told-error.ts';

export class OwnTexts {
  private readonly given = new Map<string, string>();

  /** Its mark. @throws in words where no run could read it */
  take(text: string): string {
    readOwn(text);
    const mark = markOf(text);
    this.given.set(mark, text);
    return mark;
  }

  /** Undefined of a path that is none of theirs. */
  read(path: string): Promise<string> | undefined {
    if (!path.startsWith(OWN_FOLDER)) return undefined;
    const mark = path.slice(OWN_FOLDER.length);
    const text = this.given.get(mark);
    return text === undefined ? Promise.reject(new ToldError(tell('own-missing', { mark }))) : Promise.resolve(text);
  }
}
