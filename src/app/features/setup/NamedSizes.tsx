/**
 * Sizes of a network by name, each with its weights, and how long a step of one and of the fused network takes on this
 * device.
 */
import { countParameters, memoryEstimate, stepFlops, addedFlops, batchSize, TYPICAL_SHAPE } from '../../../experiment/cost/cost.ts';
import { nameOfSize, SIZE_NAMES, SIZE_ROWS } from '../../../experiment/declared/sizes.ts';
import { taskRow } from '../../../experiment/declared/tasks.ts';
import type { Experiment, ModelSize } from '../../../experiment/experiment.ts';
import { MEMORY_LIMIT } from '../../../experiment/limits.ts';
import { planOf } from '../../../experiment/plan/plan.ts';
import { modelSizes } from '../../../experiment/plan/plan-size.ts';
import { edit } from '../../state/control/run-control.ts';
import { isSizeLocked } from '../../state/derived/locked.ts';
import { useStore } from '../../state/store.ts';
import { say } from '../../text/en/setup/editors.ts';
import { count, figures, fixed } from '../../text/numbers.ts';
import { Choice, type Option } from '../../ui/fields/fields.tsx';

const OWN = 'own';
const GIGABYTE = 1024 ** 3;

/** `2.5`, `34`, `1,200`: milliseconds, or parts of one. */
export const milliseconds = (seconds: number): string => {
  const value = 1000 * seconds;
  return value < 10 ? figures(value, 2) : count(Number(value.toPrecision(2)));
};

/** A note on a size in this experiment. @param rate operations a second; null before the device is known */
export function sizeNote(experiment: Experiment, model: ModelSize, rate: number | null): string {
  const sized = { ...experiment, model };
  const bytes = memoryEstimate(sized);
  const shape = { ...TYPICAL_SHAPE, ...taskRow(experiment.task).shape(experiment.examples, experiment) };
  const weights = say.weights(count(countParameters(model, shape)));
  if (bytes > MEMORY_LIMIT) return say.needsMoreMemory(weights, fixed(bytes / GIGABYTE, 1), fixed(MEMORY_LIMIT / GIGABYTE, 0));
  if (rate === null) return weights;
  const seconds = (size: ModelSize): number => stepFlops(size, shape, batchSize(sized), sized.optimizer, addedFlops(sized)) / rate;
  const last = [...modelSizes(sized, planOf(sized)).values()].at(-1) ?? model;
  return say.aStepTakes(weights, milliseconds(seconds(model)), last === model ? null : milliseconds(seconds(last)));
}

export function NamedSizes({ experiment }: { readonly experiment: Experiment }) {
  const rate = useStore((s) => s.flopsPerSecond);
  const named = nameOfSize(experiment.model);
  // A name stands for all sizes: where one of them is held fast, no other name can be had.
  const locked = useStore((s) => Object.keys(s.experiment.model).some((size) => isSizeLocked(s, size as keyof ModelSize)));
  const options: Option<string>[] = SIZE_NAMES.map((name) => ({
    value: name,
    title: name,
    note: sizeNote(experiment, SIZE_ROWS[name], rate),
    disabled: name !== named && (locked || memoryEstimate({ ...experiment, model: SIZE_ROWS[name] }) > MEMORY_LIMIT),
  }));
  if (named === null) options.unshift({ value: OWN, title: say.ownNumbers, note: sizeNote(experiment, experiment.model, rate) });
  return (
    <Choice
      label={say.size}
      value={named ?? OWN}
      options={options}
      onChange={(value) => {
        const name = SIZE_NAMES.find((each) => each === value);
        if (name) edit({ model: SIZE_ROWS[name] });
      }}
    />
  );
}
