/** Setup: where to start from, and every setting of the run. */
import { useMemo } from 'react';
import { sharedStepSizes } from '../../../experiment/plan/shared-steps.ts';
import { PRESETS, presetOf } from '../../../experiment/presets/presets.ts';
import { type Experiment, NEWEST_GRAMMAR } from '../../../experiment/experiment.ts';
import { OPTIMIZER_WORDS, TASK_WORDS } from '../../../experiment/describe.ts';
import { sameRun } from '../../state/derived/derive.ts';
import { MeasuredLink } from '../measured/Measured.tsx';
import { Sources } from '../measured/Sources.tsx';
import { choosePreset } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { useDurationOf } from '../time/Duration.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Term } from '../../ui/Term.tsx';
import ui from '../../ui/ui.module.css';
import { batchWords, count, listed, modelWords, paceWords, sharedStepWords, stepSizes } from '../../text/words.ts';
import { DataLicence } from './DataLicence.tsx';
import { Editable, type EditorName } from './editors.tsx';
import { MiniPlan } from './MiniPlan.tsx';
import styles from './setup.module.css';

export function Setup() {
  const experiment = useStore((s) => s.experiment);
  const adapter = { auto: 'the best there is', webgpu: 'WebGPU', wasm: 'WebAssembly' }[experiment.adapter];
  const changed = !sameRun(presetOf(experiment), experiment);
  // A link of an older version has a preset that stands on no card any more.
  const chosen = experiment.v === NEWEST_GRAMMAR ? experiment.preset : null;
  const flows =
    experiment.predict.length > 1 ? `${experiment.predict.length} predictions` : (experiment.predict[0]?.replaceAll('-', ' ') ?? 'none');
  const shared = useMemo(() => sharedStepSizes(experiment), [experiment]);
  const rows: readonly (readonly [string, EditorName, string])[] = [
    ['Task', 'task', TASK_WORDS[experiment.task]],
    ['Model', 'model', modelWords(experiment)],
    ['Optimizer', 'optimizer', OPTIMIZER_WORDS[experiment.optimizer]],
    ['Step size', 'h', stepSizes({ h: experiment.h, h2: null })],
    ['… after growth', 'h2', experiment.h2 === null ? 'the same' : stepSizes({ h: experiment.h2, h2: null })],
    ['Batch', 'batch', batchWords(experiment)],
    ['Seed', 'seed', String(experiment.seed)],
    ['Growth', 'grow', experiment.grow === null ? 'when you say so' : `at step ${count(experiment.grow)}`],
    ['Length', 'steps', `${count(experiment.steps)} steps`],
    ['Prediction', 'predict', flows],
    [
      'Baseline',
      'baseline',
      experiment.baseline
        .map((name) => ({ scratch: 'from scratch', alone: 'small alone', ensemble: 'averaged, not fused' })[name])
        .join(', ') || 'none',
    ],
    ['Pace', 'pace', paceWords(experiment.pace)],
    ['Where', 'adapter', adapter],
  ];
  return (
    <div className={styles.setup}>
      <h2 className={ui.heading}>Start from</h2>
      <div role="radiogroup" aria-label="Start from" className={styles.cards}>
        {[...PRESETS.values()].map(({ name, title, sentence, doesNotShow, measuredBy = [], experiment: of }) => (
          <label key={name} className={styles.preset} data-checked={name === chosen || undefined}>
            <span className={styles.presetHead}>
              <input type="radio" name="preset" checked={name === chosen} onChange={() => choosePreset(name)} />
              <span className={styles.presetTitle}>
                {title}
                {name === chosen && changed ? <span className={styles.changedMark}> · changed</span> : null}
              </span>
              <MiniPlan experiment={of} />
            </span>
            <span className={styles.presetNote}>
              {sentence}
              {name === chosen ? ` ${doesNotShow}` : null} <Takes experiment={of} />
              {name === chosen && measuredBy.length > 0 ? (
                <span className={styles.measuredBy}>
                  Measured by{' '}
                  {measuredBy.map((command, i) => (
                    <span key={command}>
                      {i > 0 ? ' and ' : ''}
                      <code>{command}</code>
                    </span>
                  ))}
                  .
                </span>
              ) : null}
            </span>
          </label>
        ))}
      </div>
      <hr className={ui.divider} />
      <dl className={styles.rows}>
        {rows.map(([label, name, value]) => (
          <div key={name} className={ui.row}>
            <dt className={ui.rowLabel}>{label}</dt>
            <dd>
              <Editable edits={name} className={ui.value}>
                <span className="visually-hidden">{label}: </span>
                {value} <ChevronIcon />
              </Editable>
              <Shared groups={name === 'h' ? shared.before : name === 'h2' && experiment.h2 !== null ? shared.after : []} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={ui.note}>
        <MeasuredLink />, with seeds, spread and commands.
      </p>
      <DataLicence task={experiment.task} />
      <Sources />
    </div>
  );
}

/** Who has one step size together, in few words, with the whole of it to be asked. */
function Shared({ groups }: { readonly groups: readonly (readonly string[])[] }) {
  if (groups.length === 0) return null;
  return (
    <span className={styles.shared}>
      <Term explains={`${sharedStepWords(groups)} What trains beside them for comparison has its own.`}>
        one for {groups.map(listed).join('; one for ')}
      </Term>
    </span>
  );
}

/** How long a preset takes on this device, once that is known. */
function Takes({ experiment }: { readonly experiment: Experiment }) {
  const words = useDurationOf(experiment);
  return words === '' ? null : <span className={styles.takes}>Takes about {words} here.</span>;
}
