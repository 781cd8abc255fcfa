/**
 * Ten presets, their plans shortened so that a run takes seconds: between them every optimizer state, kind of plan,
 * baseline and prediction that the presets have.
 */
export interface ShortPreset {
  readonly name: string;
  /** The settings in which it is not the preset. */
  readonly settings: string;
}

/**
 * A run without disturbance takes seconds; at these paces the lives of ten of them are about as long as one run, so
 * that the kills fall all along it. One waits at its growth for what is predicted, as presets do; the others do not.
 */
export const SHORT_PRESETS: readonly ShortPreset[] = [
  { name: 'first-fusion', settings: 'examples=16&probe=16&grow=30&steps=70&pace=6' },
  { name: 'see-the-theory', settings: 'examples=16&probe=16&steps=70&pace=6&wait=0' },
  { name: 'edge', settings: 'examples=16&probe=16&grow=12&steps=26&pace=2&predict=modified-flow,central-flow&wait=0' },
  { name: 'self-fusion', settings: 'examples=16&probe=16&grow=30&steps=70&pace=6&wait=0' },
  { name: 'broken-symmetry', settings: 'examples=16&probe=16&grow=30&steps=70&pace=6&predict=modified-flow&wait=0' },
  {
    name: 'four-to-one',
    settings: 'examples=16&probe=16&plan=A:15,B:15,C:15,D:15,A+B>M:15,C+D>N:15,M+N>L:20&pace=4&predict=modified-flow&wait=0',
  },
  { name: 'fusing-wins', settings: 'examples=128&probe=32&batch=16&grow=60&steps=120&pace=8' },
  { name: 'fusing-fast', settings: 'examples=128&probe=32&batch=16&d=16&ff=32&dkv=8&grow=60&steps=120&pace=8' },
  {
    name: 'read-then-answer',
    settings: 'examples=128&probe=16&batch=8&d=16&ff=32&dkv=8&layers=1&plan=A:25,B:25,A+B>M:20,M:20(task=who,examples=32,h=0.001)&pace=5',
  },
  { name: 'which-first', settings: 'examples=128&probe=16&batch=8&d=16&ff=32&dkv=8&plan=A:35,A:35(task=ok),B:35(task=ok),B:35&pace=6' },
];

export const linkOf = ({ name, settings }: ShortPreset): string => `#v=2&preset=${name}&${settings}&adapter=wasm`;
