/**
 * Sentences of a lesson with a little markup: {M} is a network, in its colour; *Fuse now* is what stands on the page
 * under these words; [loss|loss] is a word of the glossary, with what it is called there.
 */
import { hueOf } from '../../../look/hues.ts';
import type { WordId } from '../../../text/glossary.ts';
import { Word } from '../../../ui/terms/Word.tsx';

const MARKUP = /(\{[A-Z]\}|\*[^*]+\*|\[[^\]|]+\|[^\]]+\])/;

export function RichText({ children }: { readonly children: string }) {
  return children.split(MARKUP).map((part, i) => {
    const key = `${i}${part}`;
    if (/^\{[A-Z]\}$/.test(part)) {
      const model = part.charAt(1);
      return (
        <b key={key} style={{ color: hueOf(model, true) }}>
          {model}
        </b>
      );
    }
    if (part.startsWith('*')) return <b key={key}>{part.slice(1, -1)}</b>;
    const [words, id] = part.startsWith('[') ? part.slice(1, -1).split('|') : [];
    if (words !== undefined && id !== undefined)
      return (
        <Word key={key} id={id as WordId}>
          {words}
        </Word>
      );
    return part;
  });
}
