/**
 * Ten presets, their plans shortened so that a run takes seconds: between them every optimizer state, kind of plan,
 * baseline and prediction that the presets have.
 */
export interface ShortPreset {
  readonly name: string;
  /** The settings in which it is not the preset. */
  readonly settings: string;
}

/** At a pace, so that ten lives of a few seconds are not enough for one run; some as fast as it goes. */
export const SHORT_PRESETS: readonly ShortPreset[] = [
  { name: 'first-fusion', settings: 'grow=60&steps=140&pace=6' },
  { name: 'see-the-theory', settings: 'steps=120&pace=5' },
  { name: 'edge', settings: 'grow=40&steps=80&pace=4&predict=modified-flow,central-flow' },
  { name: 'self-fusion', settings: 'grow=60&steps=140&pace=6' },
  { name: 'broken-symmetry', settings: 'grow=60&steps=140&pace=6&predict=modified-flow' },
  { name: 'four-to-one', settings: 'plan=A:30,B:30,C:30,D:30,A+B>M:40,C+D>N:40,M+N>L:60&pace=6' },
  { name: 'fusing-wins', settings: 'examples=500&grow=600&steps=1000&pace=max' },
  { name: 'fusing-fast', settings: 'examples=1024&grow=120&steps=240&pace=max' },
  { name: 'read-then-answer', settings: 'examples=1000&plan=A:60,B:60,A+B>M:50,M:40(task=who,examples=100,h=0.001)&pace=6' },
  { name: 'which-first', settings: 'examples=500&plan=A:60,A:60(task=ok),B:60(task=ok),B:60&pace=6' },
];

export const linkOf = ({ name, settings }: ShortPreset): string => `#v=2&preset=${name}&${settings}&adapter=wasm`;
