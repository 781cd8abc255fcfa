/** Complaints about a file that somebody opened. Only code that is fetched when a file is opened imports this. */
import { ENGLISH_FILES } from './english-files.ts';
import type { Told } from './say.ts';
import { type Parts, tell, teller } from './tell.ts';

export type FileCode = keyof typeof ENGLISH_FILES;

export const tellFile = teller(ENGLISH_FILES);

/** `zip: it has …`. @param file a file, or the form that it has */
export const ofFile = <C extends FileCode>(file: string, code: C, ...parts: Parts<C>): Told =>
  tell('in-file', { file, why: tellFile(code, ...parts) });
