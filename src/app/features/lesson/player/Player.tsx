/** The lesson beside the chart; on a phone a sheet over it that is swiped, or folded by its button. */
import { say } from '../../../text/en/lessons/lessons.ts';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { LESSONS, type LessonName } from '../../../../experiment/link/lesson-keys.ts';
import { takeClicks } from '../../../state/control/clicker.ts';
import { setState, useStore } from '../../../state/store.ts';
import { ChevronIcon, CloseIcon } from '../../../ui/icons.tsx';
import ui from '../../../ui/ui.module.css';
import { useLayout } from '../../../ui/layout.ts';
import { Act } from './Act.tsx';
import { AskPart, HandIn } from './Ask.tsx';
import { advance, allFacts, closeLesson, doAgain, entryOf, goTo, leave, openLesson, play, stepOf, usePlaying } from '../control.ts';
import styles from './lesson.module.css';
import type { Lesson, LessonStep } from '../lesson.ts';
import { LESSON_FILES } from '../lessons/registry.ts';
import { Reveal, Verdict } from './Reveal.tsx';
import { RichText } from './RichText.tsx';
import { LISTED } from '../titles.ts';

/** Pixels of a swipe that opens or folds the sheet. */
const SWIPE = 30;

interface PlayerProps {
  readonly openTab: (tab: NonNullable<LessonStep['opens']>) => void;
}

export function Player({ openTab }: PlayerProps) {
  const place = useStore((s) => s.view.lesson);
  const [broken, setBroken] = useState<unknown>(null);
  useEffect(() => {
    if (!place) return undefined;
    let stale = false;
    LESSON_FILES[place.name]().then(
      ({ lesson }) => {
        if (stale) return;
        setState({ visited: true });
        play(lesson, place.step - 1);
      },
      (error: unknown) => setBroken(error),
    );
    return () => {
      stale = true;
    };
  }, [place]);
  useEffect(() => {
    takeClicks(advance);
    return () => {
      takeClicks(null);
      leave();
    };
  }, []);
  const step = usePlaying(stepOf);
  useEffect(() => {
    if (step?.opens) openTab(step.opens);
  }, [step, openTab]);
  const lesson = usePlaying((s) => s.lesson);
  // A part whose code could not be fetched says so in its own place.
  if (broken !== null) throw broken;
  if (!lesson || !step) return <aside className={`${ui.card} ${styles.lesson}`} aria-label={say.theLesson} aria-busy="true" />;
  return <Shown lesson={lesson} step={step} />;
}

function Shown({ lesson, step }: { readonly lesson: Lesson; readonly step: LessonStep }) {
  const layout = useLayout();
  const sheet = layout === 'phone' || layout === 'narrow';
  const [folded, setFolded] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step.id);
  const entries = usePlaying((s) => s.entries);
  useEffect(() => {
    if (shown.current === step.id) return;
    shown.current = step.id;
    setFolded(false);
    body.current?.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  const swipe = useSwipe((up) => setFolded(!up));
  const all = allFacts({ entries });
  return (
    <aside
      className={`${ui.card} ${styles.lesson}`}
      aria-label={say.lesson(lesson.title)}
      data-sheet={sheet || undefined}
      data-folded={(sheet && folded) || undefined}
    >
      <header className={styles.head} {...(sheet ? swipe : {})}>
        {sheet ? <span className={styles.grip} aria-hidden="true" /> : null}
        <p className={styles.name}>
          <span>{say.numbered(LESSONS.indexOf(lesson.name) + 1)}</span> <b>{lesson.title}</b>
        </p>
        <Dots lesson={lesson} />
        {sheet ? (
          <button
            type="button"
            className={`${ui.button} ${ui.icon} ${styles.fold}`}
            aria-expanded={!folded}
            aria-label={folded ? say.readTheLesson : say.seeTheChart}
            onClick={() => setFolded(!folded)}
          >
            <ChevronIcon size={16} />
          </button>
        ) : null}
        <button type="button" className={`${ui.button} ${ui.icon}`} aria-label={say.leaveTheLesson} onClick={closeLesson}>
          <CloseIcon />
        </button>
      </header>
      {sheet && folded ? (
        <div className={styles.peek}>
          <HandIn />
          <Act step={step} />
          <div role="status">
            <Verdict step={step} />
          </div>
        </div>
      ) : (
        <>
          <div className={styles.body} ref={body} tabIndex={0} role="region" aria-label={step.title}>
            <h2 ref={heading} tabIndex={-1} className={styles.title}>
              {step.title}
            </h2>
            {step.text(all).map((paragraph) => (
              <p key={paragraph}>
                <RichText>{paragraph}</RichText>
              </p>
            ))}
            <AskPart step={step} />
            <Act step={step} />
            <Reveal step={step} />
          </div>
          <Foot lesson={lesson} />
        </>
      )}
    </aside>
  );
}

/** One a step: done, here, to come. */
function Dots({ lesson }: { readonly lesson: Lesson }) {
  const index = usePlaying((s) => s.index);
  const entries = usePlaying((s) => s.entries);
  return (
    <span className={styles.dots} role="img" aria-label={say.stepOf(index + 1, lesson.steps.length)}>
      {lesson.steps.map(({ id }, i) => (
        <i key={id} data-here={i === index || undefined} data-done={entries[id]?.facts ? '' : undefined} />
      ))}
    </span>
  );
}

function Foot({ lesson }: { readonly lesson: Lesson }) {
  const index = usePlaying((s) => s.index);
  const done = usePlaying((s) => entryOf(s).facts !== undefined);
  const next = lesson.steps[index + 1];
  const hint = useRef<HTMLParagraphElement>(null);
  const after: LessonName | null = next ? null : lesson.next;
  return (
    <footer className={styles.foot}>
      {done ? (
        <button type="button" data-part="again" className={`${ui.button} ${styles.quiet}`} onClick={doAgain}>
          {say.doItAgain}
        </button>
      ) : next ? (
        <p ref={hint} id="lesson-hint" className={`${ui.note} ${styles.hint}`}>
          {say.firstDoThis}
        </p>
      ) : null}
      <div className={styles.ways}>
        <button
          type="button"
          className={`${ui.button} ${styles.quiet}`}
          aria-disabled={index === 0}
          onClick={() => index > 0 && goTo(index - 1)}
        >
          {say.back}
        </button>
        {next ? (
          <button
            type="button"
            data-part="next"
            className={`${ui.button} ${done ? ui.primary : ''} ${styles.next}`}
            aria-disabled={!done}
            aria-describedby={done ? undefined : 'lesson-hint'}
            onClick={() => done && goTo(index + 1)}
          >
            <span>{say.next(next.title)}</span>
          </button>
        ) : after ? (
          <button type="button" className={`${ui.button} ${done ? ui.primary : ''} ${styles.next}`} onClick={() => openLesson(after)}>
            <span>{say.nextLesson(LISTED[after].title)}</span>
          </button>
        ) : null}
      </div>
    </footer>
  );
}

/** Up or down by a finger on the head of the sheet. */
function useSwipe(onSwipe: (up: boolean) => void) {
  const from = useRef<number | null>(null);
  const end = (event: PointerEvent<HTMLElement>): void => {
    const moved = from.current === null ? 0 : event.clientY - from.current;
    from.current = null;
    if (Math.abs(moved) >= SWIPE) onSwipe(moved < 0);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if ((event.target as Element).closest('button')) return;
      from.current = event.clientY;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerUp: end,
    onPointerCancel: () => {
      from.current = null;
    },
  };
}
