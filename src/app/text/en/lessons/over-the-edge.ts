/** Over the edge: sharpness, the product of step size and curvature, and what the central flow still knows. */
import { spoken } from '../../language.ts';

export const say = spoken('lessonOverTheEdge', {
  title: 'Over the edge',
  idea: 'A step size is too large when it is too large for the curve it walks on. One number tells when: step size times sharpness.',

  calm: 'A calm beginning',
  calmText: [
    '{A} learns to sort letters, with a fixed step size of 0.04. So far nothing happens but learning.',
    'The [sharpness|sharpness] says how steeply the valley curves that {A} walks in. Let it train for 40 steps.',
  ],
  soFar: (loss: string, product: string) => `The loss is ${loss}. Step size times sharpness is ${product} now.`,
  hasGrown: (first: string) => `It was ${first} in the beginning, and has grown.`,

  when: 'When does it begin?',
  whenText: [
    'The step size stays at 0.04, and the valley becomes narrower. At some time a step is too long for it. It lands on the other side, higher than it was.',
    'From then on the loss goes up and down.',
  ],
  whenAsk: 'At which step will the loss rise for the first time?',
  step: 'Step',
  rose: (step: string) => `The loss first rose at step ${step}.`,
  neverRose: 'In this run the loss never rose.',

  edge: 'The number behind it',
  edgeText: [
    'Step size times sharpness has no unit: it compares the length of a step with the width of the valley.',
    'The Sharpness panel below the chart will draw it, once you have answered.',
  ],
  edgeAsk: 'How large was step size times sharpness when the loss first rose?',
  below: 'less than 1',
  near: 'between 1 and 2',
  behind: 'between 2 and 4',
  far: 'more than 4',
  wasThen: (product: string, top: string) =>
    `Before the loss first rose the product was last measured as ${product}. The largest value in the run is ${top}. In a valley that is a parabola the edge is 2: a step then lands exactly as high on the other side. Behind it the oscillation still has to grow before one sees it.`,

  smaller: 'Half the step size',
  smallerText: ['The same network once more, with a step size of 0.02, for as many steps.'],
  smallerAsk: 'Will the loss rise within these 160 steps?',
  smallerEnds: (end: string, top: string, other: string | null) =>
    other === null
      ? `It ended at ${end}. Step size times sharpness came to ${top} at most.`
      : `It ended at ${end}, and the larger steps at ${other}. Step size times sharpness came to ${top} at most.`,

  theory: 'What theory still knows',
  theoryText: [
    'Three predictions for the step size of 0.04. [Gradient flow|gradient flow] knows no step size. The [modified flow|modified flow] knows it, and supposes that steps are short. The *central flow* goes through the middle of the oscillation.',
  ],
  theoryAsk: 'Which one will be nearest behind the first rise of the loss?',
  gradient: 'gradient flow',
  modified: 'the modified flow',
  central: 'the central flow',
  distances: (gradient: string, modified: string, central: string) =>
    `Behind it gradient flow was ${gradient} off on average, the modified flow ${modified}, the central flow ${central}.`,

  open: 'Now you',
  openText: ['In the panel below, under Setup, choose another step size and run it to the end.'],
  openAsk: 'Can you find one between 0.02 and 0.04 with which the loss never rises?',
  openEnds: (end: string, rise: string | null) =>
    rise === null ? `Your run ended at ${end}, and the loss never rose.` : `Your run ended at ${end}. The loss first rose at step ${rise}.`,
  openTask: 'An open task: how much can the step size grow before the loss rises within 160 steps?',

  further: [
    'A ball in a bowl: from the height x² a step goes to x − h · 2x. For which h does it land exactly as high on the other side?',
    'The sharpness of that bowl is 2. What is step size times sharpness for the h you found?',
    'The loss goes up and down behind the edge, and still falls on the whole. What would you draw to show the fall alone?',
  ],
  misconceptions: [
    [
      'Past the edge the training is lost.',
      'In a bowl it would be. In a network the oscillation itself leads to flatter places, and the loss goes on falling on the whole.',
    ],
    ['The loss rises because of chance.', 'Nothing here is random: each step uses all words. The same run rises at the same step again.'],
  ] as [string, string][],
});
