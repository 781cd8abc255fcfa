/**
 * Where the run stands, as text. The status region itself is always up to date and silent; a summary is spoken at most
 * every ten seconds, and at once when the run starts, pauses, grows or ends.
 */
import { say } from '../../text/en/screen/status.ts';
import { useEffect, useState } from 'react';
import { count, formatLoss } from '../../text/numbers.ts';
import { isCovered, liveLosses } from '../../state/derived/derive.ts';
import type { State } from '../../state/state.ts';
import { store, useStore } from '../../state/store.ts';
import { predictedLoss } from '../../state/derived/trust.ts';

const PERIOD = 10_000;

const PHASES: Readonly<Record<State['phase'], string>> = {
  loading: say.phaseLoading,
  ready: say.phaseReady,
  training: say.phaseTraining,
  paused: say.phasePaused,
  growing: say.phaseGrowing,
  finished: say.phaseFinished,
  diverged: say.phaseDiverged,
  failed: say.phaseStopped,
};

/** `Training. Step 436, M loss 0.55, predicted 0.58.` */
export function summary(
  state: Pick<State, 'phase' | 'step' | 'models' | 'growth' | 'experiment' | 'running' | 'chart' | 'covered'>,
): string {
  const losses = liveLosses(state).map(({ id, loss }) => say.loss(id, formatLoss(loss)));
  const parts = [say.step(count(state.step)), ...losses];
  if (state.growth && !isCovered(state)) {
    const predicted = predictedLoss(state.chart, state.growth.target, state.step);
    if (predicted !== null) parts.push(say.predicted(formatLoss(predicted)));
  }
  return `${PHASES[state.phase]}. ${parts.join(', ')}.`;
}

export function TrainingStatus() {
  const text = useStore(summary);
  const [spoken, setSpoken] = useState(() => summary(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const speak = (): void => setSpoken(summary(store.getState()));
    const keepSpeaking = ({ phase }: State): void => {
      clearInterval(timer);
      if (phase === 'training') timer = setInterval(speak, PERIOD);
    };
    keepSpeaking(store.getState());
    const unsubscribe = store.subscribe((now, before) => {
      if (now.phase === before.phase) return;
      speak();
      keepSpeaking(now);
    });
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, []);
  return (
    <div className="visually-hidden">
      <div role="status" aria-label={say.trainingStatus} aria-live="off">
        {text}
      </div>
      <div aria-live="polite" aria-atomic="true">
        {spoken}
      </div>
    </div>
  );
}
