/**
 * A step size on a logarithmic scale, with a number field. Moving it asks what if; nothing trains. A step size held to
 * the sharpness is moved by its c (h = c / λmax).
 */
import type { StepSize } from '../../experiment/experiment.ts';
import { LIMITS } from '../../experiment/limits.ts';
import { NumberField } from '../ui/fields.tsx';
import { Term } from '../ui/Term.tsx';
import { size, stepSize } from '../words.ts';
import styles from './theory.module.css';

interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

const CONSTANT: Scale = { min: 0.01, max: 0.5, ticks: [0.01, 0.03, 0.1, 0.3, 0.5] };
const HELD: Scale = { min: 0.1, max: 4, ticks: [0.1, 0.3, 1, 2, 4] };

/** The usual scale, moved by whole decades for step sizes that lie outside (Adam's). */
export function scaleOf(value: StepSize): Scale {
  if (value.kind === 'edge') return HELD;
  const now = value.kind === 'constant' ? value.value : (value.table[0]?.[1] ?? 0.1);
  if (now >= CONSTANT.min && now <= CONSTANT.max) return CONSTANT;
  const shift = 10 ** Math.floor(Math.log10(now / CONSTANT.min));
  return { min: CONSTANT.min * shift, max: CONSTANT.max * shift, ticks: CONSTANT.ticks.map((tick) => Number((tick * shift).toPrecision(1))) };
}

function numberOf(value: StepSize): number {
  if (value.kind === 'edge') return value.edge;
  return value.kind === 'constant' ? value.value : (value.table[value.table.length - 1]?.[1] ?? 0.1);
}

/** Two figures are enough for a hand. */
const round = (x: number): number => Number(x.toPrecision(2));

interface StepSliderProps {
  readonly label: string;
  readonly explains: string;
  readonly value: StepSize;
  readonly was: StepSize;
  readonly onChange: (value: StepSize) => void;
}

export function StepSlider({ label, explains, value, was, onChange }: StepSliderProps) {
  // The scale is that of the run, so that it does not jump under the finger.
  const { min, max, ticks } = scaleOf(was);
  const held = was.kind === 'edge';
  const place = (x: number): number => Math.min(1, Math.max(0, Math.log(x / min) / Math.log(max / min)));
  const number = numberOf(value);
  const before = numberOf(was);
  const changed = stepSize(value) !== stepSize(was) || number !== before;
  const take = (x: number): void => onChange(held ? { kind: 'edge', edge: x } : { kind: 'constant', value: x });
  const shown = held ? `${number} / λ` : size(number);
  const limits = held ? LIMITS.edge : LIMITS.stepSize;
  return (
    <section className={styles.slider} aria-label={label}>
      <div className={styles.sliderHead}>
        <h2>
          <Term explains={explains}>{label}</Term>
        </h2>
        <span className={styles.sliderValue}>
          <NumberField label={`${label}, as a number`} hideLabel value={number} min={limits.min} max={limits.max} onChange={take} {...(held ? { unit: '/ λ' } : {})} />
          {changed ? <span className={styles.was}>was {held ? before : size(before)}</span> : null}
        </span>
      </div>
      <div className={styles.track} style={{ '--at': place(number), '--was': place(before) } as React.CSSProperties}>
        {changed ? <i className={styles.ring} aria-hidden="true" /> : null}
        <input
          type="range"
          aria-label={label}
          aria-valuetext={shown}
          min={0}
          max={1000}
          step={1}
          value={Math.round(1000 * place(number))}
          onChange={(event) => take(round(min * (max / min) ** (Number(event.currentTarget.value) / 1000)))}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && changed) {
              onChange(was);
              event.stopPropagation();
            }
          }}
        />
      </div>
      <div className={styles.ticks} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ '--at': place(tick) } as React.CSSProperties}>
            {tick}
          </span>
        ))}
      </div>
      {was.kind === 'table' && !changed ? <p className={styles.under}>A table of {was.table.length}; moving the slider makes it constant.</p> : null}
    </section>
  );
}
