/** A word of the glossary: what it means is one hover, focus or tap away. */
import { type ReactNode, Suspense, useEffect } from 'react';
import type { WordId } from '../../text/glossary.ts';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import { later } from '../later.tsx';
import { Term } from './Term.tsx';

/** The glossary is fetched when the page is idle, or when the first word is asked for. */
const meaning = later(async () => (await import('./Meaning.tsx')).Meaning);

export function Word({ id, children }: { readonly id: WordId; readonly children: ReactNode }) {
  return <Term explains={<Explanation id={id} />}>{children}</Term>;
}

/** Two sentences and a source. Nothing where the glossary could not be fetched: the next word asks for it again. */
export function Explanation({ id, source = true }: { readonly id: WordId; readonly source?: boolean }) {
  return (
    <ErrorBoundary renderBroken={() => <Missing />}>
      <Suspense fallback={null}>
        <meaning.Shown id={id} source={source} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Missing() {
  useEffect(() => meaning.again(), []);
  return null;
}
