/** `--own FILE`: a text of one's own, or pairs, for corpus=own and task=own. Both where a plan reads both. */
import { readFileSync } from 'node:fs';
import { markOf, readOwn } from '../../data/own/own-text.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { ownMarks, readsOwn } from '../../experiment/settings/own.ts';
import { textOfFile } from '../../experiment/text-file.ts';
import { UsageError } from './arguments.ts';

export interface WithOwn {
  readonly experiment: Experiment;
  readonly own: readonly string[];
}

function readFile(path: string): string {
  let text: string;
  try {
    text = textOfFile(new Uint8Array(readFileSync(path)));
  } catch (error) {
    throw new UsageError(`--own ${path} can't be read (${error instanceof Error ? error.message : String(error)})`);
  }
  try {
    readOwn(text);
  } catch (error) {
    throw new UsageError(`--own ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return text;
}

/**
 * The experiment with the marks of these files, if it reads any.
 * @throws UsageError where a file is none, where nothing of one's own is read, and where a link is about other texts
 * than these
 */
export function withOwn(experiment: Experiment, paths: readonly string[]): WithOwn {
  if (!readsOwn(experiment)) {
    if (paths.length > 0)
      throw new UsageError(`--own ${paths[0]} has no effect: right would be task=own for pairs, or task=spans&corpus=own for a text`);
    return { experiment, own: [] };
  }
  if (paths.length === 0) throw new UsageError('this experiment reads a text or pairs of your own; say which file, e.g. --own my-text.txt');
  if (paths.length > 2) throw new UsageError(`--own is given ${paths.length} times; one text and one file of pairs are right`);
  const own = paths.map(readFile);
  const marks = own.map(markOf);
  const wanted = ownMarks(experiment);
  const other = wanted.find((mark) => !marks.includes(mark));
  if (other !== undefined)
    throw new UsageError(
      `--own ${paths.join(' and ')}: the link is about another text, with the mark ${other}; these have ${marks.join(' and ')}`,
    );
  return { experiment: { ...experiment, own: marks.join(',') }, own };
}
