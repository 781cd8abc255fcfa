/**
 * Networks that start from files of the reader's. A link can't carry weights: it says which network it was, by a mark
 * that follows from its configuration and its weights, and a run begins where the files with these marks have been
 * opened.
 */
import type { ModelId } from './values.ts';
import { setting } from './setting.ts';

/** `A:0123456789abcdef,B:…` */
const FORM = /^[A-Za-z]\w{0,7}:[0-9a-f]{16}(,[A-Za-z]\w{0,7}:[0-9a-f]{16})*$/;

export const source = setting({
  type: { is: 'text', form: FORM, example: 'A:0123456789abcdef' },
  what: 'a list of networks, each with the mark of its file',
  words: 'networks from files',
  help: 'networks that start from files instead of random weights, each with the mark of its file, A:0123456789abcdef; the files themselves have to be opened where it runs',
  optional: true,
});

/** The marks of an experiment's networks from files, by network. */
export function sourceMarks({ source: text }: { readonly source?: string }): ReadonlyMap<ModelId, string> {
  return new Map((text ?? '').split(',').flatMap((pair) => (pair.includes(':') ? [pair.split(':') as [ModelId, string]] : [])));
}

/** The same as the setting says it; undefined for none. */
export function spellSources(marks: ReadonlyMap<ModelId, string>): string | undefined {
  return marks.size === 0 ? undefined : [...marks].map(([model, mark]) => `${model}:${mark}`).join(',');
}
