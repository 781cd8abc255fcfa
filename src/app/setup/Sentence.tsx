/** The experiment as a sentence; underlined values open their editor. */
import { describe } from '../../experiment/describe.ts';
import { sameRun } from '../derive.ts';
import { useStore, withWhatIf } from '../store.ts';
import { Editable } from './editors.tsx';
import styles from './setup.module.css';

export function Sentence() {
  const experiment = useStore((s) => s.experiment);
  const whatIf = useStore((s) => (s.whatIfBy === 'fuse' ? null : s.whatIf));
  const running = useStore((s) => s.running);
  const shown = withWhatIf(experiment, whatIf);
  const before = new Map<string, string>();
  for (const part of describe(running ?? experiment)) if (part.edits) before.set(part.edits, part.text);
  const same = running !== null && sameRun(shown, running);
  return (
    <p className={styles.sentence}>
      {describe(shown).map((part, i) =>
        part.edits ? (
          <Editable
            key={part.edits}
            edits={part.edits}
            className={styles.underlined}
            changed={!same && before.get(part.edits) !== part.text}
          >
            {part.text}
          </Editable>
        ) : (
          <span key={`text-${i}`}>{part.text}</span>
        ),
      )}
    </p>
  );
}
