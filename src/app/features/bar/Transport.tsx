/** Run, and what it becomes. Drawn in the bar, at the foot of a phone, and when presenting. */
import { say } from '../../text/en/screen/bar.ts';
import { PauseIcon, PlayIcon, ResetIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { hides, inLesson, waitsBeside } from '../../state/derived/derive.ts';
import { runState } from '../../state/derived/run-state.ts';
import { restart, toggleRun } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import styles from './bar.module.css';

export function RunButton() {
  const label = useStore((s) => runState(s).label);
  const waiting = useStore((s) => !runState(s).enabled);
  // Filled until it was pressed; in a lesson its own button is the one that is.
  const quiet = useStore((s) => s.started || inLesson(s));
  if (useStore((s) => hides(s, 'run'))) return null;
  if (label === 'restart') return <RestartButton />;
  return (
    <button
      type="button"
      className={`${ui.button} ${quiet ? '' : ui.primary} ${styles.run}`}
      data-spot="run"
      onClick={toggleRun}
      aria-busy={waiting || undefined}
    >
      {label === 'pause' ? <PauseIcon /> : <PlayIcon />}
      {say[label]}
    </button>
  );
}

/** Settings were changed while a run goes on: they wait here, beside what the run is asked. */
export function ChangesButton() {
  return useStore(waitsBeside) ? <RestartButton /> : null;
}

function RestartButton() {
  const lesson = useStore(inLesson);
  return (
    <button type="button" className={`${ui.button} ${lesson ? '' : ui.primary} ${styles.run} ${styles.restart}`} onClick={restart}>
      <ResetIcon />
      {say.restartWithChanges}
    </button>
  );
}
