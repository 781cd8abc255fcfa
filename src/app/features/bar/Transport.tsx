/** Run, Fuse now, Step, Reset: what one does. Drawn in the bar, at the foot of a phone, and when presenting. */
import { Hint } from '../../ui/Term.tsx';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../../ui/icons.tsx';
import ui from '../../ui/ui.module.css';
import { hasChanges, waitsBeside } from '../../state/derive.ts';
import { oneStep, reset, restart, toggleRun } from '../../state/run-control.ts';
import { useStore } from '../../state/store.ts';
import styles from './bar.module.css';

export function RunButton() {
  const changed = useStore(hasChanges);
  const phase = useStore((s) => s.phase);
  const started = useStore((s) => s.started);
  const waiting = phase === 'loading' && started;
  const beside = useStore(waitsBeside);
  if (changed && started && !beside) return <RestartButton />;
  const running = phase === 'training' || phase === 'growing';
  return (
    <button
      type="button"
      className={`${ui.button} ${started ? '' : ui.primary} ${styles.run}`}
      onClick={toggleRun}
      aria-busy={waiting || undefined}
    >
      {running ? <PauseIcon /> : <PlayIcon />}
      {running ? 'Pause' : 'Run'}
    </button>
  );
}

/** Settings were changed while a run goes on: they wait here, beside what the run is asked. */
export function ChangesButton() {
  return useStore(waitsBeside) ? <RestartButton /> : null;
}

function RestartButton() {
  return (
    <button type="button" className={`${ui.button} ${ui.primary} ${styles.run} ${styles.restart}`} onClick={restart}>
      <ResetIcon />
      Restart with changes
    </button>
  );
}

export function StepButton() {
  const blocked = useStore(
    (s) =>
      s.phase === 'loading' ||
      s.phase === 'growing' ||
      s.phase === 'failed' ||
      s.phase === 'finished' ||
      s.phase === 'diverged' ||
      (hasChanges(s) && !waitsBeside(s)),
  );
  return (
    <Hint label="One step, then pause">
      <button
        type="button"
        className={`${ui.button} ${ui.icon}`}
        aria-label="Step"
        aria-disabled={blocked}
        onClick={() => !blocked && oneStep()}
      >
        <StepIcon />
      </button>
    </Hint>
  );
}

export function ResetButton() {
  return (
    <Hint label="Back to step 0">
      <button type="button" className={`${ui.button} ${ui.icon}`} aria-label="Reset" onClick={reset}>
        <ResetIcon />
      </button>
    </Hint>
  );
}
