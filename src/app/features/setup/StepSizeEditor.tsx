/** The step size of a stage: constant, or held to the sharpness where that says how long a step may be. */
import { say } from '../../text/en/setup/editors.ts';
import { OPTIMIZER_WORDS } from '../../../experiment/describe.ts';
import type { Experiment, StepSize } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { optimizerRow } from '../../../experiment/declared/optimizers.ts';
import { Choice, NumberField } from '../../ui/fields/fields.tsx';
import { figures } from '../../text/numbers.ts';
import ui from '../../ui/ui.module.css';

/** The meaning of a held sharpness under this optimizer; null where that is not known. */
function heldWords({ optimizer, beta1, v }: Experiment): string | null {
  const { held } = optimizerRow(optimizer);
  if ('instead' in held) return v === 1 ? say.cWithTheSharpnessOfThe(OPTIMIZER_WORDS[optimizer]) : null;
  const edge = optimizer === 'momentum' ? say.momentumIsStableUpToC(figures(held.edge({ beta1 }), 3)) : '';
  return say.cShorterStepsWhereTheLoss(edge);
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
          { value: 'constant', title: say.constant },
          ...(held === null ? [] : [{ value: 'edge' as const, title: say.asLongAsTheCurveAllows, note: held }]),
          ...(value.kind === 'table'
            ? [
                {
                  value: 'table' as const,
                  title: say.aTableOf(value.table.length),
                  note: value.table
                    .map(([step, size]) => `${step}: ${figures(size, 3)}`)
                    .slice(0, 4)
                    .join(', '),
                },
              ]
            : []),
        ]}
      />
      {held === null ? <p className={ui.note}>{say.howLongAStepOfMay(OPTIMIZER_WORDS[experiment.optimizer])}</p> : null}
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
          label={say.cStepsLongerThan2Overshoot}
          value={value.edge}
          {...LIMITS.edge}
          onChange={(edge) => onChange({ kind: 'edge', edge })}
        />
      ) : null}
    </>
  );
}
