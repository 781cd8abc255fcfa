/** A larger step is not the same curve run faster; what the modified flow adds. */
import { say } from '../../../text/en/lessons/bigger-steps.ts';
import { formatError } from '../../../text/numbers.ts';
import type { Facts, Lesson } from '../lesson.ts';
import { distanceOfFlow, lossOf } from '../numbers.ts';
import { ending, firstRise, HEIGHTS, height, known, riseText, text, YES_NO } from './parts.ts';

const SORT = '#v=2&preset=see-the-theory&pace=20';
const SLOW = `${SORT}&predict=off&h=0.02&steps=120`;
const FLOWS = '&predict=gradient-flow,modified-flow';
/** Distances that differ by less than this share of the larger one are level. */
const LEVEL = 0.05;

function nearer({ gradient = NaN, modified = NaN }: Facts): 'gradient' | 'modified' | 'same' | null {
  const by = gradient - modified;
  if (!Number.isFinite(by)) return null;
  if (Math.abs(by) < LEVEL * Math.max(gradient, modified)) return 'same';
  return by > 0 ? 'modified' : 'gradient';
}

export const lesson: Lesson = {
  name: 'bigger-steps',
  title: say.title,
  idea: say.idea,
  minutes: 9,
  next: 'over-the-edge',
  paper: { further: say.further, misconceptions: say.misconceptions },
  steps: [
    {
      id: 'slow',
      title: say.slow,
      text: () => say.slowText,
      change: SLOW,
      spotlight: 'chart',
      waitFor: [{ kind: 'end' }],
      measure: (state) => ending(state, 'A'),
      reveal: ({ end }) => [say.endedAt(text(end))],
    },
    {
      id: 'double',
      title: say.double,
      text: () => say.doubleText,
      change: `${SORT}&predict=off&h=0.04&steps=60`,
      ask: {
        kind: 'choice',
        question: ({ slow }) => say.howEnds(known(slow?.['end'])),
        options: HEIGHTS,
        truth: ({ end }, { slow }) => height(end, slow?.['end']),
      },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: (state) => ending(state, 'A'),
      reveal: ({ end }, { slow }) => {
        const is = height(end, slow?.['end']);
        return [say.bothEnds(text(end), text(slow?.['end'])), ...(is === null ? [] : [is === 'same' ? say.nearlySame : say.notSame])];
      },
    },
    {
      id: 'draw',
      title: say.draw,
      text: () => say.drawText,
      change: `${SORT}${FLOWS}&h=0.08&steps=60`,
      ask: { kind: 'draw', question: () => say.drawAsk, model: 'A', from: 0, to: 60, room: [0.5, 3] },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: (state) => {
        const end = ending(state, 'A');
        return end && { ...end, rise: firstRise(state, 'A') };
      },
      reveal: (facts) => [say.endsAt(text(facts['end']), riseText(facts))],
    },
    {
      id: 'nearer',
      title: say.nearer,
      text: () => say.nearerText,
      change: '#v=2&preset=see-the-theory&task=pronounce&seed=19&edge=1&steps=40&pace=20',
      ask: {
        kind: 'choice',
        question: () => say.nearerAsk,
        options: [{ id: 'gradient', words: say.gradient }, { id: 'modified', words: say.modified }, HEIGHTS[1]],
        truth: nearer,
      },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: (state) => {
        const gradient = distanceOfFlow(state, 'gradient-flow', 'A', 0);
        const modified = distanceOfFlow(state, 'modified-flow', 'A', 0);
        return gradient === null || modified === null ? null : { gradient, modified };
      },
      reveal: ({ gradient, modified }) => [say.distances(formatError(gradient ?? NaN), formatError(modified ?? NaN))],
    },
    {
      id: 'open',
      title: say.open,
      text: () => say.openText,
      change: SLOW,
      opens: 'setup',
      ask: {
        kind: 'choice',
        question: () => say.openAsk,
        options: YES_NO,
        // One run that never rose does not say that none can.
        truth: ({ rise = -1 }, { draw }) => (rise >= 0 || (draw?.['rise'] ?? -1) >= 0 ? 'yes' : null),
      },
      waitFor: [{ kind: 'own' }],
      measure: (state) => ({ end: lossOf(state, 'A') ?? NaN, rise: firstRise(state, 'A') }),
      reveal: (facts, { draw }) => {
        const [own, drawn] = [riseText(facts), riseText(draw ?? {})];
        return [say.openEnds(text(facts['end']), own), ...(own === null && drawn !== null ? [say.drawnRose(drawn)] : []), say.openTask];
      },
    },
  ],
};
