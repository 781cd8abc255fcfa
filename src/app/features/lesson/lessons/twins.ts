/** The symmetry trap of a network that is fused with itself, and three ways out: noise, unequal copies, two sources. */
import { say } from '../../../text/en/lessons/twins.ts';
import { count, formatError } from '../../../text/numbers.ts';
import type { State } from '../../../state/state.ts';
import type { AllFacts, Facts, Lesson } from '../lesson.ts';
import { lossOf, startOfFused } from '../numbers.ts';
import { ending, HEIGHTS, height, known, least, text, YES_NO } from './parts.ts';

const GROW = 60;
const RUN = `&grow=${GROW}&steps=160&predict=off&pace=20`;
const TWINS = `#v=2&preset=self-fusion${RUN}`;
const NOISE = `#v=2&preset=broken-symmetry&baseline=off${RUN}`;
/** Halves nearer than this are equal but for rounding; farther than that they are strangers. */
const EQUAL = 1e-3;
const STRANGERS = 0.5;

const apartText = (apart = NaN): string => (apart < EQUAL ? '0' : formatError(apart));

/** Where the grown network began and has ended, and how far its halves are apart. */
function grown(state: State): Facts | null {
  const [start, end, apart] = [startOfFused(state), lossOf(state, 'M'), state.symmetry?.total];
  return start === null || end === null || apart === undefined ? null : { start: start.fused, end, apart };
}

function place({ apart }: Facts): string | null {
  if (apart === undefined) return null;
  if (apart < EQUAL) return 'equal';
  return apart < STRANGERS ? 'somewhat' : 'far';
}

function lowest({ end }: Facts, { gain, noise, unequal }: AllFacts): string | null {
  const ends = { twins: gain?.['end'], noise: noise?.['end'], unequal: unequal?.['end'], two: end };
  return least(Object.fromEntries(Object.entries(ends).map(([name, value]) => [name, value ?? NaN])), ['twins', 'noise', 'unequal', 'two']);
}

export const lesson: Lesson = {
  name: 'twins',
  title: say.title,
  idea: say.idea,
  minutes: 10,
  next: 'does-it-pay',
  paper: { further: say.further, misconceptions: say.misconceptions },
  steps: [
    {
      id: 'copy',
      title: say.copy,
      text: () => say.copyText,
      change: TWINS,
      spotlight: 'chart',
      ask: { kind: 'choice', question: () => say.copyAsk, options: HEIGHTS, truth: ({ a, fused }) => height(fused, a) },
      cover: GROW,
      waitFor: [{ kind: 'growth' }],
      measure: (state) => {
        const start = startOfFused(state);
        const { parameters } = state.growth ?? {};
        return start && parameters
          ? { a: start.a, fused: start.fused, small: parameters.sources[0] ?? NaN, large: parameters.target }
          : null;
      },
      reveal: ({ a, fused, small = NaN, large = NaN }) => [say.copied(text(a), text(fused), count(small), count(large))],
    },
    {
      id: 'gain',
      title: say.gain,
      text: () => say.gainText,
      ask: {
        kind: 'choice',
        question: () => say.gainAsk,
        options: [
          { id: 'nothing', words: say.nothing },
          { id: 'little', words: say.little },
          { id: 'much', words: say.much },
        ],
        truth: ({ end = NaN, alone = NaN }) => (alone - end < 0.02 ? 'nothing' : alone - end < 0.3 ? 'little' : 'much'),
      },
      cover: GROW,
      waitFor: [{ kind: 'growth' }, { kind: 'end' }],
      measure: (state) => {
        const [end, alone] = [lossOf(state, 'M'), lossOf(state, 'alone')];
        return end === null || alone === null ? null : { end, alone };
      },
      reveal: ({ end, alone }) => [say.gained(text(end), text(alone))],
    },
    {
      id: 'halves',
      title: say.halves,
      text: () => say.halvesText,
      opens: 'growth',
      spotlight: 'dock',
      ask: {
        kind: 'choice',
        question: () => say.halvesAsk,
        options: [
          { id: 'equal', words: say.equal },
          { id: 'somewhat', words: say.somewhat },
          { id: 'far', words: say.far },
        ],
        truth: place,
      },
      cover: 'panels',
      waitFor: [{ kind: 'growth' }, { kind: 'end' }],
      measure: grown,
      reveal: (facts) => [say.apart(apartText(facts['apart'])), place(facts) === 'equal' ? say.trap : say.noTrap],
    },
    {
      id: 'noise',
      title: say.noise,
      text: () => say.noiseText,
      change: NOISE,
      opens: 'growth',
      ask: { kind: 'choice', question: () => say.noiseAsk, options: HEIGHTS, truth: ({ end }, { gain }) => height(end, gain?.['end']) },
      cover: GROW,
      waitFor: [{ kind: 'end' }],
      measure: grown,
      reveal: ({ start, end, apart }, { gain }) => [say.noisy(text(start), text(end), known(gain?.['end']), apartText(apart))],
    },
    {
      id: 'unequal',
      title: say.unequal,
      text: () => say.unequalText,
      change: `${TWINS}&baseline=off&diagonal=0.3`,
      opens: 'growth',
      ask: { kind: 'choice', question: () => say.unequalAsk, options: HEIGHTS, truth: ({ end }, { noise }) => height(end, noise?.['end']) },
      cover: GROW,
      waitFor: [{ kind: 'end' }],
      measure: grown,
      reveal: ({ start, end, apart }, { noise }) => [say.unequalEnds(text(start), text(end), known(noise?.['end']), apartText(apart))],
    },
    {
      id: 'two',
      title: say.two,
      text: () => say.twoText,
      change: `#v=2&preset=first-fusion${RUN}`,
      ask: {
        kind: 'choice',
        question: () => say.twoAsk,
        options: [
          { id: 'twins', words: say.ofTwins },
          { id: 'noise', words: say.ofNoise },
          { id: 'unequal', words: say.ofUnequal },
          { id: 'two', words: say.ofTwo },
        ],
        truth: lowest,
      },
      cover: GROW,
      waitFor: [{ kind: 'end' }],
      measure: (state) => ending(state, 'M'),
      reveal: ({ end }) => [say.twoEnds(text(end)), say.paidTwice],
    },
    {
      id: 'open',
      title: say.open,
      text: () => say.openText,
      change: NOISE,
      opens: 'growth',
      ask: {
        kind: 'choice',
        question: () => say.openAsk,
        options: YES_NO,
        truth: () => null,
      },
      waitFor: [{ kind: 'own' }],
      measure: (state) => ({ end: lossOf(state, 'M') ?? NaN }),
      reveal: ({ end }, { noise }) => [say.openEnds(text(end), known(noise?.['end'])), say.openTask],
    },
  ],
};
