/** Which flows are drawn beside the run, and from where. */
import { say } from '../../text/en/editors.ts';
import { type Experiment, PREDICTIONS } from '../../../experiment/experiment.ts';
import { FLOW_ROWS, flowsIn } from '../../../experiment/flows.ts';
import { edit } from '../../state/control/run-control.ts';
import { Check } from '../../ui/fields.tsx';

/** The ladder first, from the control up. */
const FLOW_CHOICES = flowsIn('setup').flatMap((flow) => PREDICTIONS.find((name) => name === flow) ?? []);

export function PredictEditor({ experiment }: { readonly experiment: Experiment }) {
  const toggle = <T,>(list: readonly T[], value: T, on: boolean, order: readonly T[]): readonly T[] =>
    order.filter((other) => (other === value ? on : list.includes(other)));
  return (
    <>
      {FLOW_CHOICES.map((flow) => (
        <Check
          key={flow}
          label={FLOW_ROWS[flow].title}
          note={FLOW_ROWS[flow].explains}
          checked={experiment.predict.includes(flow)}
          onChange={(on) => edit({ predict: toggle(experiment.predict, flow, on, PREDICTIONS) })}
        />
      ))}
      <Check
        label={say.fromStep0ThroughTheGrowth}
        checked={experiment.from.includes('0')}
        onChange={(on) => edit({ from: toggle(experiment.from, '0', on || !experiment.from.includes('growth'), ['0', 'growth']) })}
      />
      <Check
        label={say.fromTheGrowthOn}
        checked={experiment.from.includes('growth')}
        onChange={(on) => edit({ from: toggle(experiment.from, 'growth', on || !experiment.from.includes('0'), ['0', 'growth']) })}
      />
      <Check
        label={say.waitForThePrediction}
        note={say.theTrainingWaitsAtAGrowth}
        checked={experiment.wait === true}
        onChange={(wait) => edit({ wait })}
      />
    </>
  );
}
