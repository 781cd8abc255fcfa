/** How long a run takes here, in words: before Run, and while it trains. */
import { say } from '../../text/en/screen/time.ts';
import { useMemo } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import type { State } from '../../state/state.ts';
import { useStore } from '../../state/store.ts';
import { durationWords, secondsToGo, type Standing } from '../../state/derived/estimate.ts';

type Known = Pick<State, 'flopsPerSecond' | 'models' | 'predictionCosts' | 'spentBeside' | 'unavailable'>;

/** The known sizes of the run that is loaded. */
function standing({ models, predictionCosts, spentBeside, unavailable }: Known, flopsPerSecond: number): Standing {
  const planned = [...predictionCosts].filter(([key]) => key.endsWith('|plan')).map(([, { state }]) => state);
  const done = unavailable !== null || (planned.length > 0 && planned.every((state) => state === 'done' || state === 'cancelled'));
  const state = done ? 'done' : planned.includes('waiting') && !planned.includes('running') ? 'waiting' : 'running';
  return { flopsPerSecond, models, predicted: { operations: spentBeside?.predictions ?? 0, state } };
}

/** `about 20 seconds on this device,`; nothing before the device is known. */
export function Duration() {
  const words = useStore((s) => (s.flopsPerSecond === null ? '' : durationWords(secondsToGo(s.experiment, standing(s, s.flopsPerSecond)))));
  return words === '' ? null : (
    <>
      {say.aboutOnThisDevice(words)}
      <br />
    </>
  );
}

/** Of an experiment that is not loaded. */
export function useDurationOf(experiment: Experiment): string {
  const flopsPerSecond = useStore((s) => s.flopsPerSecond);
  // Not in the selector: there are many such experiments, and the page's state changes eight times a second.
  return useMemo(
    () => (flopsPerSecond === null ? '' : durationWords(secondsToGo(experiment, { flopsPerSecond }))),
    [experiment, flopsPerSecond],
  );
}

/** In the status bar: how long it will take before it runs, how long it still takes while it does. */
export function TimeToGo() {
  const words = useStore((s) => {
    if (s.flopsPerSecond === null || (s.phase !== 'ready' && s.phase !== 'training')) return '';
    const known = standing(s, s.flopsPerSecond);
    if (s.phase === 'ready') return say.takesAboutHere(durationWords(secondsToGo(s.experiment, known)));
    if (!s.rates) return '';
    const seconds = secondsToGo(s.running ?? s.experiment, { ...known, step: s.step, stepsPerSecond: s.rates.stepsPerSecond });
    return seconds > 0 ? say.aboutLeft(durationWords(seconds)) : '';
  });
  return words === '' ? null : <span data-part="time">{words}</span>;
}
