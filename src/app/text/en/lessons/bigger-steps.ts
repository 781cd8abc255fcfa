/** Bigger steps: a larger step size is the same curve run faster only for a while. */
import { spoken } from '../../language.ts';

export const say = spoken('lessonBiggerSteps', {
  title: 'Bigger steps',
  idea: 'A larger step size looks like the same curve run faster. You find out how far that holds, and what theory adds.',

  slow: 'Small steps',
  slowText: [
    '{A} learns to sort letters. At each step every weight moves a little downhill. How far it moves is the *step size*, here 0.02.',
    'Let it train for 120 steps.',
  ],
  endedAt: (end: string) => `{A} has come to a loss of ${end}. It went 120 × 0.02 = 2.4: call that its *time*.`,

  double: 'Twice as large',
  doubleText: ['Now the step size is 0.04, twice as large, and {A} makes 60 steps, half as many. The time is the same: 60 × 0.04 = 2.4.'],
  howEnds: (end: string | null) =>
    end === null ? 'Where will it end, compared with the small steps?' : `The small steps ended at ${end}. Where will the large ones end?`,
  bothEnds: (end: string, before: string) => `With steps of 0.04 it ended at ${end}, with steps of 0.02 at ${before}.`,
  nearlySame: 'They lie on one another: here the larger step is the same curve, run faster.',
  notSame: 'The same time, and not the same loss.',

  draw: 'Draw it',
  drawText: [
    'Twice as large once more: 0.08, and 60 steps. Draw the curve that you expect.',
    'Theory draws two curves of its own. [Gradient flow|gradient flow] is what training would be with endlessly small steps. The [modified flow|modified flow] knows how large the steps are.',
  ],
  drawAsk: 'How will the loss go with a step size of 0.08?',
  endsAt: (end: string, rise: string | null) =>
    rise === null
      ? `It ended at ${end}, and the loss never rose on its way.`
      : `It ended at ${end}. At step ${rise} the loss rose for the first time.`,

  nearer: 'Which theory is nearer?',
  nearerText: ['Pronouncing words begins steeper than sorting letters. {A} learns that now, with large steps, for 40 steps.'],
  nearerAsk: 'Which dashed curve will lie nearer to the measured one?',
  gradient: 'gradient flow, which does not know the step size',
  modified: 'the modified flow, which does',
  distances: (gradient: string, modified: string) => `On average gradient flow was ${gradient} off, and the modified flow ${modified}.`,

  open: 'Now you',
  openText: [
    'With 0.02 and 120 steps {A} begins again. In the panel below, under Setup, choose another step size and run it.',
    'Is there one at which more than the speed changes?',
  ],
  openAsk: 'Can the loss rise when each step goes downhill?',
  openEnds: (end: string, rise: string | null) =>
    rise === null ? `Your run ended at ${end}, and its loss never rose.` : `Your run ended at ${end}. Its loss first rose at step ${rise}.`,
  drawnRose: (step: string) => `With a step size of 0.08 it first rose at step ${step}.`,
  openTask: 'An open task: find the largest step size with which the loss never rises in 120 steps.',

  further: [
    'Two runs have the same time if steps × step size is the same. How many steps of 0.05 have the time of 120 steps of 0.02?',
    'A step goes straight ahead along the slope where it begins. Draw a valley and a step that is too long for it.',
    'The modified flow adds a term that grows with the step size. What becomes of it when the step size goes to zero?',
  ],
  misconceptions: [
    [
      'A larger step size always learns faster.',
      'It does while steps stay short beside the width of the valley. Beyond that the loss rises, or the training diverges.',
    ],
    ['Going downhill means that the loss falls.', 'It falls for a step that is short enough. A long one may come up on the other side.'],
  ] as [string, string][],
});
