/** Whether the reader was right, by the numbers of the run. */
import { say } from '../../text/en/lessons/lessons.ts';
import { asItIs, figures } from '../../text/numbers.ts';
import type { AllFacts, Facts, LessonStep } from './lesson.ts';
import type { Entry } from './progress.ts';

interface Verdict {
  readonly right: boolean | null;
  readonly words: string;
}

/** The answer beside what the run shows; `null` without a question, and for a drawn curve, which has its card. */
export function verdictOf({ ask }: Pick<LessonStep, 'ask'>, entry: Entry, facts: Facts, all: AllFacts): Verdict | null {
  const { answer } = entry;
  if (ask?.kind === 'choice' && typeof answer === 'string') {
    const said = (ask.options.find(({ id }) => id === answer)?.words ?? answer).replace(/[.]$/, '');
    const truth = ask.truth(facts, all);
    if (truth === null) return { right: null, words: say.untested(said) };
    return truth === answer ? { right: true, words: say.right } : { right: false, words: say.wrong(said) };
  }
  if (ask?.kind === 'number' && typeof answer === 'number') {
    const truth = ask.truth(facts, all);
    if (truth === null) return { right: null, words: say.untested(asItIs(answer)) };
    const off = Math.abs(truth - answer);
    return off <= ask.within
      ? { right: true, words: say.near(asItIs(answer)) }
      : { right: false, words: say.far(asItIs(answer), figures(off, 3)) };
  }
  return null;
}
