/** Read, then answer: what reading with gaps brings to questions that come later. */
import { spoken } from '../../language.ts';

export const say = spoken('lessonReadThenAnswer', {
  title: 'Read, then answer',
  idea: 'A network that has read many stories learns from few examples to answer questions on them. Reading alone answers none.',

  alone: 'Without reading',
  aloneText: [
    '{A} gets little stories, and is asked who has what. It has 200 examples to learn from. It is then asked about stories that it has never seen.',
    'One of eight names is right: whoever guesses is right in 12.5 % of the questions.',
  ],
  aloneAsk: 'After 150 steps with these examples, how many of the new questions in a hundred does it answer?',
  percent: 'Percent right',
  aloneEnds: (exact: string) => `It answered ${exact} of the questions on new stories.`,

  read: 'Reading',
  readText: [
    'Now {A} begins anew. It reads first: stories with gaps in them, and it learns to fill the gaps. Nobody asks it anything. This takes 800 steps, the longest run of this lesson.',
    'How training goes on from there is the next step.',
  ],
  readAsk: 'At the end of the reading, does it answer any question?',
  readEnds: (loss: string, exact: string) =>
    `Reading brought the loss on gaps to ${loss}. Of the questions it answers ${exact}: it has not been told yet what a question is.`,

  learn: 'And then answer',
  learnText: (exact: string | null) => [
    'Now it learns from the same 200 examples, for 150 steps.',
    exact === null ? 'The network that had not read learnt from the same.' : `The network that had not read came to ${exact}.`,
  ],
  learnAsk: 'How many new questions in a hundred does it answer now?',
  learnEnds: (exact: string) => `Having read, it answers ${exact} of the new questions.`,

  more: 'Or more examples?',
  moreText: (exact: string | null) => [
    'Examples with an answer are dear: somebody has to write them. Here is a network that has read nothing, and learns from 800 of them, four times as many.',
    exact === null ? 'It also makes 150 steps.' : `The one that has read learnt from 200, and came to ${exact}.`,
  ],
  moreAsk: 'Will four times the examples come to as much as the reading?',
  moreEnds: (exact: string, read: string | null) =>
    read === null
      ? `With 800 examples and no reading it answers ${exact}.`
      : `With 800 examples and no reading it answers ${exact}, with reading and 200 examples ${read}.`,

  open: 'Now you',
  openText: [
    'Without reading, 200 examples. In the panel below, under Setup, change what you like (the size of the network, its seed, the number of steps) and run it.',
  ],
  openAsk: 'Will yours come to as much as the one that has read?',
  openEnds: (exact: string, read: string | null) =>
    read === null ? `Yours answers ${exact}.` : `Yours answers ${exact}, the one that has read ${read}.`,
  openTask: 'An open task: open the preset Read, then answer. Two networks read there, are fused, and read on.',

  further: [
    'Fill the gap: "Tom has the red ____." What must one know to fill it? Which of it helps with the question "who has the red ball?"',
    'A network is right in 50 % of the questions, and one of eight names is right. Is that more than guessing?',
    'Why is it asked about stories that it has never seen?',
  ],
  misconceptions: [
    ['A network that has read a lot can answer.', 'It can fill gaps. What a question is it learns from examples, of which it needs few.'],
    ['More examples are always the better way.', 'They cost the work of people. Text without answers is cheap, and may bring more.'],
  ] as [string, string][],
});
