/** Which growth steps and step sizes the map has. */
import { say } from '../../text/en/runs/map.ts';
import { useId, useState } from 'react';
import { type MapAxes, MOST_LINES } from '../../../experiment/map/growth-map.ts';
import { LIMITS } from '../../../experiment/limits.ts';
import { Dialog } from '../../ui/floating/Dialog.tsx';
import fields from '../../ui/fields/fields.module.css';
import ui from '../../ui/ui.module.css';
import { readLines } from './cells.ts';
import styles from './map.module.css';

interface LinesDialogProps {
  readonly opened: boolean;
  readonly axes: MapAxes;
  readonly around: MapAxes;
  /** Last step of the run. */
  readonly steps: number;
  readonly onClose: () => void;
  readonly onChange: (axes: MapAxes) => void;
}

export function LinesDialog({ opened, onClose, ...lines }: LinesDialogProps) {
  return (
    <Dialog title={say.rowsAndColumnsOfTheMap} opened={opened} onClose={onClose} width={460}>
      <LinesForm {...lines} />
    </Dialog>
  );
}

/** Begins with the lines as they are when it opens: a branch that ends meanwhile does not overwrite what is typed. */
function LinesForm({ axes, around, steps, onChange }: Omit<LinesDialogProps, 'opened' | 'onClose'>) {
  const [grow, setGrow] = useState(axes.grow.join(', '));
  const [after, setAfter] = useState(axes.after.join(', '));
  const [wrong, setWrong] = useState<{ readonly grow?: string; readonly after?: string }>({});
  const take = (): void => {
    const rows = readLines(grow, { min: 1, max: steps - 1, whole: true, most: MOST_LINES });
    const columns = readLines(after, { ...(axes.held ? LIMITS.edge : LIMITS.stepSize), whole: false, most: MOST_LINES });
    if ('values' in rows && 'values' in columns) onChange({ held: axes.held, grow: rows.values, after: columns.values });
    else setWrong({ ...('wrong' in rows ? { grow: rows.wrong } : {}), ...('wrong' in columns ? { after: columns.wrong } : {}) });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <Field label={say.growthSteps} value={grow} wrong={wrong.grow} onChange={setGrow} />
      <Field
        label={axes.held ? say.cAfterGrowthOfStepSize : say.stepSizesAfterGrowth}
        value={after}
        wrong={wrong.after}
        onChange={setAfter}
      />
      <p className={ui.note}>{say.upToOfEachWithCommas(MOST_LINES)}</p>
      <div className={styles.buttons}>
        <button type="submit" className={`${ui.button} ${ui.primary}`}>
          {say.takeThese}
        </button>
        <button type="button" className={ui.button} onClick={() => onChange(around)}>
          {say.aroundThisRun}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly wrong: string | undefined;
  readonly onChange: (text: string) => void;
}

function Field({ label, value, wrong, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.formField}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={fields.input}
        value={value}
        autoComplete="off"
        aria-invalid={wrong !== undefined || undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {wrong === undefined ? null : (
        <span id={`${id}-wrong`} className={styles.wrong} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}
