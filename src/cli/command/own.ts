/** `--own FILE`: a text of one's own, or pairs, for corpus=own and task=own. Both where a plan reads both. */
import { readFileSync } from 'node:fs';
import { markOf, type OwnData, readOwn } from '../../data/own/own-text.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { tell } from '../../experiment/messages/tell.ts';
import { ownKinds, ownMarks } from '../../experiment/settings/data/own.ts';
import { textOfFile } from '../../experiment/text-file.ts';
import { UsageError } from './arguments.ts';

export interface WithOwn {
  readonly experiment: Experiment;
  readonly own: readonly string[];
}

interface OwnFile {
  readonly text: string;
  readonly kind: OwnData['kind'];
}

const KIND_WORDS: Readonly<Record<OwnData['kind'], string>> = { text: 'one text', pairs: 'one file of pairs' };

function readFile(path: string): OwnFile {
  let text: string;
  try {
    text = textOfFile(new Uint8Array(readFileSync(path)));
  } catch (error) {
    throw new UsageError(`--own ${path} can't be read (${error instanceof Error ? error.message : String(error)})`);
  }
  try {
    return { text, kind: readOwn(text).kind };
  } catch (error) {
    throw new UsageError(`--own ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * The experiment with the marks of these files, if it reads any.
 * @throws UsageError where a file is none, where nothing of one's own is read, and where a link is about other texts
 * than these
 */
export function withOwn(experiment: Experiment, paths: readonly string[]): WithOwn {
  const kinds = ownKinds(experiment);
  if (kinds.length === 0) {
    if (paths.length > 0)
      throw new UsageError(`--own ${paths[0]} has no effect: right would be task=own for pairs, or task=spans&corpus=own for a text`);
    return { experiment, own: [] };
  }
  if (paths.length === 0) throw new UsageError('this experiment reads a text or pairs of your own; say which file, e.g. --own my-text.txt');
  if (paths.length > kinds.length)
    throw new UsageError(
      `--own is given ${paths.length} times; this experiment reads ${kinds.map((kind) => KIND_WORDS[kind]).join(' and ')}`,
    );
  const files = paths.map(readFile);
  // The text before the pairs, whatever the order of the arguments: one experiment has one spelling.
  const own = kinds.map((kind) => {
    const file = files.find((each) => each.kind === kind);
    if (!file) throw new UsageError(`--own ${paths.join(' and ')}: ${tell('own-none-of-kind', { pairs: kind === 'pairs' }).message}`);
    return file.text;
  });
  const marks = own.map(markOf);
  const wanted = ownMarks(experiment);
  // One that a link names beside them may be of a kind that is not read any more.
  const other = wanted.find((mark) => !marks.includes(mark));
  const isNew = marks.some((mark) => !wanted.includes(mark));
  if (other !== undefined && isNew)
    throw new UsageError(
      `--own ${paths.join(' and ')}: the link is about another text, with the mark ${other}; these have ${marks.join(' and ')}`,
    );
  return { experiment: other === undefined && !isNew ? experiment : { ...experiment, own: marks.join(',') }, own };
}
