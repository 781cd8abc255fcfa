/** A word that the reader typed: what the networks are given for it, and what is to be said of it. */
import { tellError } from '../../experiment/messages/tell.ts';
import type { EncodedExample, TaskData } from '../../data/example.ts';
import { EOS, UNKNOWN } from '../../data/vocabulary.ts';
import type { OwnWord } from '../../run/reports.ts';

export interface AskedWord {
  readonly report: Omit<OwnWord, 'outputs'>;
  /** Null where the task can't take the word. */
  readonly example: EncodedExample | null;
}

/** Null for an empty text: nothing is asked then. A word that the task can't take comes back with the reason. */
export function askWord(
  text: string,
  task: Pick<TaskData, 'encodeSource' | 'answerTo' | 'train' | 'probe' | 'symbolsOf'>,
): AskedWord | null {
  const source = text.trim();
  if (source === '') return null;
  const symbols = task.symbolsOf?.(source) ?? [...source.toLowerCase()];
  try {
    const sourceIds = task.encodeSource(source);
    const unknown = [...new Set(symbols.filter((_, i) => sourceIds[i] === UNKNOWN))];
    // By what the networks see: a text may be typed without its prefix, or with other capital letters.
    const isIt = ({ sourceIds: ids }: EncodedExample): boolean =>
      ids.length === sourceIds.length && ids.every((id, i) => id === sourceIds[i]);
    return {
      report: { source, target: task.answerTo(source), unknown, trained: task.train.some(isIt), problem: null },
      example: { source, target: '', sourceIds, targetIds: [EOS] },
    };
  } catch (error) {
    return { report: { source, target: null, unknown: [], trained: false, problem: tellError(error) }, example: null };
  }
}
