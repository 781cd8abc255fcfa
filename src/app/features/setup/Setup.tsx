/** Setup: where to start from, and every setting of the run. */
import { say } from '../../text/en/setup/setup.ts';
import { say as sayLocked } from '../../text/en/screen/locked.ts';
import { useMemo } from 'react';
import { sharedStepSizes } from '../../../experiment/plan/shared-steps.ts';
import { PRESETS, presetOf } from '../../../experiment/presets/presets.ts';
import { type Experiment, NEWEST_GRAMMAR } from '../../../experiment/experiment.ts';
import { OPTIMIZER_WORDS, taskWords } from '../../../experiment/describe.ts';
import { hides, inLesson, sameRun } from '../../state/derived/derive.ts';
import { isPresetLocked } from '../../state/derived/locked.ts';
import { LockedIf } from '../locked/Locked.tsx';
import { MeasuredLink } from '../measured/Measured.tsx';
import { Sources } from '../measured/Sources.tsx';
import { choosePreset } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { useDurationOf } from '../time/Duration.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Term } from '../../ui/terms/Term.tsx';
import ui from '../../ui/ui.module.css';
import { FLOW_ROWS } from '../../../experiment/declared/flows.ts';
import { batchWords, listed, modelWords, paceWords, sharedStepWords, stepSizes } from '../../text/words.ts';
import { count } from '../../text/numbers.ts';
import { Background } from '../background/Background.tsx';
import { DataLicence } from './DataLicence.tsx';
import { Editable, type EditorName } from './Editable.tsx';
import { GivenNetworks } from './GivenNetworks.tsx';
import { MiniPlan } from './MiniPlan.tsx';
import styles from './setup.module.css';

export function Setup() {
  const experiment = useStore((s) => s.experiment);
  const adapter = { auto: say.theBestThereIs, webgpu: 'WebGPU', wasm: 'WebAssembly' }[experiment.adapter];
  // A lesson has experiments of its own: there the settings come first.
  const presets = useStore((s) => !hides(s, 'presets') && !inLesson(s));
  const locked = useStore(isPresetLocked);
  const changed = !sameRun(presetOf(experiment), experiment);
  // A link of an older version has a preset that stands on no card any more.
  const chosen = experiment.v === NEWEST_GRAMMAR ? experiment.preset : null;
  const flows =
    experiment.predict.length > 1
      ? say.predictions(experiment.predict.length)
      : (experiment.predict.map((flow) => FLOW_ROWS[flow].words)[0] ?? say.none);
  const shared = useMemo(() => sharedStepSizes(experiment), [experiment]);
  const rows: readonly (readonly [string, EditorName, string])[] = [
    [say.task, 'task', taskWords(experiment)],
    [say.model, 'model', modelWords(experiment)],
    [say.optimizer, 'optimizer', OPTIMIZER_WORDS[experiment.optimizer]],
    [say.stepSize, 'h', stepSizes({ h: experiment.h, h2: null })],
    [say.afterGrowth, 'h2', experiment.h2 === null ? say.theSame : stepSizes({ h: experiment.h2, h2: null })],
    [say.batch, 'batch', batchWords(experiment)],
    [say.seed, 'seed', String(experiment.seed)],
    [say.growth, 'grow', experiment.grow === null ? say.whenYouSaySo : say.atStep(count(experiment.grow))],
    [say.length, 'steps', say.steps(count(experiment.steps))],
    [say.prediction, 'predict', flows],
    [
      say.baseline,
      'baseline',
      experiment.baseline
        .map(
          (name) => ({ scratch: say.fromScratch, alone: say.smallAlone, ensemble: say.averagedNotFused, unread: say.withoutReading })[name],
        )
        .join(', ') || say.none,
    ],
    [say.pace, 'pace', paceWords(experiment.pace)],
    [say.where, 'adapter', adapter],
  ];
  return (
    <div className={styles.setup}>
      {presets ? (
        <>
          <h2 className={ui.heading}>{say.startFrom}</h2>
          <LockedIf locked={locked} why={sayLocked.theLinkHoldsThePresetFast}>
            <div role="radiogroup" aria-label={say.startFrom} className={styles.cards}>
              {[...PRESETS.values()].map(({ name, title, sentence, doesNotShow, measuredBy = [], experiment: of }) => (
                <label key={name} className={styles.preset} data-checked={name === chosen || undefined}>
                  <span className={styles.presetHead}>
                    <input type="radio" name="preset" checked={name === chosen} onChange={() => choosePreset(name)} />
                    <span className={styles.presetTitle}>
                      {title}
                      {name === chosen && changed ? <span className={styles.changedMark}>{say.changed}</span> : null}
                    </span>
                    <MiniPlan experiment={of} />
                  </span>
                  <span className={styles.presetNote}>
                    {sentence}
                    {name === chosen ? ` ${doesNotShow}` : null} <Takes experiment={of} />
                    {name === chosen && measuredBy.length > 0 ? (
                      <span className={styles.measuredBy}>
                        {say.measuredBy}
                        {measuredBy.map((command, i) => (
                          <span key={command}>
                            {i > 0 ? say.and : ''}
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
          </LockedIf>
          <hr className={ui.divider} />
        </>
      ) : null}
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
        <MeasuredLink />
        {say.withSeedsSpreadAndCommands}
      </p>
      <GivenNetworks />
      <Background />
      <DataLicence experiment={experiment} />
      <Sources />
    </div>
  );
}

/** Who has one step size together, in few words, with the whole of it to be asked. */
function Shared({ groups }: { readonly groups: readonly (readonly string[])[] }) {
  if (groups.length === 0) return null;
  return (
    <span className={styles.shared}>
      <Term explains={say.whatTrainsBesideThemFor(sharedStepWords(groups))}>
        {say.oneFor}
        {groups.map(listed).join(say.andOneFor)}
      </Term>
    </span>
  );
}

/** How long a preset takes on this device, once that is known. */
function Takes({ experiment }: { readonly experiment: Experiment }) {
  const words = useDurationOf(experiment);
  return words === '' ? null : <span className={styles.takes}>{say.takesAboutHere(words)}</span>;
}
