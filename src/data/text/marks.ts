/** Typographic marks as those of a plain keyboard, so that one text is spelled in one way whoever typed it. */
export const PLAIN_MARKS: readonly (readonly [mark: string, plain: string])[] = [
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['‘', "'"],
  ['’', "'"],
  ['—', '--'],
  ['–', '-'],
];

export function plainMarks(text: string): string {
  return PLAIN_MARKS.reduce((all, [mark, plain]) => all.replaceAll(mark, plain), text);
}
