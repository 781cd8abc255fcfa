/** A stage's own settings: task, number of examples, step size. What it does not say is the run's. */
import { say } from '../../text/en/setup/plan.ts';
import { TASK_WORDS } from '../../../experiment/describe.ts';
import { type Experiment, type PlanStage, type StepSize, stepSizeAfter } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { showStepSize } from '../../../experiment/link/spelling.ts';
import type { OptionsChange } from '../../../experiment/plan/plan-edit.ts';
import { type TaskId, TASKS, taskRow } from '../../../experiment/declared/tasks.ts';
import { Check, InlineSelect, NumberField } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';

interface StageOptionsFieldsProps {
  readonly experiment: Experiment;
  readonly stage: PlanStage;
  /** Whether the network begins here: its step size is then the one before a growth. */
  readonly fromRandom: boolean;
  readonly onChange: (change: OptionsChange) => void;
}

/** Where a step size is no single number, a stage begins with this one. */
const usualStepSize = (size: StepSize): number => (size.kind === 'constant' ? size.value : 0.001);

export function StageOptionsFields({ experiment, stage, fromRandom, onChange }: StageOptionsFieldsProps) {
  const { task = experiment.task, examples = experiment.examples, h } = stage;
  const usual = fromRandom ? experiment.h : stepSizeAfter(experiment);
  // Networks of one plan have one vocabulary.
  const others = taskRow(experiment.task).texts ? TASKS.filter((each) => taskRow(each).texts && each !== experiment.task) : [];
  return (
    <>
      {others.length > 0 ? (
        <div className={ui.row}>
          <span className={ui.rowLabel}>{say.task}</span>
          <InlineSelect<TaskId>
            label={say.taskOfTheStage}
            value={task}
            options={[
              [experiment.task, say.asTheRun(TASK_WORDS[experiment.task])],
              ...others.map((each) => [each, TASK_WORDS[each]] as const),
            ]}
            onChange={(next) => onChange({ task: next === experiment.task ? undefined : next })}
          />
        </div>
      ) : null}
      <NumberField
        label={say.trainingExamples}
        value={examples}
        min={1}
        max={taskRow(task).most(examples).examples}
        whole
        onChange={(count) => onChange({ examples: count === experiment.examples ? undefined : count })}
      />
      <Check
        label={say.aStepSizeOfItsOwn}
        note={say.elseTheRuns(showStepSize(usual))}
        checked={h !== undefined}
        onChange={(own) => onChange({ h: own ? usualStepSize(usual) : undefined })}
      />
      {h === undefined ? null : (
        <NumberField label={say.stepSize} value={h} {...LIMITS.stepSize} hideLabel onChange={(size) => onChange({ h: size })} />
      )}
    </>
  );
}
