/** The few numbers that an optimizer has. */
import { say } from '../../text/en/setup/editors.ts';
import type { Experiment } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { ADAPTIVE_WINDOWS, optimizerRow, type OptimizerSetting } from '../../../experiment/declared/optimizers.ts';
import { edit } from '../../state/control/run-control.ts';
import { NumberField } from '../../ui/fields/fields.tsx';
import { Locked } from '../locked/Locked.tsx';
import ui from '../../ui/ui.module.css';
import styles from './setup.module.css';

const SETTING_LABELS: Readonly<Record<OptimizerSetting, string>> = { beta1: 'β1', beta2: 'β2', epsilon: 'ε' };

/** The time over which the optimizer averages, and the number that it adds to the root. */
export function OptimizerSettings({ experiment }: { readonly experiment: Experiment }) {
  const { settings: names, flow } = optimizerRow(experiment.optimizer);
  if (names.length === 0) return null;
  const window = ADAPTIVE_WINDOWS[names.includes('beta1') && experiment.beta1 > 0 ? 'averaged' : 'plain'];
  return (
    <>
      <div className={styles.two}>
        {names.map((name) => (
          <Locked key={name} setting={name}>
            <NumberField
              label={names.length === 1 ? 'β' : SETTING_LABELS[name]}
              value={experiment[name]}
              {...LIMITS[name]}
              onChange={(value) => edit({ [name]: value })}
            />
          </Locked>
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
