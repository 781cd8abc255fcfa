/** The step size of a stage: constant, or held to the sharpness where that says how long a step may be. */
import { OPTIMIZER_WORDS } from '../../../experiment/describe.ts';
import type { Experiment, StepSize } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { optimizerRow } from '../../../experiment/optimizers.ts';
import { Choice, NumberField } from '../../ui/fields.tsx';
import ui from '../../ui/ui.module.css';

/** What it means to hold the sharpness under this optimizer; null where that is not known. */
function heldWords({ optimizer, beta1, v }: Experiment): string | null {
  const { held } = optimizerRow(optimizer);
  if ('instead' in held)
    return v === 1
      ? `c / λ with the sharpness λ of the loss, as links of version 1 have it. That does not say how long a step of ${OPTIMIZER_WORDS[optimizer]} may be.`
      : null;
  const edge = optimizer === 'momentum' ? ` Momentum is stable up to c = 2 (1 + β) = ${Number(held.edge({ beta1 }).toPrecision(3))}.` : '';
  return `c / λ: shorter steps where the loss bends more. The sharpness λ is measured again every 10 steps.${edge}`;
}

/** Constant or held to the sharpness; a table (from a link) is kept until something else is chosen. */
export function StepSizeEditor({
  experiment,
  value,
  label,
  onChange,
}: {
  readonly experiment: Experiment;
  readonly value: StepSize;
  readonly label: string;
  readonly onChange: (value: StepSize) => void;
}) {
  const held = heldWords(experiment);
  return (
    <>
      <Choice<StepSize['kind']>
        label={label}
        value={value.kind}
        onChange={(kind) => {
          if (kind === 'constant') onChange({ kind, value: 0.1 });
          if (kind === 'edge') onChange({ kind, edge: 1.2 });
        }}
        options={[
          { value: 'constant', title: 'Constant' },
          ...(held === null ? [] : [{ value: 'edge' as const, title: 'As long as the curve allows', note: held }]),
          ...(value.kind === 'table'
            ? [
                {
                  value: 'table' as const,
                  title: `A table of ${value.table.length}`,
                  note: value.table
                    .map(([step, size]) => `${step}: ${Number(size.toPrecision(3))}`)
                    .slice(0, 4)
                    .join(', '),
                },
              ]
            : []),
        ]}
      />
      {held === null ? (
        <p className={ui.note}>
          How long a step of {OPTIMIZER_WORDS[experiment.optimizer]} may be is not for the sharpness λ to say: it divides by what it
          remembers of the gradients.
        </p>
      ) : null}
      {value.kind === 'constant' ? (
        <NumberField
          label={label}
          hideLabel
          value={value.value}
          {...LIMITS.stepSize}
          onChange={(size) => onChange({ kind: 'constant', value: size })}
        />
      ) : null}
      {value.kind === 'edge' ? (
        <NumberField
          label="c (steps longer than 2 / λ overshoot)"
          value={value.edge}
          {...LIMITS.edge}
          onChange={(edge) => onChange({ kind: 'edge', edge })}
        />
      ) : null}
    </>
  );
}
