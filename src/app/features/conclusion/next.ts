/** Experiments to try after a run: two, each a link away, chosen by what the run leaves open. */
import { say } from '../../text/en/chart/conclusion.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import { growsOneSource } from '../../../experiment/experiment.ts';
import { growthNoun } from '../../../experiment/describe.ts';
import { formatLink } from '../../../experiment/link/write-link.ts';
import { PRESETS, presetExperiment } from '../../../experiment/presets/presets.ts';
import { keepsLocked } from '../../state/derived/locked.ts';
import { sameRun } from '../../state/derived/derive.ts';

export interface Suggestion {
  /** Continues "Try next:". */
  readonly words: string;
  /** The address behind the page's own, `#v=…`. */
  readonly link: string;
}

/** The first two that apply; never the run itself, and none that changes what the page's link holds fast. */
export function suggestions(experiment: Experiment, lock: readonly string[] = []): readonly Suggestion[] {
  const found = [...candidates(experiment)].filter(
    ({ experiment: next }) => !sameRun(next, experiment) && keepsLocked(lock, experiment, next),
  );
  return found.slice(0, 2).map(({ words, experiment: next }) => ({ words, link: formatLink(next) }));
}

interface Candidate {
  readonly words: string;
  readonly experiment: Experiment;
}

function* candidates(experiment: Experiment): Generator<Candidate> {
  const { grow, steps, operator, plan } = experiment;
  const half = Math.round(steps / 2);
  if (grow === null && plan === undefined) {
    const words = growsOneSource(operator) ? say.fuseItWithItselfAtStep(half) : say.fuseThemAtStep(half);
    yield { words, experiment: { ...experiment, grow: half } };
  } else {
    if (operator === 'self' && experiment.offDiagonal === 'zero' && experiment.diagonal === 0)
      yield { words: say.theSameWithNoiseBetweenThe, experiment: { ...experiment, offDiagonal: 'noise' } };
    if (!experiment.baseline.includes('scratch'))
      yield {
        words: say.theSameBesideALargeNetwork,
        experiment: { ...experiment, baseline: ['scratch', ...experiment.baseline] },
      };
  }
  const next = followingPreset(experiment.preset);
  if (next) yield { words: say.theNextExample(next.title), experiment: next.experiment };
  if (grow !== null && plan === undefined && grow > 1)
    yield {
      words: say.atStepInsteadOf(growthNoun(operator) === 'fusion', Math.round(grow / 2), grow),
      experiment: { ...experiment, grow: Math.round(grow / 2) },
    };
  yield { words: say.theSameWithAnotherSeed, experiment: { ...experiment, seed: experiment.seed + 2 } };
  yield { words: say.theFirstExampleAgain, experiment: presetExperiment('first-fusion') };
}

/** The preset behind this one in the picker; behind the last the first. */
function followingPreset(name: string) {
  const all = [...PRESETS.values()];
  const at = all.findIndex((preset) => preset.name === name);
  return all[(at + 1) % all.length];
}
