/** The sources of a growth: different ones, or copies of one. */
import { say } from '../../text/en/setup/plan.ts';
import type { ModelId } from '../../../experiment/experiment.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { Check, Choice, InlineSelect, NumberField } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';
import styles from './plan.module.css';

interface SourcesFieldProps {
  readonly value: readonly ModelId[];
  /** The choices. */
  readonly candidates: readonly ModelId[];
  readonly onChange: (sources: readonly ModelId[]) => void;
}

export function isCopies(sources: readonly ModelId[]): boolean {
  return sources.length > 1 && new Set(sources).size === 1;
}

export function copiesOf(id: ModelId, times: number): readonly ModelId[] {
  return Array.from({ length: times }, () => id);
}

export function SourcesField({ value, candidates, onChange }: SourcesFieldProps) {
  const copies = isCopies(value);
  const first = value[0] ?? candidates[0] ?? 'A';
  return (
    <>
      <Choice<'several' | 'copies'>
        label={say.grownFrom}
        value={copies ? 'copies' : 'several'}
        onChange={(kind) => onChange(kind === 'copies' ? copiesOf(first, 2) : candidates.slice(0, Math.max(2, value.length)))}
        options={[
          { value: 'several', title: say.differentNetworks },
          { value: 'copies', title: say.oneWithItself },
        ]}
      />
      {copies ? (
        <>
          <div className={ui.row}>
            <span className={ui.rowLabel}>{say.network}</span>
            <InlineSelect
              label={say.networkToFuseWithItself}
              value={first}
              options={candidates.map((id) => [id, id] as const)}
              onChange={(id) => onChange(copiesOf(id, value.length))}
            />
          </div>
          <NumberField label={say.copies} value={value.length} {...LIMITS.k} whole onChange={(times) => onChange(copiesOf(first, times))} />
        </>
      ) : (
        <fieldset className={styles.sources}>
          <legend className="visually-hidden">{say.networksToFuse}</legend>
          {candidates.map((id) => (
            <Check
              key={id}
              label={id}
              checked={value.includes(id)}
              onChange={(on) => onChange(candidates.filter((other) => (other === id ? on : value.includes(other))))}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
