/**
 * A text with gaps, filled in with what a network says belongs there; and a story apart from the question behind it.
 */

/** Plain text, or a gap: what was said for it, and what is right. */
export type Piece = { readonly text: string } | { readonly given: string; readonly right: string };

const GAP = /<extra_id_(\d+)>/;

/** Which words stand behind each sentinel of an answer. */
function fillings(answer: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const parts = answer.split(GAP);
  // Of a sentinel that is said twice the first counts.
  for (let i = 1; i < parts.length; i += 2) {
    const [id = '', words = ''] = [parts[i], parts[i + 1]];
    if (!found.has(id)) found.set(id, words.trim());
  }
  return found;
}

/** The pieces of a text in their order. @param answer of the network, or the target itself */
export function filled(source: string, answer: string, target: string): readonly Piece[] {
  const [given, right] = [fillings(answer), fillings(target)];
  return source
    .split(GAP)
    .map((part, i): Piece => (i % 2 === 0 ? { text: part.trim() } : { given: given.get(part) ?? '', right: right.get(part) ?? '' }))
    .filter((piece) => !('text' in piece) || piece.text !== '');
}

export interface Asked {
  readonly story: string;
  /** Empty where nothing is asked. */
  readonly question: string;
}

/** A source without its prefix, the question at its end apart. */
export function asked(source: string): Asked {
  const text = source.replace(/^[a-z]+:\s*/, '');
  if (!text.endsWith('?')) return { story: text, question: '' };
  const at = text.lastIndexOf('.', text.length - 2) + 1;
  return { story: text.slice(0, at).trim(), question: text.slice(at).trim() };
}
