/** Editors of single settings: the sentence and the Setup rows open the same ones. */
import type { ReactNode } from 'react';
import { capital } from '../../../experiment/describe.ts';
import { BASELINES, type BaselineName, type Experiment, type TaskId, TASKS, growsOneSource } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import type { SetupRow } from '../../../experiment/settings/setting.ts';
import { taskRow } from '../../../experiment/tasks.ts';
import { edit } from '../../state/control/run-control.ts';
import { PlanText } from '../plan/PlanText.tsx';
import { useStore } from '../../state/store.ts';
import { Check, Choice, NumberField } from '../../ui/fields.tsx';
import { Hint } from '../../ui/Term.tsx';
import { Explanation } from '../../ui/Word.tsx';
import type { WordId } from '../../text/glossary.ts';
import { Popup } from '../../ui/Popup.tsx';
import ui from '../../ui/ui.module.css';
import { OptimizerEditor } from './OptimizerEditor.tsx';
import { PredictEditor } from './PredictEditor.tsx';
import { fieldsIn, SettingField } from './SettingField.tsx';
import { StepSizeEditor } from './StepSizeEditor.tsx';
import styles from './setup.module.css';

export type EditorName = SetupRow;

const TITLES: Readonly<Record<EditorName, string>> = {
  task: 'Task',
  model: 'Each small network',
  grow: 'Growth',
  steps: 'Length of the run',
  optimizer: 'Optimizer',
  h: 'Step size',
  h2: 'Step size after growth',
  batch: 'Batch',
  seed: 'Seed',
  pace: 'Pace',
  predict: 'Prediction',
  baseline: 'Baseline',
  adapter: 'Where it trains',
};

/** What an editor begins with: the words that its settings need. */
function termOf(name: EditorName, { h, h2 }: Experiment): WordId | null {
  const size = name === 'h2' ? (h2 ?? h) : h;
  switch (name) {
    case 'model':
      return 'T5';
    case 'grow':
      return 'growth';
    case 'optimizer':
      return 'gradient descent';
    case 'h':
    case 'h2':
      return size.kind === 'edge' ? 'held sharpness' : 'step size';
    case 'batch':
      return 'full batch';
    case 'seed':
      return 'seed';
    case 'predict':
      return 'predicted';
    default:
      return null;
  }
}

/** A value that opens its editor. */
export function Editable({
  edits,
  className,
  changed = false,
  term,
  children,
}: {
  readonly edits: EditorName;
  readonly className?: string | undefined;
  readonly changed?: boolean;
  /** What it means is shown while it is pointed at; its editor says it as well. */
  readonly term?: WordId | undefined;
  readonly children: ReactNode;
}) {
  const experiment = useStore((s) => s.experiment);
  const explained = termOf(edits, experiment);
  return (
    <Popup
      title={TITLES[edits]}
      renderTarget={(toggle) => (
        <button type="button" className={className} data-changed={changed || undefined} onClick={toggle}>
          {term === undefined ? (
            children
          ) : (
            <Hint label={<Explanation id={term} />}>
              <span>{children}</span>
            </Hint>
          )}
        </button>
      )}
      renderEditor={() => (
        <div className={styles.editor}>
          <h2 className={ui.heading}>{TITLES[edits]}</h2>
          {explained === null ? null : (
            <p className={ui.note}>
              <Explanation id={explained} />
            </p>
          )}
          <EditorOf name={edits} />
        </div>
      )}
    />
  );
}

/** Tasks of the world first, then those that are made up. */
const TASK_CHOICES = TASKS.toSorted((a, b) => Number(taskRow(b).files) - Number(taskRow(a).files)).map((value) => {
  const { words, note } = taskRow(value);
  return { value, title: capital(words), note };
});

/** The editor of a row: what is its own, then the settings that are declared to stand in it. */
function EditorOf({ name }: { readonly name: EditorName }) {
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

function OwnEditor({ name, experiment }: { readonly name: EditorName; readonly experiment: Experiment }) {
  switch (name) {
    case 'task':
      return (
        <>
          <Choice<TaskId> label="Task" value={experiment.task} onChange={(task) => edit({ task })} options={TASK_CHOICES} />
          <Examples count={experiment.examples} />
          {experiment.batch === 'full' ? null : (
            <NumberField
              label="Held-out examples that the loss is measured on"
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
            label="Grow at a set step"
            note="Without it you press Fuse now when you like."
            checked={experiment.grow !== null}
            onChange={(on) => edit({ grow: on ? Math.round(experiment.steps / 2) : null })}
          />
          {experiment.grow === null ? null : (
            <NumberField
              label="Growth step"
              value={experiment.grow}
              min={LIMITS.grow.min}
              max={experiment.steps}
              whole
              unit="steps"
              onChange={(grow) => edit({ grow })}
            />
          )}
          <SettingField name="steps" experiment={experiment} />
        </>
      );
    case 'optimizer':
      return <OptimizerEditor experiment={experiment} />;
    case 'h':
      return <StepSizeEditor experiment={experiment} value={experiment.h} label="Step size" onChange={(h) => edit({ h })} />;
    case 'h2':
      return (
        <>
          <Check
            label="As before the growth"
            checked={experiment.h2 === null}
            onChange={(same) => edit({ h2: same ? null : experiment.h })}
          />
          {experiment.h2 === null ? null : (
            <StepSizeEditor experiment={experiment} value={experiment.h2} label="Step size" onChange={(h2) => edit({ h2 })} />
          )}
        </>
      );
    case 'batch':
      return (
        <>
          <Check
            label="Full batch"
            note="Every step sees every training example."
            checked={experiment.batch === 'full'}
            onChange={(full) => edit({ batch: full ? 'full' : Math.min(32, experiment.examples) })}
          />
          {experiment.batch === 'full' ? null : (
            <NumberField
              label="Examples a step"
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
          <Check label="As fast as it goes" checked={experiment.pace === 'max'} onChange={(max) => edit({ pace: max ? 'max' : 10 })} />
          {experiment.pace === 'max' ? null : (
            <NumberField label="At most" value={experiment.pace} {...LIMITS.pace} unit="steps/s" onChange={(pace) => edit({ pace })} />
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
          label="Where it trains"
          value={experiment.adapter}
          onChange={(adapter) => edit({ adapter })}
          options={[
            { value: 'auto', title: 'The best there is', note: 'The GPU, else WebAssembly.' },
            { value: 'webgpu', title: 'WebGPU', note: 'Also without a GPU, in software.' },
            { value: 'wasm', title: 'WebAssembly', note: 'On the processor.' },
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
  return <NumberField label="Training examples" value={count} {...LIMITS.examples} whole onChange={(examples) => edit({ examples })} />;
}

function ModelEditor({ experiment }: { readonly experiment: Experiment }) {
  const { model } = experiment;
  const change = (patch: Partial<Experiment['model']>): void => edit({ model: { ...model, ...patch } });
  return (
    <div className={styles.two}>
      {growsOneSource(experiment.operator) ? null : (
        <NumberField label="Networks" value={experiment.k} {...LIMITS.k} whole onChange={(k) => edit({ k })} />
      )}
      <NumberField label="Layers" value={model.layers} {...LIMITS.layers} whole onChange={(layers) => change({ layers })} />
      <NumberField label="Width d_model" value={model.d} {...LIMITS.d} whole onChange={(d) => change({ d })} />
      <NumberField label="Feed-forward d_ff" value={model.ff} {...LIMITS.ff} whole onChange={(ff) => change({ ff })} />
      <NumberField label="Heads" value={model.heads} {...LIMITS.heads} whole onChange={(heads) => change({ heads })} />
      <NumberField label="Head width d_kv" value={model.dkv} {...LIMITS.dkv} whole onChange={(dkv) => change({ dkv })} />
    </div>
  );
}

function BaselineEditor({ experiment }: { readonly experiment: Experiment }) {
  const toggle = (name: BaselineName, on: boolean): void =>
    edit({ baseline: BASELINES.filter((other) => (other === name ? on : experiment.baseline.includes(other))) });
  return (
    <>
      <Check
        label="The large network from scratch"
        note="The dotted curve."
        checked={experiment.baseline.includes('scratch')}
        onChange={(on) => toggle('scratch', on)}
      />
      <Check
        label="A small network alone"
        note="A, trained on without a fusion."
        checked={experiment.baseline.includes('alone')}
        onChange={(on) => toggle('alone', on)}
      />
      {growsOneSource(experiment.operator) && experiment.plan === undefined ? null : (
        <Check
          label="All small networks, not fused"
          note="Their outputs averaged: what fusing has to beat."
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
