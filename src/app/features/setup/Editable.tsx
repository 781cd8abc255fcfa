/**
 * A value that opens its editor: in the sentence and in the rows of Setup. The editors come when the first is opened.
 */
import type { ReactNode } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import type { SetupRow } from '../../../experiment/settings/setting.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/setup/setup.ts';
import type { WordId } from '../../text/glossary.ts';
import { later } from '../../ui/later.tsx';
import { Popup } from '../../ui/floating/Popup.tsx';
import { Hint } from '../../ui/terms/Hint.tsx';
import { Explanation } from '../../ui/terms/Word.tsx';
import ui from '../../ui/ui.module.css';
import { Fetched } from '../status/Fetched.tsx';
import { LockMark } from '../locked/Locked.tsx';
import styles from './setup.module.css';

const editors = later(async () => (await import('./editors.tsx')).Editor);

export type EditorName = SetupRow;

const TITLES: Readonly<Record<EditorName, string>> = {
  task: say.task,
  model: say.eachSmallNetwork,
  grow: say.growth,
  steps: say.lengthOfTheRun,
  optimizer: say.optimizer,
  h: say.stepSize,
  h2: say.stepSizeAfterGrowth,
  batch: say.batch,
  seed: say.seed,
  pace: say.pace,
  predict: say.prediction,
  baseline: say.baseline,
  adapter: say.whereItTrains,
};

/** The introduction of an editor: the words that its settings need. */
function termOf(name: EditorName, { h, h2 }: Experiment): WordId | null {
  const size = name === 'h2' ? (h2 ?? h) : h;
  switch (name) {
    case 'model':
      return 'T5';
    case 'grow':
      return 'growth';
    case 'optimizer':
      return 'gradient descent';
    case 'h':
    case 'h2':
      return size.kind === 'edge' ? 'held sharpness' : 'step size';
    case 'batch':
      return 'full batch';
    case 'seed':
      return 'seed';
    case 'predict':
      return 'predicted';
    default:
      return null;
  }
}

/** A value that opens its editor. */
export function Editable({
  edits,
  className,
  changed = false,
  term,
  children,
}: {
  readonly edits: EditorName;
  readonly className?: string | undefined;
  readonly changed?: boolean;
  /** Its meaning is shown while it is pointed at; its editor says it as well. */
  readonly term?: WordId | undefined;
  readonly children: ReactNode;
}) {
  const experiment = useStore((s) => s.experiment);
  const explained = termOf(edits, experiment);
  return (
    <Popup
      title={TITLES[edits]}
      renderTarget={(toggle) => (
        <button
          type="button"
          className={className}
          data-changed={changed || undefined}
          onPointerEnter={() => void editors.fetch()}
          // It opens when its code is there, so that the focus finds a field to go to.
          onClick={() => void editors.fetch().then(toggle)}
        >
          {term === undefined ? (
            children
          ) : (
            <Hint label={<Explanation id={term} />}>
              <span>{children}</span>
            </Hint>
          )}
          <LockMark setting={edits} />
        </button>
      )}
      renderEditor={() => (
        <div className={styles.editor}>
          <h2 className={ui.heading}>{TITLES[edits]}</h2>
          {explained === null ? null : (
            <p className={ui.note}>
              <Explanation id={explained} />
            </p>
          )}
          <Fetched name={TITLES[edits]} part={editors} props={{ name: edits }} />
        </div>
      )}
    />
  );
}
