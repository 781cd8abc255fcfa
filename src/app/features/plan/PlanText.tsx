/** The plan as the link says it: `A:200,B:200,A+B>M:400`. */
import { say } from '../../text/en/setup/plan.ts';
import { useId, useState } from 'react';
import { formatPlan, parsePlan, planOf } from '../../../experiment/plan/plan.ts';
import { tryPlan } from '../../../experiment/plan/plan-edit.ts';
import { edit } from '../../state/control/run-control.ts';
import { useStore } from '../../state/store.ts';
import { useChanged } from '../../ui/use-changed.ts';
import { sentence } from '../../text/words.ts';
import styles from './plan.module.css';

export function PlanText() {
  const experiment = useStore((s) => s.experiment);
  const id = useId();
  const now = formatPlan(planOf(experiment));
  const [text, setText] = useState(now);
  const [refused, setRefused] = useState<string | null>(null);
  if (useChanged(now)) {
    setText(now);
    setRefused(null);
  }
  const take = (): void => {
    if (text.trim() === now) return setRefused(null);
    try {
      const edited = tryPlan(experiment, parsePlan(text.trim()));
      setRefused('refused' in edited ? edited.refused : null);
      if ('patch' in edited) edit(edited.patch);
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={styles.editor}>
      <label htmlFor={id}>{say.theWholePlanAsALink}</label>
      <textarea
        id={id}
        className={styles.text}
        rows={3}
        spellCheck={false}
        value={text}
        aria-invalid={refused !== null || undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          take();
        }}
      />
      {refused === null ? null : (
        <p className={styles.refused} role="alert">
          {sentence(refused)}
        </p>
      )}
    </div>
  );
}
