/**
 * Texts and pairs of the reader's own, by their marks: kept in this browser and given to the worker before a run that
 * names them. They go nowhere else.
 */
import type { Experiment } from '../../experiment/experiment.ts';
import { ownMarks } from '../../experiment/settings/data/own.ts';
import { forgetKept, readKept, writeKept } from './browser-storage.ts';

/** Those of this visit: a browser may refuse to keep what is long. */
const given = new Map<string, string>();
const keyOf = (mark: string): string => `own ${mark}`;

export function keepOwn(mark: string, text: string): void {
  given.set(mark, text);
  writeKept(keyOf(mark), text);
}

/** Takes it out of this browser. */
export function forgetOwn(mark: string): void {
  given.delete(mark);
  forgetKept(keyOf(mark));
}

/** Null of one that was never given in this browser. */
export const ownText = (mark: string): string | null => given.get(mark) ?? readKept(keyOf(mark));

/** Those that an experiment names and that are here. */
export const ownTextsOf = (experiment: Experiment): readonly string[] => ownMarks(experiment).flatMap((mark) => ownText(mark) ?? []);
