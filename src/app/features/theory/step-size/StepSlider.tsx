/**
 * A step size on a logarithmic scale, with a number field. Moving it asks what if; nothing trains. A step size held to
 * the sharpness is moved by its c (h = c / λmax).
 */
import { say } from '../../../text/en/theory/theory.ts';
import { type KeyboardEvent, useRef } from 'react';
import type { StepSize } from '../../../../experiment/experiment.ts';
import { LIMITS } from '../../../../experiment/limits.ts';
import { runBranch } from '../../../state/control/run-control.ts';
import { NumberField } from '../../../ui/fields/fields.tsx';
import { Term } from '../../../ui/terms/Term.tsx';
import { stepSize } from '../../../text/words.ts';
import { asItIs, size } from '../../../text/numbers.ts';
import { LockedNote } from '../../locked/Locked.tsx';
import styles from '../theory.module.css';

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
  return {
    min: CONSTANT.min * shift,
    max: CONSTANT.max * shift,
    ticks: CONSTANT.ticks.map((tick) => Number((tick * shift).toPrecision(1))),
  };
}

function numberOf(value: StepSize): number {
  if (value.kind === 'edge') return value.edge;
  return value.kind === 'constant' ? value.value : (value.table[value.table.length - 1]?.[1] ?? 0.1);
}

/** Two figures are enough for a hand. */
const round = (x: number): number => Number(x.toPrecision(2));

/** Where a key moves the slider: one unit of the second figure, with Shift or Page five. */
export function keyed(key: string, shift: boolean, value: number, min: number, max: number): number | null {
  const direction = { ArrowRight: 1, ArrowUp: 1, PageUp: 1, ArrowLeft: -1, ArrowDown: -1, PageDown: -1 }[key];
  if (key === 'Home') return min;
  if (key === 'End') return max;
  if (direction === undefined) return null;
  // Just below a power of ten the unit is that of the smaller decade: from 0.10 down comes 0.099.
  const unit = 10 ** (Math.floor(Math.log10(value * (direction < 0 ? 0.999 : 1.001))) - 1);
  return round(value + direction * unit * (shift || key.startsWith('Page') ? 5 : 1));
}

interface StepSliderProps {
  readonly label: string;
  readonly explains: string;
  readonly value: StepSize;
  readonly was: StepSize;
  /** Who shares it, in words; empty where each has its own. */
  readonly shared?: string;
  /** The link holds it fast. */
  readonly locked?: boolean;
  readonly onChange: (value: StepSize) => void;
}

export function StepSlider({ label, explains, value, was, shared = '', locked = false, onChange }: StepSliderProps) {
  // The scale is that of the run, so that it does not jump under the finger.
  const { min, max, ticks } = scaleOf(was);
  const held = was.kind === 'edge';
  const place = (x: number): number => Math.min(1, Math.max(0, Math.log(x / min) / Math.log(max / min)));
  const number = numberOf(value);
  const before = numberOf(was);
  const changed = stepSize(value) !== stepSize(was) || number !== before;
  const take = (x: number): void => onChange(held ? { kind: 'edge', edge: x } : { kind: 'constant', value: x });
  const shown = held ? `${number} / λ` : size(number);
  const track = useRef<HTMLDivElement>(null);
  const clamp = (x: number): number => Math.min(max, Math.max(min, x));
  const drag = (clientX: number): void => {
    if (locked) return;
    const box = track.current?.getBoundingClientRect();
    if (box) take(round(min * (max / min) ** Math.min(1, Math.max(0, (clientX - box.left) / box.width))));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (locked) return;
    const next = keyed(event.key, event.shiftKey, number, min, max);
    if (next !== null) take(clamp(next));
    else if (event.key === 'Enter' && changed) runBranch();
    else if (event.key === 'Escape' && changed) onChange(was);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const limits = held ? LIMITS.edge : LIMITS.stepSize;
  return (
    <section className={styles.slider} aria-label={label}>
      <div className={styles.sliderHead}>
        <h2>
          <Term explains={explains}>{label}</Term>
        </h2>
        <span className={styles.sliderValue}>
          <NumberField
            label={say.asANumber(label)}
            hideLabel
            disabled={locked}
            value={number}
            min={limits.min}
            max={limits.max}
            onChange={take}
            {...(held ? { unit: '/ λ' } : {})}
          />
          {changed ? <span className={styles.was}>{say.was(held ? before : size(before))}</span> : null}
        </span>
      </div>
      <div
        ref={track}
        className={styles.track}
        style={{ '--at': place(number), '--was': place(before) } as React.CSSProperties}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.querySelector<HTMLElement>('[role=slider]')?.focus({ preventScroll: true });
          drag(event.clientX);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event.clientX);
        }}
      >
        {changed ? <i className={styles.ring} aria-hidden="true" /> : null}
        <div
          role="slider"
          tabIndex={0}
          className={styles.thumb}
          aria-label={label}
          aria-disabled={locked || undefined}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-valuenow={number}
          aria-valuetext={shown}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={styles.ticks} aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ '--at': place(tick) } as React.CSSProperties}>
            {asItIs(tick)}
          </span>
        ))}
      </div>
      {locked ? <LockedNote /> : null}
      {held && shared !== '' ? <p className={styles.under}>{shared}</p> : null}
      {was.kind === 'table' && !changed ? <p className={styles.under}>{say.aTableOfMovingTheSlider(was.table.length)}</p> : null}
    </section>
  );
}
