/** Editors of single settings: the sentence and the rows of Setup open the same ones. */
import type { SetupRow } from '../../../experiment/settings/setting.ts';
import { say } from '../../text/en/editors.ts';
import { capital } from '../../../experiment/describe.ts';
import { BASELINES, type BaselineName, type Experiment, type TaskId, TASKS, growsOneSource } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { taskRow } from '../../../experiment/tasks.ts';
import { edit } from '../../state/control/run-control.ts';
import { PlanText } from '../plan/PlanText.tsx';
import { useStore } from '../../state/store.ts';
import { Check, Choice, NumberField } from '../../ui/fields.tsx';
import { OptimizerEditor } from './OptimizerEditor.tsx';
import { PredictEditor } from './PredictEditor.tsx';
import { fieldsIn, SettingField } from './SettingField.tsx';
import { StepSizeEditor } from './StepSizeEditor.tsx';
import styles from './setup.module.css';

/** Tasks of the world first, then those that are made up. */
const TASK_CHOICES = TASKS.toSorted((a, b) => Number(taskRow(b).files) - Number(taskRow(a).files)).map((value) => {
  const { words, note } = taskRow(value);
  return { value, title: capital(words), note };
});

/** The editor of a row: what is its own, then the settings that are declared to stand in it. */
export function Editor({ name }: { readonly name: SetupRow }) {
  const experiment = useStore((s) => s.experiment);
  return (
    <>
      <OwnEditor name={name} experiment={experiment} />
      {fieldsIn(name).map((each) => (
        <SettingField key={each} name={each} experiment={experiment} />
      ))}
    </>
  );
}

function OwnEditor({ name, experiment }: { readonly name: SetupRow; readonly experiment: Experiment }) {
  switch (name) {
    case 'task':
      return (
        <>
          <Choice<TaskId> label={say.task} value={experiment.task} onChange={(task) => edit({ task })} options={TASK_CHOICES} />
          <Examples count={experiment.examples} />
          {experiment.batch === 'full' ? null : (
            <NumberField
              label={say.heldOutExamplesThatTheLoss}
              value={experiment.probe}
              {...LIMITS.probe}
              whole
              onChange={(probe) => edit({ probe })}
            />
          )}
        </>
      );
    case 'model':
      return <ModelEditor experiment={experiment} />;
    case 'grow':
      if (experiment.plan) return <PlanText />;
      return (
        <>
          <Check
            label={say.growAtASetStep}
            note={say.withoutItYouPressFuseNow}
            checked={experiment.grow !== null}
            onChange={(on) => edit({ grow: on ? Math.round(experiment.steps / 2) : null })}
          />
          {experiment.grow === null ? null : (
            <NumberField
              label={say.growthStep}
              value={experiment.grow}
              min={LIMITS.grow.min}
              max={experiment.steps}
              whole
              unit={say.unitSteps}
              onChange={(grow) => edit({ grow })}
            />
          )}
          <SettingField name="steps" experiment={experiment} />
        </>
      );
    case 'optimizer':
      return <OptimizerEditor experiment={experiment} />;
    case 'h':
      return <StepSizeEditor experiment={experiment} value={experiment.h} label={say.stepSize} onChange={(h) => edit({ h })} />;
    case 'h2':
      return (
        <>
          <Check
            label={say.asBeforeTheGrowth}
            checked={experiment.h2 === null}
            onChange={(same) => edit({ h2: same ? null : experiment.h })}
          />
          {experiment.h2 === null ? null : (
            <StepSizeEditor experiment={experiment} value={experiment.h2} label={say.stepSize} onChange={(h2) => edit({ h2 })} />
          )}
        </>
      );
    case 'batch':
      return (
        <>
          <Check
            label={say.fullBatch}
            note={say.everyStepSeesEveryTraining}
            checked={experiment.batch === 'full'}
            onChange={(full) => edit({ batch: full ? 'full' : Math.min(32, experiment.examples) })}
          />
          {experiment.batch === 'full' ? null : (
            <NumberField
              label={say.examplesAStep}
              value={experiment.batch}
              min={1}
              max={Math.min(LIMITS.batch.max, experiment.examples)}
              whole
              onChange={(batch) => edit({ batch })}
            />
          )}
          <Examples count={experiment.examples} />
        </>
      );
    case 'pace':
      return (
        <>
          <Check label={say.asFastAsItGoes} checked={experiment.pace === 'max'} onChange={(max) => edit({ pace: max ? 'max' : 10 })} />
          {experiment.pace === 'max' ? null : (
            <NumberField
              label={say.atMost}
              value={experiment.pace}
              {...LIMITS.pace}
              unit={say.stepsS}
              onChange={(pace) => edit({ pace })}
            />
          )}
        </>
      );
    case 'predict':
      return <PredictEditor experiment={experiment} />;
    case 'baseline':
      return <BaselineEditor experiment={experiment} />;
    case 'adapter':
      return (
        <Choice<Experiment['adapter']>
          label={say.whereItTrains}
          value={experiment.adapter}
          onChange={(adapter) => edit({ adapter })}
          options={[
            { value: 'auto', title: say.theBestThereIsTitle, note: say.theGpuElseWebassembly },
            { value: 'webgpu', title: 'WebGPU', note: say.alsoWithoutAGpuInSoftware },
            { value: 'wasm', title: 'WebAssembly', note: say.onTheProcessor },
          ]}
        />
      );
    // Nothing but fields of settings, which EditorOf draws.
    case 'seed':
    case 'steps':
      return null;
    default:
      return neverEditor(name);
  }
}

/** Asked for with the task, and with the batch that is taken of them. */
function Examples({ count }: { readonly count: number }) {
  return <NumberField label={say.trainingExamples} value={count} {...LIMITS.examples} whole onChange={(examples) => edit({ examples })} />;
}

function ModelEditor({ experiment }: { readonly experiment: Experiment }) {
  const { model } = experiment;
  const change = (patch: Partial<Experiment['model']>): void => edit({ model: { ...model, ...patch } });
  return (
    <div className={styles.two}>
      {growsOneSource(experiment.operator) ? null : (
        <NumberField label={say.networks} value={experiment.k} {...LIMITS.k} whole onChange={(k) => edit({ k })} />
      )}
      <NumberField label={say.layers} value={model.layers} {...LIMITS.layers} whole onChange={(layers) => change({ layers })} />
      <NumberField label={say.widthDModel} value={model.d} {...LIMITS.d} whole onChange={(d) => change({ d })} />
      <NumberField label={say.feedForwardDFf} value={model.ff} {...LIMITS.ff} whole onChange={(ff) => change({ ff })} />
      <NumberField label={say.heads} value={model.heads} {...LIMITS.heads} whole onChange={(heads) => change({ heads })} />
      <NumberField label={say.headWidthDKv} value={model.dkv} {...LIMITS.dkv} whole onChange={(dkv) => change({ dkv })} />
    </div>
  );
}

function BaselineEditor({ experiment }: { readonly experiment: Experiment }) {
  const toggle = (name: BaselineName, on: boolean): void =>
    edit({ baseline: BASELINES.filter((other) => (other === name ? on : experiment.baseline.includes(other))) });
  return (
    <>
      <Check
        label={say.theLargeNetworkFromScratch}
        note={say.theDottedCurve}
        checked={experiment.baseline.includes('scratch')}
        onChange={(on) => toggle('scratch', on)}
      />
      <Check
        label={say.aSmallNetworkAlone}
        note={say.aTrainedOnWithoutAFusion}
        checked={experiment.baseline.includes('alone')}
        onChange={(on) => toggle('alone', on)}
      />
      {experiment.plan === undefined ? null : (
        <Check
          label={say.theLargeNetworkWithoutReading}
          note={say.onlyTheLastTask}
          checked={experiment.baseline.includes('unread')}
          onChange={(on) => toggle('unread', on)}
        />
      )}
      {growsOneSource(experiment.operator) && experiment.plan === undefined ? null : (
        <Check
          label={say.allSmallNetworksNotFused}
          note={say.theirOutputsAveragedWhat}
          checked={experiment.baseline.includes('ensemble')}
          onChange={(on) => toggle('ensemble', on)}
        />
      )}
    </>
  );
}

function neverEditor(name: never): never {
  throw new Error(`no editor for ${String(name)}`);
}
