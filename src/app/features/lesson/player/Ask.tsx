/**
 * The question of a step, before what it asks about is shown: one of a few, a number, or a curve that is drawn on the
 * chart.
 */
import { say } from '../../../text/en/lessons/lessons.ts';
import { useEffect, useId, useState } from 'react';
import { useStore } from '../../../state/store.ts';
import { NumberField } from '../../../ui/fields/fields.tsx';
import ui from '../../../ui/ui.module.css';
import { allFacts, answer, entryOf, isHandedIn, stepOf, usePlaying } from '../control.ts';
import { startDrawing, useGuess } from '../guess/guess.ts';
import { lossOf } from '../numbers.ts';
import { GuessTable } from '../guess/GuessTable.tsx';
import type { ChoiceAsk, DrawAsk, LessonStep, NumberAsk } from '../lesson.ts';
import styles from './lesson.module.css';
import { RichText } from './RichText.tsx';

export function AskPart({ step }: { readonly step: LessonStep }) {
  const { ask } = step;
  const id = useId();
  const reached = usePlaying((s) => s.reached);
  const entries = usePlaying((s) => s.entries);
  if (!ask) return null;
  return (
    <div className={styles.ask} role="group" aria-labelledby={id}>
      <p id={id} className={styles.question}>
        <RichText>{ask.question(allFacts({ entries }))}</RichText>
      </p>
      {ask.kind === 'choice' ? <Options ask={ask} alone={isHandedIn(step, reached)} labelledBy={id} /> : null}
      {ask.kind === 'number' ? <Amount key={step.id} ask={ask} /> : null}
      {ask.kind === 'draw' ? <Draw key={step.id} ask={ask} /> : null}
    </div>
  );
}

function Options({
  ask,
  alone,
  labelledBy,
}: {
  readonly ask: ChoiceAsk;
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
          data-part="hand-in"
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

function Amount({ ask }: { readonly ask: NumberAsk }) {
  const { answer: given, locked } = usePlaying(entryOf);
  // It begins at the end of its range: in the middle it might stand at the right answer.
  const [value, setValue] = useState(typeof given === 'number' ? given : ask.least);
  return (
    <div className={styles.amount}>
      <NumberField label={ask.label} value={value} min={ask.least} max={ask.most} disabled={locked === true} onChange={setValue} />
      {locked ? null : (
        <button type="button" data-part="hand-in" className={`${ui.button} ${ui.primary}`} onClick={() => answer(value, true)}>
          {say.thisIsMyAnswer}
        </button>
      )}
    </div>
  );
}

function Draw({ ask }: { readonly ask: DrawAsk }) {
  const { locked } = usePlaying(entryOf);
  const points = useGuess();
  // It begins where the network stands, once that is known.
  const begins = useStore((s) => lossOf(s, ask.model, ask.from) !== null) && points === null && !locked;
  useEffect(() => {
    if (begins) startDrawing(ask);
  }, [ask, begins]);
  return (
    <div className={styles.amount}>
      {locked ? null : <p>{say.dragThePoints}</p>}
      <GuessTable locked={locked === true} room={ask.room} />
      <HandIn />
    </div>
  );
}

/** Gives the drawn curve as the answer: below the question, and on a folded sheet, where the chart can be drawn on. */
export function HandIn() {
  const { locked } = usePlaying(entryOf);
  const drawn = usePlaying((s) => stepOf(s)?.ask?.kind === 'draw');
  const points = useGuess();
  if (!drawn || locked || points === null) return null;
  return (
    <button type="button" data-part="hand-in" className={`${ui.button} ${ui.primary}`} onClick={() => answer(points, true)}>
      {say.thisIsMyCurve}
    </button>
  );
}
