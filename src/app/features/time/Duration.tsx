/** How long a run takes here, in words: before Run, and while it trains. */
import { say } from '../../text/en/time.ts';
import { useMemo } from 'react';
import type { Experiment } from '../../../experiment/experiment.ts';
import { useStore } from '../../state/store.ts';
import { durationWords, secondsBefore, secondsLeft } from '../../state/derived/estimate.ts';

/** `about 20 seconds on this device,`; nothing before the device is known. */
export function Duration() {
  const words = useStore((s) => (s.flopsPerSecond === null ? '' : durationWords(secondsBefore(s.experiment, s.flopsPerSecond, s.models))));
  return words === '' ? null : (
    <>
      {say.aboutOnThisDevice(words)}
      <br />
    </>
  );
}

/** Of an experiment that is not loaded: by typical sizes. */
export function useDurationOf(experiment: Experiment): string {
  const rate = useStore((s) => s.flopsPerSecond);
  // Not in the selector: there are many such experiments, and the page's state changes eight times a second.
  return useMemo(() => (rate === null ? '' : durationWords(secondsBefore(experiment, rate))), [experiment, rate]);
}

/** In the status bar: how long it will take before it runs, how long it still takes while it does. */
export function TimeToGo() {
  const words = useStore((s) => {
    const experiment = s.running ?? s.experiment;
    if (s.phase === 'training' && s.rates) {
      const seconds = secondsLeft(experiment, s.models, s.step, s.rates.stepsPerSecond);
      return seconds === null ? '' : say.aboutLeft(durationWords(seconds));
    }
    if (s.phase !== 'ready' || s.flopsPerSecond === null) return '';
    return say.takesAboutHere(durationWords(secondsBefore(experiment, s.flopsPerSecond, s.models)));
  });
  return words === '' ? null : <span data-part="time">{words}</span>;
}
