/** The question of a step, before what it asks about is shown: one of a few answers. */
import { say } from '../../text/en/lessons.ts';
import { useId } from 'react';
import ui from '../../ui/ui.module.css';
import { answer, entryOf, isHandedIn, usePlaying } from './control.ts';
import type { Ask, LessonStep } from './lesson.ts';
import styles from './lesson.module.css';
import { RichText } from './RichText.tsx';

export function AskPart({ step }: { readonly step: LessonStep }) {
  const { ask } = step;
  const id = useId();
  const reached = usePlaying((s) => s.reached);
  if (!ask) return null;
  return (
    <div className={styles.ask} role="group" aria-labelledby={id}>
      <p id={id} className={styles.question}>
        <RichText>{ask.question}</RichText>
      </p>
      <Options ask={ask} alone={isHandedIn(step, reached)} labelledBy={id} />
    </div>
  );
}

function Options({
  ask,
  alone,
  labelledBy,
}: {
  readonly ask: Ask;
  /** The answer is given by a button. */
  readonly alone: boolean;
  readonly labelledBy: string;
}) {
  const { answer: given, locked } = usePlaying(entryOf);
  const name = useId();
  return (
    <>
      <div role="radiogroup" aria-labelledby={labelledBy} className={styles.options}>
        {ask.options.map(({ id, words }) => (
          <label key={id} className={styles.option} htmlFor={`${name}${id}`}>
            <input
              id={`${name}${id}`}
              type="radio"
              name={name}
              value={id}
              checked={given === id}
              disabled={locked === true}
              onChange={() => answer(id, false)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      {alone && !locked ? (
        <button
          type="button"
          className={`${ui.button} ${given === undefined ? '' : ui.primary}`}
          aria-disabled={given === undefined}
          onClick={() => given !== undefined && answer(given, true)}
        >
          {say.thisIsMyAnswer}
        </button>
      ) : null}
    </>
  );
}
