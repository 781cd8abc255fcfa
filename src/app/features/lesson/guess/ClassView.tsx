/**
 * Guesses of a class: links are pasted, one a line, and their curves are drawn over the measurement. They are read
 * here, and go nowhere.
 */
import { say } from '../../../text/en/lessons/lessons.ts';
import { useEffect, useId, useMemo, useState } from 'react';
import { useStore } from '../../../state/store.ts';
import ui from '../../../ui/ui.module.css';
import { save } from '../../share/save.ts';
import { setClass } from './class-guesses.ts';
import { classCsv, classMarkdown, classTable } from './class-table.ts';
import { DistanceTable } from './DistanceTable.tsx';
import type { DrawAsk } from '../lesson.ts';
import styles from './guess.module.css';
import { distanceOfGuess } from '../numbers.ts';
import { guessesIn } from './pasted.ts';

export function ClassView({ ask }: { readonly ask: DrawAsk }) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState('');
  const { guesses, without } = useMemo(() => guessesIn(text), [text]);
  const chart = useStore((s) => s.chart);
  const rows = guesses.map(({ line, points }) => ({
    who: say.guessOf(line),
    points,
    distance: distanceOfGuess({ chart }, points, ask.model),
  }));
  const download = (as: 'csv' | 'md'): void => {
    const found = classTable(rows, chart.measured.get(ask.model));
    const file = as === 'csv' ? classCsv(found) : classMarkdown(found);
    save(`guesses.${as}`, new TextEncoder().encode(file), as === 'csv' ? 'text/csv' : 'text/markdown');
  };
  useEffect(() => setClass(opened ? guesses.map(({ points }) => points) : []), [opened, guesses]);
  // At another step they would lie over another run.
  useEffect(() => () => setClass([]), []);
  return (
    <details data-part="class" className={styles.details} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{say.aClass}</summary>
      <label htmlFor={id}>{say.pasteLinks}</label>
      <textarea
        id={id}
        className={styles.links}
        rows={4}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className={ui.note} role={without.length > 0 ? 'alert' : undefined}>
        {without.length > 0 ? say.linesWithoutAGuess(without.join(', ')) : say.nothingIsUploaded}
      </p>
      {guesses.length > 0 ? (
        <>
          <DistanceTable rows={rows} />
          <div className={styles.takeHome}>
            <button type="button" data-part="class-csv" className={`${ui.button} ${ui.small}`} onClick={() => download('csv')}>
              {say.classAsCsv}
            </button>
            <button type="button" data-part="class-markdown" className={`${ui.button} ${ui.small}`} onClick={() => download('md')}>
              {say.classAsMarkdown}
            </button>
          </div>
        </>
      ) : null}
    </details>
  );
}
