/** One stage of the plan, edited: how long it trains, what it is grown from, whether it is there at all. */
import { say } from '../../text/en/setup/plan.ts';
import { useState } from 'react';
import type { ModelId, PlanStage } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { planOf } from '../../../experiment/plan/plan.ts';
import { alike, networksBefore, tryPlan, withOptions, withoutStage, withSources, withSteps } from '../../../experiment/plan/plan-edit.ts';
import { edit } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { Check, NumberField } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';
import { listed, sentence } from '../../text/words.ts';
import { Locked } from '../locked/Locked.tsx';
import styles from './plan.module.css';
import { isCopies, SourcesField } from './SourcesField.tsx';
import { StageOptionsFields } from './StageOptionsFields.tsx';

interface StageEditorProps {
  /** Place in the plan. */
  readonly index: number;
  readonly onDone: () => void;
}

export function StageEditor({ index, onDone }: StageEditorProps) {
  const experiment = useStore((s) => s.experiment);
  const plan = planOf(experiment);
  const stage = plan[index];
  const [refused, setRefused] = useState<string | null>(null);
  // A choice that is no plan yet, or never will be: it stays on the screen beside the reason.
  const [wanted, setWanted] = useState<readonly ModelId[] | null>(null);
  const [apart, setApart] = useState(false);
  if (!stage) return null;
  const together = alike(plan, index);
  const apply = (next: readonly PlanStage[]): boolean => {
    const edited = tryPlan(experiment, next);
    setRefused('refused' in edited ? edited.refused : null);
    if ('patch' in edited) edit(edited.patch);
    return 'patch' in edited;
  };
  const sources = wanted ?? stage.sources;
  const edited = apart ? [index] : together;
  return (
    <div className={styles.editor}>
      <h2 className={ui.heading}>{titleOf(plan, index)}</h2>
      <Locked setting="plan">
        <NumberField
          label={say.trains}
          value={stage.steps}
          min={0}
          max={LIMITS.steps.max}
          whole
          unit={say.steps}
          onChange={(steps) => apply(withSteps(plan, edited, steps))}
        />
        {together.length > 1 ? (
          <Check
            label={say.alike(listed(together.map((other) => plan[other]?.model ?? '')))}
            note={say.theyAreFusedTogetherAsLong}
            checked={!apart}
            onChange={(on) => setApart(!on)}
          />
        ) : null}
        {stage.sources.length > 0 ? (
          <SourcesField
            value={sources}
            candidates={networksBefore(plan, index)}
            onChange={(next) => setWanted(apply(withSources(plan, index, next)) ? null : next)}
          />
        ) : null}
        <StageOptionsFields
          experiment={experiment}
          stage={stage}
          fromRandom={stage.sources.length === 0 && !plan.slice(0, index).some(({ model }) => model === stage.model)}
          onChange={(change) => apply(withOptions(plan, edited, change))}
        />
        {refused === null ? null : (
          <p className={styles.refused} role="alert">
            {sentence(refused)}
          </p>
        )}
        <button
          type="button"
          className={`${ui.button} ${ui.small}`}
          onClick={() => {
            if (apply(withoutStage(plan, index))) onDone();
          }}
        >
          {say.remove(stage.model)}
        </button>
      </Locked>
    </div>
  );
}

function titleOf(plan: readonly PlanStage[], index: number): string {
  const stage = plan[index];
  if (!stage) return '';
  const { model, sources } = stage;
  if (isCopies(sources)) return say.withItself(model, sources[0] ?? '');
  if (sources.length > 0) return say.fused(model, listed(sources));
  return plan.slice(0, index).some((other) => other.model === model) ? say.goesOn(model) : say.aSmallNetwork(model);
}
