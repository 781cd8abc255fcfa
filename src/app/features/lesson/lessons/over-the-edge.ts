/** Sharpness, step size times sharpness, and what the central flow still knows behind the edge. */
import { say } from '../../../text/en/lessons/over-the-edge.ts';
import { formatError, formatLoss } from '../../../text/numbers.ts';
import type { State } from '../../../state/state.ts';
import type { Facts, Lesson } from '../lesson.ts';
import { distanceOfFlow, lossOf } from '../numbers.ts';
import { firstRise, hLambdaAt, known, least, riseText, stepText, text, topHLambda, YES_NO, yesNo } from './parts.ts';

const SORT = '#v=2&preset=see-the-theory&steps=160&pace=20';
const PLAIN = `${SORT}&predict=off&h=0.04`;
const CALM = 40;
const FLOWS = ['gradient', 'modified', 'central'] as const;

const written = (value: number | undefined): string => (value === undefined ? '–' : formatLoss(value));

/** Where the loss first rose, and how large step size times sharpness was there and at most. */
function rise(state: State): Facts | null {
  const [end, top] = [lossOf(state, 'A'), topHLambda(state, 'A')];
  const at = firstRise(state, 'A');
  const product = at < 0 ? null : hLambdaAt(state, 'A', at);
  return end === null || top === null ? null : { end, rise: at, top, ...(product === null ? {} : { product }) };
}

function range({ product }: Facts): 'below' | 'near' | 'behind' | 'far' | null {
  if (product === undefined) return null;
  if (product < 1) return 'below';
  if (product < 2) return 'near';
  return product < 4 ? 'behind' : 'far';
}

/** The step size of the run, where it is one. */
function stepSizeOf({ loaded }: Pick<State, 'loaded'>): Facts {
  const h = loaded?.h;
  return h?.kind === 'constant' ? { h: h.value } : {};
}

/** A run between the two step sizes that never rose shows that there is one. Any other shows nothing. */
const calmBetween = ({ rise: at = 0, h = NaN }: Facts): 'yes' | null => (at < 0 && h > 0.02 && h < 0.04 ? 'yes' : null);

export const lesson: Lesson = {
  name: 'over-the-edge',
  title: say.title,
  idea: say.idea,
  minutes: 9,
  next: 'twins',
  paper: { further: say.further, misconceptions: say.misconceptions },
  steps: [
    {
      id: 'calm',
      title: say.calm,
      text: () => say.calmText,
      change: PLAIN,
      opens: 'sharpness',
      spotlight: 'chart',
      waitFor: [{ kind: 'step', at: CALM }],
      measure: (state) => {
        const [loss, h, first] = [lossOf(state, 'A', CALM), hLambdaAt(state, 'A', CALM), hLambdaAt(state, 'A', 0)];
        return loss === null || h === null ? null : { loss, h, ...(first === null ? {} : { first }) };
      },
      reveal: ({ loss, h = NaN, first = NaN }) => [say.soFar(text(loss), written(h)), ...(first < h ? [say.hasGrown(written(first))] : [])],
    },
    {
      id: 'when',
      title: say.when,
      text: () => say.whenText,
      opens: 'samples',
      ask: {
        kind: 'number',
        question: () => say.whenAsk,
        label: say.step,
        least: CALM,
        most: 160,
        within: 15,
        truth: ({ rise: at = -1 }) => (at < 0 ? null : at),
      },
      cover: CALM,
      waitFor: [{ kind: 'end' }],
      measure: rise,
      reveal: ({ rise: at = -1 }) => [at < 0 ? say.neverRose : say.rose(stepText(at))],
    },
    {
      id: 'edge',
      title: say.edge,
      text: () => say.edgeText,
      opens: 'sharpness',
      spotlight: 'dock',
      ask: {
        kind: 'choice',
        question: () => say.edgeAsk,
        options: [
          { id: 'below', words: say.below },
          { id: 'near', words: say.near },
          { id: 'behind', words: say.behind },
          { id: 'far', words: say.far },
        ],
        truth: range,
      },
      cover: 'panels',
      waitFor: [{ kind: 'end' }],
      measure: rise,
      reveal: ({ rise: at = -1, product, top }) => [at < 0 ? say.neverRose : say.wasThen(written(product), written(top))],
    },
    {
      id: 'smaller',
      title: say.smaller,
      text: () => say.smallerText,
      change: `${SORT}&predict=off&h=0.02`,
      opens: 'sharpness',
      ask: { kind: 'choice', question: () => say.smallerAsk, options: YES_NO, truth: ({ rise: at = -1 }) => yesNo(at >= 0) },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: rise,
      reveal: ({ end, top }, { when }) => [say.smallerEnds(text(end), written(top), known(when?.['end']))],
    },
    {
      id: 'theory',
      title: say.theory,
      text: () => say.theoryText,
      change: `${SORT}&predict=gradient-flow,modified-flow,central-flow&h=0.04`,
      opens: 'samples',
      ask: {
        kind: 'choice',
        question: () => say.theoryAsk,
        options: [
          { id: 'gradient', words: say.gradient },
          { id: 'modified', words: say.modified },
          { id: 'central', words: say.central },
        ],
        truth: (facts) => least(facts, FLOWS),
      },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: (state) => {
        const at = Math.max(0, firstRise(state, 'A'));
        const off = FLOWS.flatMap((flow) => distanceOfFlow(state, `${flow}-flow`, 'A', at) ?? []);
        const [gradient, modified, central] = off;
        return gradient === undefined || modified === undefined || central === undefined ? null : { gradient, modified, central };
      },
      reveal: ({ gradient = NaN, modified = NaN, central = NaN }) => [
        say.distances(formatError(gradient), formatError(modified), formatError(central)),
      ],
    },
    {
      id: 'open',
      title: say.open,
      text: () => say.openText,
      change: PLAIN,
      opens: 'setup',
      ask: { kind: 'choice', question: () => say.openAsk, options: YES_NO, truth: calmBetween },
      waitFor: [{ kind: 'own' }],
      measure: (state) => ({ end: lossOf(state, 'A') ?? NaN, rise: firstRise(state, 'A'), ...stepSizeOf(state) }),
      reveal: (facts) => [say.openEnds(text(facts['end']), riseText(facts)), say.openTask],
    },
  ],
};
