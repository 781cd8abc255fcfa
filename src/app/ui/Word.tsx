/** A word of the glossary: what it means is one hover, focus or tap away. */
import type { ReactNode } from 'react';
import { GLOSSARY, type WordId } from '../text/glossary.ts';
import { Term } from './Term.tsx';
import ui from './ui.module.css';

export function Word({ id, children }: { readonly id: WordId; readonly children: ReactNode }) {
  return <Term explains={<Explanation id={id} />}>{children}</Term>;
}

/** Two sentences and a source. */
export function Explanation({ id }: { readonly id: WordId }) {
  const { explains, source } = GLOSSARY[id];
  return (
    <>
      {explains} <span className={ui.source}>{source.words}</span>
    </>
  );
}
