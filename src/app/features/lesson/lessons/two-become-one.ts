/** The effect of fusing: blocks, the gap at the seam, why, and how grouped norms make it exact. */
import { say } from '../../../text/en/lessons/two-become-one.ts';
import type { State } from '../../../state/state.ts';
import { count, fixed } from '../../../text/numbers.ts';
import type { AllFacts, Facts, Lesson } from '../lesson.ts';
import { lossOf, startOfFused } from '../numbers.ts';
import { ending, known, text } from './parts.ts';

const LINK = '#v=2&preset=first-fusion&predict=off&pace=12';
const FUSE_AT = 60;
/** Losses nearer than this lie on one another in the chart. */
const CLOSE = 0.01;

/** As the panel writes it: what is left by rounding is no gap. */
const gapText = (value = NaN): string => fixed(Math.abs(value), 2);

const PLACES = [
  { id: 'above', words: say.above },
  { id: 'between', words: say.between },
  { id: 'below', words: say.below },
  { id: 'anew', words: say.anew },
];

function place({ a = NaN, b = NaN, fused = NaN, first = NaN }: Facts): string {
  if (fused > (Math.max(a, b) + first) / 2) return 'anew';
  if (fused > Math.max(a, b)) return 'above';
  return fused < Math.min(a, b) ? 'below' : 'between';
}

/** The average of the answers beside those of each alone. */
function compared({ average = NaN, a = NaN, b = NaN }: Facts): string {
  if (average < Math.min(a, b)) return say.averageBeatsBoth;
  return average < Math.max(a, b) ? say.averageBeatsOne : say.averageBeatsNone;
}

const isZero = (gap = NaN): boolean => Math.abs(gap) < 0.005;

/** Whether the one that began lower has ended lower; nothing where not all of it was seen. */
function fromTheStart({ end = NaN }: Facts, { moment, gap, 'own-norms': own }: AllFacts): readonly string[] {
  const [starts, ends] = [(own?.['fused'] ?? NaN) - (moment?.['fused'] ?? NaN), end - (gap?.['end'] ?? NaN)];
  if (!(Math.abs(starts) > 0) || !(Math.abs(ends) > 0)) return [];
  return [starts > 0 === ends > 0 ? say.lowerStart : say.startIsNotAll];
}

/** Where the fused network began, and where a new one does. */
function beginning(state: State): Facts | null {
  const start = startOfFused(state);
  const first = lossOf(state, 'A', 0);
  return start && first !== null ? { ...start, first } : null;
}

const begins = ({ fused, a, b, at }: Facts): string => say.begins(text(fused), text(a), text(b), count(at ?? NaN));

export const lesson: Lesson = {
  name: 'two-become-one',
  title: say.title,
  idea: say.idea,
  minutes: 8,
  next: 'bigger-steps',
  paper: { further: say.further, misconceptions: say.misconceptions },
  steps: [
    {
      id: 'beginners',
      title: say.beginners,
      text: () => say.beginnersText,
      change: LINK,
      spotlight: 'chart',
      waitFor: [{ kind: 'step', at: FUSE_AT }],
      measure: (state) => {
        const [a, b] = [lossOf(state, 'A', FUSE_AT), lossOf(state, 'B', FUSE_AT)];
        return a === null || b === null ? null : { a, b };
      },
      reveal: ({ a, b }) => [say.afterSixty(text(a), text(b))],
      recorded: `${LINK}&grow=${FUSE_AT}`,
    },
    {
      id: 'moment',
      title: say.moment,
      text: () => say.momentText,
      spotlight: 'fuse',
      ask: { kind: 'choice', question: () => say.whereBegins, options: PLACES, truth: place },
      cover: 'now',
      waitFor: [{ kind: 'fuse', at: FUSE_AT }],
      measure: beginning,
      reveal: (facts) => [begins(facts)],
      recorded: `${LINK}&grow=${FUSE_AT}`,
    },
    {
      id: 'gap',
      title: say.gap,
      text: ({ moment }) => say.gapText(known(moment?.['average']), known(moment?.['fused']), moment ? compared(moment) : null),
      opens: 'growth',
      cover: 'panels',
      spotlight: 'dock',
      ask: {
        kind: 'choice',
        question: () => say.whyGap,
        options: [
          { id: 'noise', words: say.newIsNoise },
          { id: 'norm', words: say.normIsShared },
          { id: 'words', words: say.otherWords },
        ],
        // The same fusion with norms of their own: where that leaves no gap, the norm made it.
        truth: ({ shared = NaN, grouped = NaN }) => (Math.abs(grouped) < Math.abs(shared) / 10 ? 'norm' : null),
      },
      waitFor: [{ kind: 'fuse', at: FUSE_AT }, { kind: 'end' }],
      measure: (state) => {
        const { shared, grouped } = state.growth?.norms ?? {};
        const end = lossOf(state, 'M');
        return shared && grouped && end !== null ? { shared: shared.gap, grouped: grouped.gap, end } : null;
      },
      reveal: ({ shared, grouped, end }) => [say.gapFound(gapText(shared), gapText(grouped)), say.ended(text(end))],
      recorded: `${LINK}&grow=${FUSE_AT}`,
    },
    {
      id: 'own-norms',
      title: say.ownNorms,
      text: () => say.ownNormsText,
      change: `${LINK}&grow=${FUSE_AT}&norm=grouped`,
      opens: 'growth',
      ask: { kind: 'choice', question: () => say.whereNow, options: PLACES, truth: place },
      cover: FUSE_AT,
      waitFor: [{ kind: 'growth' }],
      measure: beginning,
      reveal: (facts) => [begins(facts), (isZero(facts['gap']) ? say.exact : say.notExact)(gapText(facts['gap']))],
    },
    {
      id: 'start',
      title: say.start,
      text: ({ moment, gap, 'own-norms': own }) => say.startText(known(own?.['fused']), known(moment?.['fused']), known(gap?.['end'])),
      ask: {
        kind: 'choice',
        question: () => say.whichEnds,
        options: [
          { id: 'shared', words: say.sharedLower },
          { id: 'grouped', words: say.groupedLower },
        ],
        truth: ({ end = NaN }, { gap }) => (gap?.['end'] === undefined ? null : end < gap['end'] ? 'grouped' : 'shared'),
      },
      cover: 'now',
      waitFor: [{ kind: 'growth' }, { kind: 'end' }],
      measure: (state) => ending(state, 'M'),
      reveal: (facts, all) => [say.ends(text(facts['end']), known(all['gap']?.['end'])), ...fromTheStart(facts, all)],
    },
    {
      id: 'open',
      title: say.open,
      text: () => say.openText,
      change: LINK,
      opens: 'growth',
      ask: {
        kind: 'choice',
        question: () => say.doesItGrow,
        options: [
          { id: 'larger', words: say.larger },
          { id: 'smaller', words: say.smaller },
          { id: 'same', words: say.same },
        ],
        truth: ({ at = NaN, gap = NaN, otherAt = NaN, otherGap = NaN }) => {
          const rise = (otherGap - gap) * Math.sign(otherAt - at);
          return Math.abs(rise) < CLOSE ? 'same' : rise > 0 ? 'larger' : 'smaller';
        },
      },
      cover: 100,
      waitFor: [{ kind: 'end' }, { kind: 'branch' }],
      note: (state) => (state.growth ? { at: state.growth.step, gap: state.growth.gap } : null),
      measure: ({ growth }, { at, gap }) =>
        growth && at !== undefined && gap !== undefined ? { at, gap, otherAt: growth.step, otherGap: growth.gap } : null,
      reveal: ({ at, gap, otherAt, otherGap }) => [
        say.twoGaps(count(at ?? NaN), gapText(gap), count(otherAt ?? NaN), gapText(otherGap)),
        say.openTask,
      ],
    },
  ],
};
