/** Which flows are drawn beside the run, and from where. */
import { type Experiment, type PredictionName, PREDICTIONS } from '../../experiment/experiment.ts';
import { edit } from '../run-control.ts';
import { Check } from '../ui/fields.tsx';

const FLOW_CHOICES: readonly (readonly [PredictionName, string, string])[] = [
  ['modified-flow', 'Modified flow', 'What the optimizer really follows: for gradient descent the gradient flow and a flatness term.'],
  ['gradient-flow', 'Gradient flow', 'Infinitely small steps: the control.'],
  ['third-order-flow', 'Third order', 'For gradient descent: the modified flow and its next term.'],
  [
    'central-flow',
    'Central flow',
    'Past the edge of stability, for gradient descent with a constant step size: the mean of the oscillating loss.',
  ],
  ['principal-flow', 'Principal flow', 'For gradient descent while h · λmax is below 1. The costliest by far.'],
  ['spectral', 'Spectrum at the growth', 'For gradient descent: the loss for a few steps after the fusion, for some twenty gradients.'],
  ['composite', 'Composite', 'For gradient descent: a few steps on either side of the fusion as one flow, with and without its bracket.'],
];

export function PredictEditor({ experiment }: { readonly experiment: Experiment }) {
  const toggle = <T,>(list: readonly T[], value: T, on: boolean, order: readonly T[]): readonly T[] =>
    order.filter((other) => (other === value ? on : list.includes(other)));
  return (
    <>
      {FLOW_CHOICES.map(([flow, label, note]) => (
        <Check
          key={flow}
          label={label}
          note={note}
          checked={experiment.predict.includes(flow)}
          onChange={(on) => edit({ predict: toggle(experiment.predict, flow, on, PREDICTIONS) })}
        />
      ))}
      <Check
        label="From step 0, through the fusion"
        checked={experiment.from.includes('0')}
        onChange={(on) => edit({ from: toggle(experiment.from, '0', on || !experiment.from.includes('growth'), ['0', 'growth']) })}
      />
      <Check
        label="From the fusion on"
        checked={experiment.from.includes('growth')}
        onChange={(on) => edit({ from: toggle(experiment.from, 'growth', on || !experiment.from.includes('0'), ['0', 'growth']) })}
      />
    </>
  );
}
