/** Samples of texts, and "Try your own". */
import { spoken } from '../../language.ts';

export const say = spoken('textSamples', {
  samples: 'Samples',
  textAndQuestion: 'Text and question',
  right: 'Right',
  now: 'now',
  before: 'before',
  exactOf: (count: string) => `of ${count}`,
  afterTheFusion: (network: string) => `${network}, after the fusion`,
  nothing: 'nothing',
  insteadOf: (right: string) => `(${right})`,
  isRight: ' right',
  tryYourOwn: 'Try your own',
  yourStory: 'Your story',
  yourTextWithGaps: 'Your text, ___ for a gap',
  yourQuestion: 'Your question',
  try: 'Try',
  unknownWords: (words: string) => `The networks know only the words of the little world: they see ${words} as unknown.`,
  unknownSigns: (signs: string) => `The networks have no token for ${signs}, which they see as unknown.`,
  rightWouldBe: (answer: string) => `Right would be: ${answer}. `,
  itIsOneOfThoseItWasTrainedOn: 'It is one of the texts that the networks are trained on.',
  start: 'start',
  end: 'end',
  unknown: 'unknown',
  gap: (number: number) => `gap ${number}:`,
});
