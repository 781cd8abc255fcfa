/** What the steps of the lessons found, each in a run of its own link. Written by `npm run record-lessons`; do not edit by hand. */
import type { Recorded } from './recorded.ts';

export const RECORDED: Readonly<Record<string, Recorded>> = {
  'two-become-one': {
    links: [
      '#v=2&preset=first-fusion&predict=off&pace=12&grow=60',
      '#v=2&preset=first-fusion&predict=off&pace=12&grow=60&norm=grouped',
      '#v=2&preset=first-fusion&predict=off&pace=12',
    ],
    facts: {
      beginners: {
        a: 2.6275665760040283,
        b: 2.5212948322296143,
      },
      moment: {
        a: 2.6275665760040283,
        b: 2.5212948322296143,
        fused: 2.578824758529663,
        average: 2.401294947775087,
        gap: 0.1775298107545762,
        at: 60,
        first: 4.8811235427856445,
      },
      gap: {
        shared: 0.1775298107545762,
        grouped: -1.1045546699506303e-9,
        end: 1.2751481533050537,
      },
      'own-norms': {
        a: 2.6275665760040283,
        b: 2.5212948322296143,
        fused: 2.4012949466705322,
        average: 2.401294947775087,
        gap: -1.1045546699506303e-9,
        at: 60,
        first: 4.8811235427856445,
      },
      start: {
        end: 1.520976185798645,
      },
      open: {
        at: 100,
        gap: 0.22626193731501631,
        otherAt: 50,
        otherGap: 0.1616464178170558,
      },
    },
  },
  'bigger-steps': {
    links: [
      '#v=2&preset=see-the-theory&pace=20&predict=off&h=0.02&steps=120',
      '#v=2&preset=see-the-theory&pace=20&predict=off&h=0.04&steps=60',
      '#v=2&preset=see-the-theory&pace=20&predict=gradient-flow,modified-flow&h=0.08&steps=60',
      '#v=2&preset=see-the-theory&task=pronounce&seed=19&edge=1&steps=40&pace=20',
    ],
    facts: {
      slow: {
        end: 0.8411600589752197,
      },
      double: {
        end: 0.8457664251327515,
      },
      draw: {
        end: 0.6302706599235535,
        rise: 42,
        you: 0.38838098381386427,
        gradient: 0.05531333655607505,
        modified: 0.03619637841083964,
      },
      nearer: {
        gradient: 0.052133385728045205,
        modified: 0.008163016016890363,
      },
      open: {
        end: 0.9535526633262634,
        rise: -1,
      },
    },
  },
  'over-the-edge': {
    links: [
      '#v=2&preset=see-the-theory&steps=160&pace=20&predict=off&h=0.04',
      '#v=2&preset=see-the-theory&steps=160&pace=20&predict=off&h=0.02',
      '#v=2&preset=see-the-theory&steps=160&pace=20&predict=gradient-flow,modified-flow,central-flow&h=0.04',
    ],
    facts: {
      calm: {
        loss: 1.0418024063110352,
        h: 0.9788294434547424,
        first: 0.3435087203979492,
      },
      when: {
        end: 0.4250905513763428,
        rise: 108,
        top: 4.147074222564697,
        product: 2.89153790473938,
      },
      edge: {
        end: 0.4250905513763428,
        rise: 108,
        top: 4.147074222564697,
        product: 2.89153790473938,
      },
      smaller: {
        end: 0.7013151049613953,
        rise: -1,
        top: 0.9541681408882141,
      },
      theory: {
        gradient: 0.06504241587980739,
        modified: 0.05473394832521115,
        central: 0.021508242161768786,
      },
      open: {
        end: 0.3696106970310211,
        rise: 93,
        h: 0.04,
      },
    },
  },
  twins: {
    links: [
      '#v=2&preset=self-fusion&grow=60&steps=160&predict=off&pace=20',
      '#v=2&preset=broken-symmetry&baseline=off&grow=60&steps=160&predict=off&pace=20',
      '#v=2&preset=self-fusion&grow=60&steps=160&predict=off&pace=20&baseline=off&diagonal=0.3',
      '#v=2&preset=first-fusion&grow=60&steps=160&predict=off&pace=20',
    ],
    facts: {
      copy: {
        a: 2.5448665618896484,
        fused: 2.5448665618896484,
        small: 8560,
        large: 29408,
      },
      gain: {
        end: 1.932729959487915,
        alone: 2.0332999229431152,
      },
      halves: {
        start: 2.5448665618896484,
        end: 1.932729959487915,
        apart: 3.0773876410599944e-8,
      },
      noise: {
        start: 2.8083531856536865,
        end: 1.8939658403396606,
        apart: 0.19401943764755714,
      },
      unequal: {
        start: 2.792184352874756,
        end: 1.6515930891036987,
        apart: 0.19455597732901667,
      },
      two: {
        end: 1.3774762153625488,
      },
      open: {
        end: 1.485931634902954,
      },
    },
  },
  'does-it-pay': {
    links: [
      '#v=2&preset=first-fusion&steps=160&baseline=scratch,alone,ensemble&predict=off&pace=20&grow=60',
      '#v=2&preset=first-fusion&steps=160&baseline=scratch,alone,ensemble&predict=off&pace=20&grow=20',
    ],
    facts: {
      race: {
        fused: 1.3774762153625488,
        scratch: 0.42459890246391296,
        alone: 2.110629081726074,
        together: 1.8402080535888672,
      },
      cost: {
        loss: 2.12,
        fused: 3647193216,
        path: 2456933376,
        scratch: 1970381056,
        scratchPath: 1970381056,
        alone: 3154188576,
        together: 4165909440,
      },
      path: {
        loss: 2.12,
        fused: 3647193216,
        path: 2456933376,
        scratch: 1970381056,
        scratchPath: 1970381056,
        alone: 3154188576,
        together: 4165909440,
      },
      short: {
        loss: 2.1,
        fused: 2693516864,
        path: 2296763584,
        scratch: 1970381056,
        scratchPath: 1970381056,
        alone: 3154188576,
        together: 4165909440,
      },
      open: {
        loss: 1.63,
        fused: 3928676224,
        path: 2738416384,
        scratch: 3659279104,
        scratchPath: 3659279104,
        alone: 3154188576,
        together: 3769156160,
      },
    },
  },
  'when-to-grow': {
    links: [
      '#v=2&preset=first-fusion&steps=120&predict=off&pace=20&grow=30&edge2=0.6',
      '#v=2&preset=first-fusion&steps=120&predict=off&pace=20&grow=30&edge2=1.6',
      '#v=2&preset=first-fusion&steps=120&predict=off&pace=20&grow=80&edge2=0.6',
      '#v=2&preset=first-fusion&steps=120&predict=off&pace=20&grow=80&edge2=1.6',
    ],
    facts: {
      mark: {
        end: 1.8048008680343628,
        time: 8.876845560967922,
      },
      larger: {
        end: 1.213210940361023,
        time: 11.010454967617989,
      },
      late: {
        end: 2.0244266986846924,
        time: 9.038942400366068,
      },
      last: {
        end: 1.6760306358337402,
        time: 10.17163322865963,
      },
      rank: {},
      open: {
        end: 1.04426908493042,
        before: 1.213210940361023,
        at: 15,
      },
    },
  },
  'read-then-answer': {
    links: [
      '#v=2&preset=read-then-answer&baseline=off&pace=max&plan=A:150(task=who,examples=200,h=0.001)',
      '#v=2&preset=read-then-answer&baseline=off&pace=max&plan=A:800,A:150(task=who,examples=200,h=0.001)',
      '#v=2&preset=read-then-answer&baseline=off&pace=max&plan=A:150(task=who,examples=800,h=0.001)',
    ],
    facts: {
      alone: {
        exact: 0.57421875,
      },
      read: {
        loss: 0.5470545411109924,
        exact: 0,
      },
      learn: {
        exact: 0.70703125,
      },
      more: {
        exact: 0.609375,
      },
      open: {
        exact: 0.60546875,
      },
    },
  },
};
