/**
 * Guesses of a class: links are pasted, one a line, and their curves are drawn over the measurement. They are read
 * here, and go nowhere.
 */
import { say } from '../../text/en/lessons.ts';
import { useId, useMemo, useState } from 'react';
import { parseLink } from '../../../experiment/link/link.ts';
import type { GuessPoints } from '../../../experiment/link/lesson-keys.ts';
import { formatError } from '../../text/numbers.ts';
import { useStore } from '../../state/store.ts';
import ui from '../../ui/ui.module.css';
import { setClass } from './class-guesses.ts';
import type { DrawAsk } from './lesson.ts';
import styles from './guess.module.css';
import { distanceOfGuess } from './numbers.ts';

/** The curves in pasted lines, with the numbers (from 1) of the lines that have none. */
function guessesIn(text: string): { readonly guesses: readonly GuessPoints[]; readonly without: readonly number[] } {
  const guesses: GuessPoints[] = [];
  const without: number[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const { guess } = parseLink(line.trim()).view;
    if (guess) guesses.push(guess);
    else without.push(i + 1);
  });
  return { guesses, without };
}

export function ClassView({ ask }: { readonly ask: DrawAsk }) {
  const id = useId();
  const [text, setText] = useState('');
  const { guesses, without } = useMemo(() => guessesIn(text), [text]);
  const chart = useStore((s) => s.chart);
  return (
    <details data-part="class" className={styles.details} onToggle={(event) => setClass(event.currentTarget.open ? guesses : [])}>
      <summary>{say.aClass}</summary>
      <label htmlFor={id}>{say.pasteLinks}</label>
      <textarea
        id={id}
        className={styles.links}
        rows={4}
        spellCheck={false}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          setClass(guessesIn(value).guesses);
        }}
      />
      <p className={ui.note} role={without.length > 0 ? 'alert' : undefined}>
        {without.length > 0 ? say.linesWithoutAGuess(without.join(', ')) : say.nothingIsUploaded}
      </p>
      {guesses.length > 0 ? (
        <table className={styles.score}>
          <thead>
            <tr>
              <th scope="col">{say.who}</th>
              <th scope="col">{say.meanDistance}</th>
            </tr>
          </thead>
          <tbody>
            {guesses.map((points, i) => {
              const distance = distanceOfGuess({ chart }, points, ask.model);
              return (
                <tr key={`${i}${points.join(' ')}`}>
                  <th scope="row">{say.guessOf(i + 1)}</th>
                  <td>{distance === null ? '–' : formatError(distance)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </details>
  );
}
