/** The optimizer, and the few numbers that it has. */
import { say } from '../../text/en/editors.ts';
import { capital } from '../../../experiment/describe.ts';
import type { Experiment, OptimizerName } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { ADAPTIVE_WINDOWS, optimizerRow, OPTIMIZERS, type OptimizerSetting } from '../../../experiment/optimizers.ts';
import { edit } from '../../state/control/run-control.ts';
import { Choice, NumberField } from '../../ui/fields.tsx';
import ui from '../../ui/ui.module.css';
import styles from './setup.module.css';

const CHOICES = OPTIMIZERS.map((value) => {
  const { words, note } = optimizerRow(value);
  return { value, title: capital(words), note };
});

export function OptimizerEditor({ experiment }: { readonly experiment: Experiment }) {
  return (
    <>
      <Choice<OptimizerName>
        label={say.optimizer}
        value={experiment.optimizer}
        onChange={(optimizer) => edit({ optimizer })}
        options={CHOICES}
      />
      <OptimizerSettings experiment={experiment} />
    </>
  );
}

const SETTING_LABELS: Readonly<Record<OptimizerSetting, string>> = { beta1: 'β1', beta2: 'β2', epsilon: 'ε' };

/** What the optimizer averages over, and what it adds to the root. */
function OptimizerSettings({ experiment }: { readonly experiment: Experiment }) {
  const { settings: names, flow } = optimizerRow(experiment.optimizer);
  if (names.length === 0) return null;
  const window = ADAPTIVE_WINDOWS[names.includes('beta1') && experiment.beta1 > 0 ? 'averaged' : 'plain'];
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
      {flow === 'adaptive' ? (
        <p className={ui.note}>
          {say.predictedInASmallWindow(window.beta2, window.smallestEpsilon, window.largestEpsilon, window.stepSize)}
        </p>
      ) : null}
    </>
  );
}
