/** What the run showed, after the reader's answer: whether it was so, and the numbers. Read out, too. */
import { allFacts, entryOf, usePlaying } from './control.ts';
import type { LessonStep } from './lesson.ts';
import styles from './lesson.module.css';
import { RichText } from './RichText.tsx';
import { verdictOf } from './verdict.ts';

export function Reveal({ step }: { readonly step: LessonStep }) {
  const entry = usePlaying(entryOf);
  const entries = usePlaying((s) => s.entries);
  const { facts } = entry;
  const all = allFacts({ entries });
  const verdict = facts ? verdictOf(step, entry, facts, all) : null;
  return (
    // Always there, so that what appears in it is read out.
    <div role="status" className={facts ? styles.reveal : undefined}>
      {facts && verdict ? (
        <p className={styles.verdict} data-right={verdict.right ?? undefined}>
          <span aria-hidden="true">{verdict.right === null ? '' : verdict.right ? '✓ ' : '✗ '}</span>
          <RichText>{verdict.words}</RichText>
        </p>
      ) : null}
      {facts
        ? step.reveal(facts, all).map((sentence) => (
            <p key={sentence}>
              <RichText>{sentence}</RichText>
            </p>
          ))
        : null}
    </div>
  );
}
