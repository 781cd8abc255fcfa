/** Where a formula comes from, as links; nothing where there is nothing to say. */
import { say } from '../../text/en/theory/theory.ts';
import type { Source } from '../../../experiment/declared/flows.ts';
import styles from './theory.module.css';

export function SourceLinks({ of }: { readonly of: readonly Source[] }) {
  if (of.length === 0) return null;
  return (
    <p className={styles.under} data-part="sources">
      {of.length === 1 ? say.source : say.sources}:{' '}
      {of.map(({ words, url }, i) => (
        <span key={words}>
          {i > 0 ? '; ' : ''}
          {url ? (
            <a href={url} target="_blank" rel="noreferrer">
              {words}
            </a>
          ) : (
            words
          )}
        </span>
      ))}
      .
    </p>
  );
}
