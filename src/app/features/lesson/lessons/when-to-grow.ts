/** Growth step and step size after it, as a map of four cells; that the total time already ranks them. */
import { spearman } from '../../../../curves/rank-correlation.ts';
import { capital } from '../../../../experiment/describe.ts';
import { say } from '../../../text/en/lessons/when-to-grow.ts';
import { formatLoss } from '../../../text/numbers.ts';
import type { State } from '../../../state/state.ts';
import type { AllFacts, Facts, Lesson } from '../lesson.ts';
import { lossOf } from '../numbers.ts';
import { ending, HEIGHTS, height, known, least, stepText, text, totalTime, YES_NO, yesNo } from './parts.ts';

const link = (grow: number, edge: number): string => `#v=2&preset=first-fusion&steps=120&predict=off&pace=20&grow=${grow}&edge2=${edge}`;
/** The steps of the lesson that run a cell, and what it is called. */
const CELLS = { mark: say.earlySmall, larger: say.earlyLarge, late: say.lateSmall, last: say.lateLarge } as const;
type Cell = keyof typeof CELLS;
const NAMES = Object.keys(CELLS) as readonly Cell[];
const OPTIONS = NAMES.map((id) => ({ id, words: CELLS[id] }));

function outcome(state: State): Facts | null {
  const end = ending(state, 'M');
  return end && { ...end, time: totalTime(state) };
}

/** A number of every cell; `null` while one of them was not run. */
function ofCells(all: AllFacts, what: 'end' | 'time', own: Partial<Record<Cell, Facts>> = {}): Readonly<Record<Cell, number>> | null {
  const found = NAMES.map((name) => [name, (own[name] ?? all[name])?.[what]] as const);
  return found.some(([, value]) => value === undefined) ? null : (Object.fromEntries(found) as Record<Cell, number>);
}

function lowest(all: AllFacts, own?: Partial<Record<Cell, Facts>>): Cell | null {
  const ends = ofCells(all, 'end', own);
  return ends && least(ends, NAMES);
}

/** How well more time stands for less loss over the four. */
function ranked(all: AllFacts): 'all' | 'best' | 'none' | null {
  const [ends, times] = [ofCells(all, 'end'), ofCells(all, 'time')];
  if (!ends || !times) return null;
  const longest = NAMES.reduce((best, name) => (times[name] > times[best] ? name : best));
  const correlation = spearman(
    NAMES.map((name) => ends[name]),
    NAMES.map((name) => -times[name]),
  );
  if (correlation > 1 - 1e-9) return 'all';
  return longest === lowest(all) ? 'best' : 'none';
}

const cellEnds = (cell: Cell, { end }: Facts): string => say.cellEnds(capital(CELLS[cell]), text(end));

export const lesson: Lesson = {
  name: 'when-to-grow',
  title: say.title,
  idea: say.idea,
  minutes: 9,
  next: 'read-then-answer',
  paper: { further: say.further, misconceptions: say.misconceptions },
  steps: [
    {
      id: 'mark',
      title: say.mark,
      text: () => say.markText,
      change: link(30, 0.6),
      spotlight: 'chart',
      ask: { kind: 'choice', question: () => say.markAsk, options: OPTIONS, truth: (_, all) => lowest(all) },
      cover: 30,
      waitFor: [{ kind: 'end' }],
      measure: outcome,
      reveal: (facts, all) => [
        cellEnds('mark', facts),
        ...(lowest(all) === null ? [say.seeLater] : [say.lowestIs(CELLS[lowest(all) ?? 'mark'])]),
      ],
    },
    {
      id: 'larger',
      title: say.larger,
      text: () => say.largerText,
      change: link(30, 1.6),
      ask: {
        kind: 'choice',
        question: ({ mark }) => say.againstFirst(known(mark?.['end'])),
        options: HEIGHTS,
        truth: ({ end }, { mark }) => height(end, mark?.['end']),
      },
      cover: 30,
      waitFor: [{ kind: 'end' }],
      measure: outcome,
      reveal: (facts) => [cellEnds('larger', facts)],
    },
    {
      id: 'late',
      title: say.late,
      text: () => say.lateText,
      change: link(80, 0.6),
      ask: {
        kind: 'choice',
        question: ({ mark }) => say.againstFirst(known(mark?.['end'])),
        options: HEIGHTS,
        truth: ({ end }, { mark }) => height(end, mark?.['end']),
      },
      cover: 80,
      waitFor: [{ kind: 'end' }],
      measure: outcome,
      reveal: (facts) => [cellEnds('late', facts)],
    },
    {
      id: 'last',
      title: say.last,
      text: () => say.lastText,
      change: link(80, 1.6),
      ask: {
        kind: 'choice',
        question: () => say.lastAsk,
        options: YES_NO,
        truth: (facts, all) => {
          const best = lowest(all, { last: facts });
          return best && yesNo(best === 'last');
        },
      },
      cover: 80,
      waitFor: [{ kind: 'end' }],
      measure: outcome,
      reveal: (facts, all) => {
        const best = lowest(all, { last: facts });
        return [cellEnds('last', facts), ...(best ? [say.lowestIs(CELLS[best])] : [])];
      },
    },
    {
      id: 'rank',
      title: say.rank,
      text: () => say.rankText,
      opens: 'map',
      spotlight: 'dock',
      ask: {
        kind: 'choice',
        question: () => say.rankAsk,
        options: [
          { id: 'all', words: say.all },
          { id: 'best', words: say.best },
          { id: 'none', words: say.none },
        ],
        truth: (_, all) => ranked(all),
      },
      cover: 'panels',
      waitFor: [],
      reveal: (_, all) => {
        const [ends, times] = [ofCells(all, 'end'), ofCells(all, 'time')];
        return ends && times ? NAMES.map((name) => say.table(capital(CELLS[name]), formatLoss(times[name]), text(ends[name]))) : [];
      },
    },
    {
      id: 'open',
      title: say.open,
      text: () => say.openText,
      change: link(30, 1.6),
      ask: {
        kind: 'choice',
        question: () => say.openAsk,
        options: YES_NO,
        truth: ({ end = NaN, before = NaN }) => (Number.isFinite(end - before) ? yesNo(end < before) : null),
      },
      waitFor: [{ kind: 'end' }, { kind: 'branch' }],
      note: (state) => (state.phase === 'finished' && state.growth ? { before: lossOf(state, 'M') ?? NaN } : null),
      measure: (state, { before }) => {
        const end = lossOf(state, 'M');
        return end === null || before === undefined || !state.growth ? null : { end, before, at: state.growth.step };
      },
      reveal: ({ at, end, before }) => [say.openEnds(stepText(at), text(end), text(before)), say.openTask],
    },
  ],
};
