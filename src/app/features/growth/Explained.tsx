/** A value that opens its choices, each with what it does in two sentences and where it comes from. */
import { Choice } from '../../ui/fields/fields.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Popup } from '../../ui/floating/Popup.tsx';
import ui from '../../ui/ui.module.css';
import styles from './growth.module.css';

interface ExplainedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  readonly words: Readonly<Record<T, { readonly title: string; readonly explanation: string; readonly source: string }>>;
  readonly onChange: (value: T) => void;
}

export function Explained<T extends string>({ label, value, options, words, onChange }: ExplainedProps<T>) {
  return (
    <Popup
      title={label}
      edge="end"
      width={340}
      className={styles.choices}
      renderTarget={(toggle) => (
        <button type="button" className={ui.value} onClick={toggle}>
          <span className="visually-hidden">{label}: </span>
          {words[value].title} <ChevronIcon />
        </button>
      )}
      renderEditor={() => (
        <>
          <h2 className={ui.heading}>{label}</h2>
          <Choice<T>
            label={label}
            value={value}
            onChange={onChange}
            options={options.map((name) => ({
              value: name,
              title: words[name].title,
              note: (
                <>
                  {words[name].explanation} <span className={styles.source}>{words[name].source}</span>
                </>
              ),
            }))}
          />
        </>
      )}
    />
  );
}
