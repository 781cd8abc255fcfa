/** Watches how fast the run trains while the page is hidden, and says it where that was slower. */
import { isTraining, liveModels } from '../derived/derive.ts';
import { PaceWatch } from '../out-of-sight.ts';
import type { State } from '../state.ts';
import { latest, setState, store } from '../store.ts';

/** What trains, and how fast it may; null: nothing does, or it waits for a prediction. */
function trains(state: State): string | null {
  if (!isTraining(state) || state.holding !== null) return null;
  return `${state.experiment.pace} ${state.growths.length} ${liveModels(state).join()}`;
}

/** Called once. */
export function followSight(): void {
  const watch = new PaceWatch();
  const note = (state: State): void => {
    const found = watch.note({ time: performance.now(), step: state.step }, trains(state), document.hidden);
    if (found) setState({ outOfSight: found });
  };
  store.subscribe((now, before) => {
    if (now.step !== before.step || now.phase !== before.phase || now.holding !== before.holding) note(now);
    // What was said of another run says nothing of this one.
    if (now.loaded !== before.loaded && now.outOfSight !== null) setState({ outOfSight: null });
  });
  document.addEventListener('visibilitychange', () => note(latest()));
}
