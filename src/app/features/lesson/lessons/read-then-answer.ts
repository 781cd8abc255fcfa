/** Pretraining by filling gaps, then learning from a few questions: what transfers. */
import { say } from '../../../text/en/lessons/read-then-answer.ts';
import { percent } from '../../../text/numbers.ts';
import type { State } from '../../../state/state.ts';
import type { Facts, Lesson } from '../lesson.ts';
import { lossBefore } from '../numbers.ts';
import { text, YES_NO, yesNo } from './parts.ts';

const link = (plan: string): string => `#v=2&preset=read-then-answer&baseline=off&pace=max&plan=${plan}`;
const READ = 800;
const LEARN = 150;
const answers = (examples: number): string => `A:${LEARN}(task=who,examples=${examples},h=0.001)`;
const UNREAD = link(answers(200));
/** Shares that differ by less are level. */
const LEVEL = 0.03;

/** Share of the questions on new stories that A answered rightly when it was last asked, up to a step. */
function exactOf({ metrics }: Pick<State, 'metrics'>, until = Infinity): number | null {
  const own = metrics.filter(
    ({ model, task, split, name, step }) =>
      model === 'A' && task === 'who' && split === 'validation' && name === 'exact match' && step <= until,
  );
  return own.at(-1)?.value ?? null;
}

/** The measurements at the end of the run. */
function atEnd(state: State): Facts | null {
  const exact = exactOf(state);
  return exact === null ? null : { exact };
}

const share = (value: number | undefined): string => (value === undefined ? '–' : percent(value));
const knownShare = (value: number | undefined): string | null => (value === undefined ? null : percent(value));
/** As the reader says it. */
const inHundred = ({ exact }: Facts): number | null => (exact === undefined ? null : Math.round(exact * 100));
const comesTo = ({ exact = NaN }: Facts, read: Facts | undefined): string | null =>
  read?.['exact'] === undefined || !Number.isFinite(exact) ? null : yesNo(exact > read['exact'] - LEVEL);

export const lesson: Lesson = {
  name: 'read-then-answer',
  title: say.title,
  idea: say.idea,
  minutes: 8,
  next: null,
  paper: { further: say.further, misconceptions: say.misconceptions },
  steps: [
    {
      id: 'alone',
      title: say.alone,
      text: () => say.aloneText,
      change: UNREAD,
      spotlight: 'chart',
      ask: {
        kind: 'number',
        question: () => say.aloneAsk,
        label: say.percent,
        least: 0,
        most: 100,
        within: 10,
        truth: inHundred,
      },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: atEnd,
      reveal: ({ exact }) => [say.aloneEnds(share(exact))],
    },
    {
      id: 'read',
      title: say.read,
      text: () => say.readText,
      change: link(`A:${READ},${answers(200)}`),
      ask: {
        kind: 'choice',
        question: () => say.readAsk,
        options: YES_NO,
        truth: ({ exact = NaN }) => (exact > LEVEL ? 'yes' : exact >= 0 ? 'no' : null),
      },
      cover: 0,
      waitFor: [{ kind: 'step', at: READ }],
      measure: (state) => {
        const [loss, exact] = [lossBefore(state, 'A', READ), exactOf(state, READ)];
        return loss === null || exact === null ? null : { loss, exact };
      },
      reveal: ({ loss, exact }) => [say.readEnds(text(loss), share(exact))],
    },
    {
      id: 'learn',
      title: say.learn,
      text: ({ alone }) => say.learnText(knownShare(alone?.['exact'])),
      ask: { kind: 'number', question: () => say.learnAsk, label: say.percent, least: 0, most: 100, within: 10, truth: inHundred },
      cover: READ,
      waitFor: [{ kind: 'end' }],
      measure: atEnd,
      reveal: ({ exact }) => [say.learnEnds(share(exact))],
    },
    {
      id: 'more',
      title: say.more,
      text: ({ learn }) => say.moreText(knownShare(learn?.['exact'])),
      change: link(answers(800)),
      ask: { kind: 'choice', question: () => say.moreAsk, options: YES_NO, truth: (facts, { learn }) => comesTo(facts, learn) },
      cover: 0,
      waitFor: [{ kind: 'end' }],
      measure: atEnd,
      reveal: ({ exact }, { learn }) => [say.moreEnds(share(exact), knownShare(learn?.['exact']))],
    },
    {
      id: 'open',
      title: say.open,
      text: () => say.openText,
      change: UNREAD,
      opens: 'setup',
      ask: { kind: 'choice', question: () => say.openAsk, options: YES_NO, truth: (facts, { learn }) => comesTo(facts, learn) },
      waitFor: [{ kind: 'own' }],
      measure: atEnd,
      reveal: ({ exact }, { learn }) => [say.openEnds(share(exact), knownShare(learn?.['exact'])), say.openTask],
    },
  ],
};
