/** The experiment as a sentence; underlined values open their editor. */
import { describe } from '../../../experiment/describe.ts';
import { sameRun } from '../../state/derived/derive.ts';
import { withWhatIf } from '../../../experiment/plan/what-if.ts';
import { changeShown } from '../../state/derived/asked.ts';
import { useStore } from '../../state/store.ts';
import { Word } from '../../ui/terms/Word.tsx';
import { Editable } from './Editable.tsx';
import styles from './setup.module.css';

export function Sentence() {
  const experiment = useStore((s) => s.experiment);
  const running = useStore((s) => s.running ?? s.loaded);
  const shown = withWhatIf(experiment, useStore(changeShown));
  const before = new Map<string, string>();
  for (const part of describe(running ?? experiment)) if (part.edits) before.set(part.edits, part.text);
  const same = running !== null && sameRun(shown, running);
  const parts = describe(shown);
  return (
    <p className={styles.sentence}>
      {parts.map((part, i) =>
        part.edits ? (
          // A comma stays on the line of what it follows.
          <span key={part.edits} className={styles.value}>
            <Editable
              edits={part.edits}
              className={styles.underlined}
              changed={!same && before.get(part.edits) !== part.text}
              term={part.term}
            >
              {part.text}
            </Editable>
            {stopOf(parts[i + 1])}
          </span>
        ) : part.term ? (
          <Word key={`text-${i}`} id={part.term}>
            {part.text}
          </Word>
        ) : (
          <span key={`text-${i}`}>{i > 0 && parts[i - 1]?.edits ? part.text.slice(stopOf(part).length) : part.text}</span>
        ),
      )}
    </p>
  );
}

/** The comma or full stop that a piece of plain text begins with. */
function stopOf(part: { readonly text: string; readonly edits?: unknown } | undefined): string {
  return part && !part.edits ? (/^[,.;:]+/.exec(part.text)?.[0] ?? '') : '';
}
