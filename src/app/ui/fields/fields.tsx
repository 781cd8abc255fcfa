/** The few ways to change a value: a number, a choice, a select that reads like text. */
import { say } from '../../text/en/screen/ui.ts';
import { type ReactNode, useId, useState } from 'react';
import { ChevronIcon } from '../icons.tsx';
import styles from './fields.module.css';
import { asTyped, plain } from '../../text/numbers.ts';
import { typedNumber } from './typed-number.ts';
import { useChanged } from '../use-changed.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly unit?: string;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}

/**
 * A number that is taken over by Enter or on leaving the field; what can't be used is named, and the old value stays.
 */
export function NumberField({
  label,
  value,
  min,
  max,
  whole = false,
  unit,
  hideLabel = false,
  disabled = false,
  onChange,
}: NumberFieldProps) {
  const id = useId();
  const [text, setText] = useState(asTyped(value));
  const [wrong, setWrong] = useState(false);
  if (useChanged(value)) {
    setText(asTyped(value));
    setWrong(false);
  }
  const range = say.to(plain(min), plain(max), whole);
  const take = (): void => {
    const number = typedNumber(text, whole);
    const fits = Number.isFinite(number) && number >= min && number <= max && (!whole || Number.isInteger(number));
    setWrong(!fits);
    if (fits && number !== value) onChange(number);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <span className={styles.number}>
        <input
          id={id}
          className={styles.input}
          inputMode={whole ? 'numeric' : 'decimal'}
          autoComplete="off"
          disabled={disabled}
          value={text}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
          }}
        />
        {unit ? <span className={styles.unit}>{unit}</span> : null}
      </span>
      {wrong ? (
        <span id={`${id}-wrong`} className={styles.wrong} role="alert">
          {say.cantBeUsedHere(text.trim() === '', text, range)}
        </span>
      ) : null}
    </div>
  );
}

export interface Option<T extends string> {
  readonly value: T;
  readonly title: string;
  readonly note?: ReactNode;
  /** Shown, with its note, and not to be chosen. */
  readonly disabled?: boolean;
}

/** One of a few, with a word on each. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            disabled={option.disabled === true}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span className={styles.title}>{option.title}</span>
            {option.note ? <span className={styles.note}>{option.note}</span> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A select that reads like the text around it. */
export function InlineSelect<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}) {
  const current = options.find(([key]) => key === value)?.[1] ?? value;
  return (
    <span className={styles.inline}>
      <span aria-hidden="true">{current}</span>
      <ChevronIcon />
      <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}

export function Check({
  label,
  note,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly note?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label className={styles.option}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        <span className={styles.title}>{label}</span>
        {note ? <span className={styles.note}>{note}</span> : null}
      </span>
    </label>
  );
}
