/** The meaning of a word of the glossary: two sentences, and where they come from. Its code comes later (Word.tsx). */
import { GLOSSARY, type WordId } from '../../text/glossary.ts';
import ui from '../ui.module.css';

export interface MeaningProps {
  readonly id: WordId;
  /** Whether the source is said as well. */
  readonly source: boolean;
}

export function Meaning({ id, source: named }: MeaningProps) {
  const { explains, source } = GLOSSARY[id];
  if (!named) return explains;
  return (
    <>
      {explains} <span className={ui.source}>{source.words}</span>
    </>
  );
}
