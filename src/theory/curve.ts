/** A loss along the experiment's steps: `losses[i]` belongs to `steps[i]`; steps are ascending whole numbers. */
export interface Curve {
  readonly steps: ArrayLike<number>;
  readonly losses: ArrayLike<number>;
}

export interface Pair {
  readonly step: number;
  readonly first: number;
  readonly second: number;
}

/** The steps that two curves share, in order. */
export function* sharedSteps(first: Curve, second: Curve): Generator<Pair> {
  let j = 0;
  for (let i = 0; i < first.steps.length; i++) {
    const step = first.steps[i]!;
    while (j < second.steps.length && second.steps[j]! < step) j++;
    if (j >= second.steps.length) return;
    if (second.steps[j] === step) yield { step, first: first.losses[i]!, second: second.losses[j]! };
  }
}
