/** The run's answer, after the reader's: whether it was so, and the numbers. Read out, too. */
import { lazy, Suspense, useEffect, useRef } from 'react';
import { allFacts, entryOf, usePlaying } from '../control.ts';
import type { LessonStep } from '../lesson.ts';
import styles from './lesson.module.css';
import { RichText } from './RichText.tsx';
import { ScoreCard } from '../guess/ScoreCard.tsx';
import { verdictOf } from '../verdict.ts';

/** A class can be laid over the measured curve. */
const ClassView = lazy(async () => ({ default: (await import('../guess/ClassView.tsx')).ClassView }));

/** Pixels above what comes into sight. */
const ABOVE = 12;

export function Reveal({ step }: { readonly step: LessonStep }) {
  const entry = usePlaying(entryOf);
  const entries = usePlaying((s) => s.entries);
  const { facts } = entry;
  const all = allFacts({ entries });
  const element = useInSight(step.id, facts !== undefined);
  const { ask } = step;
  const drawn = facts && ask?.kind === 'draw' ? ask : null;
  return (
    <>
      {/* Always there, so that what appears in it is read out. */}
      <div ref={element} role="status" className={facts ? styles.reveal : undefined}>
        <Verdict step={step} />
        {facts
          ? step.reveal(facts, all).map((sentence) => (
              <p key={sentence}>
                <RichText>{sentence}</RichText>
              </p>
            ))
          : null}
        {facts && drawn ? <ScoreCard facts={facts} /> : null}
      </div>
      {drawn ? (
        <Suspense fallback={null}>
          <ClassView ask={drawn} />
        </Suspense>
      ) : null}
    </>
  );
}

/** Whether it was so; nothing before that is known. */
export function Verdict({ step }: { readonly step: LessonStep }) {
  const entry = usePlaying(entryOf);
  const entries = usePlaying((s) => s.entries);
  const verdict = entry.facts ? verdictOf(step, entry, entry.facts, allFacts({ entries })) : null;
  if (!verdict) return null;
  return (
    <p className={styles.verdict} data-right={verdict.right ?? undefined}>
      <span aria-hidden="true">{verdict.right === null ? '' : verdict.right ? '✓ ' : '✗ '}</span>
      <RichText>{verdict.words}</RichText>
    </p>
  );
}

/**
 * What appears below the edge of its sheet comes into sight; what was there when the step was opened stays where it is.
 */
function useInSight(step: string, there: boolean) {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef({ step, there });
  useEffect(() => {
    const appeared = there && !before.current.there && before.current.step === step;
    before.current = { step, there };
    const shown = element.current;
    const sheet = shown?.parentElement;
    if (!appeared || !shown || !sheet) return;
    const [own, around] = [shown.getBoundingClientRect(), sheet.getBoundingClientRect()];
    if (own.bottom > around.bottom) sheet.scrollBy({ top: Math.min(own.bottom - around.bottom + ABOVE, own.top - around.top - ABOVE) });
  }, [step, there]);
  return element;
}
