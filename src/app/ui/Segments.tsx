/** A few choices side by side, one of them pressed. */
import ui from './ui.module.css';

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly words: string }[];
  readonly value: T;
  readonly choose: (value: T) => void;
}

export function Segments<T extends string>({ label, options, value, choose }: SegmentsProps<T>) {
  return (
    <div className={ui.segments} role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => choose(option.value)}>
          {option.words}
        </button>
      ))}
    </div>
  );
}
