/**
 * A stage more, at the end of the plan: fuse, fuse with itself, train on, or begin another small network, on a task of
 * its own if it is to be.
 */
import { say } from '../../text/en/setup/plan.ts';
import { useState } from 'react';
import type { ModelId, PlanStage, StageOptions } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { formatPlan, planOf } from '../../../experiment/plan/plan.ts';
import { freshName, leaves, tryPlan, withOptions } from '../../../experiment/plan/plan-edit.ts';
import { edit } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { Choice, InlineSelect, NumberField } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';
import { sentence } from '../../text/words.ts';
import styles from './plan.module.css';
import { copiesOf, isCopies, SourcesField } from './SourcesField.tsx';
import { StageOptionsFields } from './StageOptionsFields.tsx';

const optionsOf = ({ model: _, steps: _steps, sources: _sources, ...options }: PlanStage): StageOptions => options;

type Kind = 'grow' | 'on' | 'new';

export function AddStage({ onDone }: { readonly onDone: () => void }) {
  const experiment = useStore((s) => s.experiment);
  const plan = planOf(experiment);
  const networks = [...new Set(plan.map(({ model }) => model))];
  const ends = leaves(plan);
  const newest = ends[ends.length - 1] ?? networks[networks.length - 1] ?? 'A';
  const [kind, setKind] = useState<Kind>('grow');
  const [sources, setSources] = useState<readonly ModelId[]>(ends.length > 1 ? ends : copiesOf(newest, 2));
  const [model, setModel] = useState<ModelId>(newest);
  const [steps, setSteps] = useState(Math.max(1, plan[plan.length - 1]?.steps ?? 100));
  const [options, setOptions] = useState<StageOptions>({});
  const [refused, setRefused] = useState<string | null>(null);
  const stage: PlanStage =
    kind === 'grow'
      ? { model: freshName(plan, true), steps, sources, ...options }
      : { model: kind === 'on' ? model : freshName(plan, false), steps, sources: [], ...options };
  const add = (): void => {
    const edited = tryPlan(experiment, [...plan, stage]);
    if ('refused' in edited) return setRefused(edited.refused);
    edit(edited.patch);
    onDone();
  };
  return (
    <div className={styles.editor}>
      <h2 className={ui.heading}>{say.addAStage}</h2>
      <Choice<Kind>
        label={say.whatTheStageDoes}
        value={kind}
        onChange={(next) => {
          setKind(next);
          setRefused(null);
        }}
        options={[
          { value: 'grow', title: say.fuse, note: say.networksBecomeTheBlocksOfA },
          { value: 'on', title: say.trainOn, note: say.aNetworkGoesOnBesideWhat },
          { value: 'new', title: say.anotherSmallNetwork, note: say.fromRandomWeightsBesideThe },
        ]}
      />
      {kind === 'grow' ? <SourcesField value={sources} candidates={networks} onChange={setSources} /> : null}
      {kind === 'on' ? (
        <div className={ui.row}>
          <span className={ui.rowLabel}>{say.network}</span>
          <InlineSelect label={say.networkToTrainOn} value={model} options={networks.map((id) => [id, id] as const)} onChange={setModel} />
        </div>
      ) : null}
      <NumberField label={say.trains} value={steps} min={0} max={LIMITS.steps.max} whole unit={say.steps} onChange={setSteps} />
      <StageOptionsFields
        experiment={experiment}
        stage={stage}
        fromRandom={kind === 'new'}
        onChange={(change) => setOptions(optionsOf(withOptions([stage], [0], change)[0] ?? stage))}
      />
      {refused === null ? null : (
        <p className={styles.refused} role="alert">
          {sentence(refused)}
        </p>
      )}
      <div className={styles.foot}>
        <code className={styles.code}>{formatPlan([stage])}</code>
        <button type="button" className={`${ui.button} ${ui.small} ${ui.primary}`} onClick={add}>
          {say.addBySelfFusion(kind === 'grow' && isCopies(sources), stage.model)}
        </button>
      </div>
    </div>
  );
}
