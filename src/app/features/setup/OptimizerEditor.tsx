/** The optimizer, and the few numbers that it has. */
import { capital, OPTIMIZER_WORDS } from '../../../experiment/describe.ts';
import {
  type Experiment,
  OPTIMIZER_SETTINGS,
  OPTIMIZERS,
  type OptimizerName,
  type OptimizerSetting,
} from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { edit } from '../../state/run-control.ts';
import { Choice, NumberField } from '../../ui/fields.tsx';
import ui from '../../ui/ui.module.css';
import styles from './setup.module.css';

/** One for every optimizer of the link, or this does not compile. */
const NOTES: Readonly<Record<OptimizerName, string>> = {
  gd: 'Predicted with a full batch.',
  momentum: 'Heavy ball. Predicted with a full batch.',
  adam: 'Learns fastest and wants step sizes near 0.001.',
  adamw: 'Adam with weight decay beside the gradient. Wants step sizes near 0.001.',
  adafactor: 'Keeps second moments by row and by column. Its step size is relative to the weights. Not predicted.',
};

export function OptimizerEditor({ experiment }: { readonly experiment: Experiment }) {
  return (
    <>
      <Choice<OptimizerName>
        label="Optimizer"
        value={experiment.optimizer}
        onChange={(optimizer) => edit({ optimizer })}
        options={OPTIMIZERS.map((value) => ({ value, title: capital(OPTIMIZER_WORDS[value]), note: NOTES[value] }))}
      />
      <OptimizerSettings experiment={experiment} />
    </>
  );
}

const SETTING_LABELS: Readonly<Record<OptimizerSetting, string>> = { beta1: 'β1', beta2: 'β2', epsilon: 'ε' };

/** What the optimizer averages over, and what it adds to the root. */
function OptimizerSettings({ experiment }: { readonly experiment: Experiment }) {
  const names = OPTIMIZER_SETTINGS[experiment.optimizer];
  if (names.length === 0) return null;
  return (
    <>
      <div className={styles.two}>
        {names.map((name) => (
          <NumberField
            key={name}
            label={names.length === 1 ? 'β' : SETTING_LABELS[name]}
            value={experiment[name]}
            {...LIMITS[name]}
            onChange={(value) => edit({ [name]: value })}
          />
        ))}
      </div>
      {names.includes('epsilon') ? (
        <p className={ui.note}>
          Predicted in a small window only: β2 up to 0.95, ε from 0.005 to 0.05, step size up to 0.0003. β1 = 0 is RMSProp.
        </p>
      ) : null}
    </>
  );
}
