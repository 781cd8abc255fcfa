/** Cost at equal loss, the critical path, the small networks alone; and that growing need not pay. */
import { say } from '../../../text/en/lessons/does-it-pay.ts';
import { formatQuantity, formatLoss } from '../../../text/numbers.ts';
import { workOf } from '../../../plot/plan/work.ts';
import { costsAtLoss, lossOfAll } from '../../cost/at-loss.ts';
import { ofLastTask } from '../../cost/last-task.ts';
import { givenExperiment } from '../../../state/derived/derive.ts';
import type { State } from '../../../state/state.ts';
import type { Facts, Lesson } from '../lesson.ts';
import { lossOf } from '../numbers.ts';
import { least, text, YES_NO, yesNo } from './parts.ts';

const FOUR = '#v=2&preset=first-fusion&steps=160&baseline=scratch,alone,ensemble&predict=off&pace=20';
const LINK = `${FOUR}&grow=60`;
const WAYS = ['fused', 'scratch', 'alone', 'together'] as const;
const OPTIONS = WAYS.map((id) => ({ id, words: say[id] }));
/** Contenders of the Cost tab, as the lesson calls them. */
const NAMES = { run: 'fused', scratch: 'scratch', alone: 'alone', ensemble: 'together', unread: 'unread' } as const;
const MODELS = { run: 'M', scratch: 'S', alone: 'alone', ensemble: 'ensemble' } as const;

function ends(state: State): Facts | null {
  const found = Object.entries(MODELS).map(([who, model]) => [NAMES[who as keyof typeof NAMES], lossOf(state, model)] as const);
  return found.some(([, loss]) => loss === null) ? null : Object.fromEntries(found.map(([name, loss]) => [name, loss ?? NaN]));
}

/**
 * Operations of each way to the lowest loss that all have reached; the length of the ways of the fused and of the large
 * network. Of ways that a reader has left out of the run there are none. By the functions of the Cost tab.
 */
function costs(state: State): Facts | null {
  const experiment = givenExperiment(state);
  const measured = ofLastTask(experiment, state.chart.measured);
  const work = workOf(experiment, state.models);
  const loss = lossOfAll(work, measured);
  // Without a fused network there is nothing to compare.
  if (loss === null || lossOf(state, 'M') === null) return null;
  const found: Record<string, number> = { loss };
  for (const { who, at } of costsAtLoss(work, measured, loss)) {
    if (at === null) continue;
    found[NAMES[who]] = at.total;
    if (who === 'run') found['path'] = at.criticalPath;
    if (who === 'scratch') found['scratchPath'] = at.criticalPath;
  }
  return found;
}

/** The Cost tab compares at the same loss. */
const atLoss = ({ loss }: Facts): number | undefined => loss;

const flops = (value: number | undefined): string => (value === undefined ? '–' : formatQuantity(value, 'FLOPs'));
const ratio = ({ fused = NaN, scratch = NaN }: Facts): number => fused / scratch;
const ratioText = (facts: Facts): string => formatLoss(ratio(facts));
const pays = (facts: Facts): readonly string[] => (Number.isFinite(ratio(facts)) ? [ratio(facts) < 1 ? say.pays : say.paysNot] : []);

export const lesson: Lesson = {
  name: 'does-it-pay',
  title: say.title,
  idea: say.idea,
  minutes: 9,
  next: 'when-to-grow',
  paper: { further: say.further, misconceptions: say.misconceptions },
  steps: [
    {
      id: 'race',
      title: say.race,
      text: () => say.raceText,
      change: LINK,
      spotlight: 'chart',
      ask: { kind: 'choice', question: () => say.raceAsk, options: OPTIONS, truth: (facts) => least(facts, WAYS) },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: ends,
      reveal: ({ fused, scratch, alone, together }) => [say.raceEnds(text(fused), text(scratch), text(alone), text(together))],
    },
    {
      id: 'cost',
      title: say.cost,
      text: () => say.costText,
      opens: 'cost',
      spotlight: 'chart',
      ask: { kind: 'choice', question: () => say.costAsk, options: OPTIONS, truth: (facts) => least(facts, WAYS) },
      cover: 'panels',
      waitFor: [{ kind: 'end' }, { kind: 'compute' }],
      measure: costs,
      comparesAt: atLoss,
      reveal: ({ loss, fused, scratch, alone, together }) => [
        say.costs(text(loss), flops(fused), flops(scratch), flops(alone), flops(together)),
      ],
    },
    {
      id: 'path',
      title: say.path,
      text: () => say.pathText,
      opens: 'cost',
      ask: {
        kind: 'choice',
        question: () => say.pathAsk,
        options: YES_NO,
        truth: ({ path = NaN, scratchPath = NaN }) => (Number.isFinite(path - scratchPath) ? yesNo(path < scratchPath) : null),
      },
      cover: 'panels',
      waitFor: [{ kind: 'end' }],
      measure: costs,
      comparesAt: atLoss,
      reveal: ({ path, scratchPath }) => [say.paths(flops(path), flops(scratchPath))],
    },
    {
      id: 'short',
      title: say.short,
      text: () => say.shortText,
      change: `${FOUR}&grow=20`,
      opens: 'cost',
      ask: {
        kind: 'choice',
        question: () => say.shortAsk,
        options: YES_NO,
        truth: (facts, { cost }) => (cost && Number.isFinite(ratio(facts)) ? yesNo(ratio(facts) < ratio(cost)) : null),
      },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: costs,
      comparesAt: atLoss,
      reveal: (facts, { cost }) => [say.shortCosts(ratioText(facts), cost ? ratioText(cost) : null), ...pays(facts)],
    },
    {
      id: 'open',
      title: say.open,
      text: () => say.openText,
      change: LINK,
      opens: 'setup',
      ask: {
        kind: 'choice',
        question: () => say.openAsk,
        options: YES_NO,
        truth: (facts) => (Number.isFinite(ratio(facts)) ? yesNo(ratio(facts) < 1) : null),
      },
      waitFor: [{ kind: 'own' }],
      // The reader's own run may end without a fusion: then there is nothing to compare, and the step is done.
      comparesAt: atLoss,
      measure: (state) => costs(state) ?? (state.growth === null ? {} : null),
      reveal: (facts) => [Number.isFinite(ratio(facts)) ? say.openCosts(ratioText(facts)) : say.openNone, say.openTask],
    },
  ],
};
