/** The field of a setting, as its declaration has it: a number, a number or a word, a choice, yes or no. */
import type { Experiment } from '../../../experiment/experiment.ts';
import { SETTING_LIST, type SettingName, SETTINGS } from '../../../experiment/settings/registry.ts';
import type { NumberType, SetupRow } from '../../../experiment/settings/setting.ts';
import { edit } from '../../state/control/run-control.ts';
import { Check, Choice, NumberField } from '../../ui/fields.tsx';
import ui from '../../ui/ui.module.css';

/** Settings whose field stands in a row of Setup, and nowhere else in it. */
export function fieldsIn(row: SetupRow): readonly SettingName[] {
  return SETTING_LIST.flatMap(([name, { field }]) => (field?.row === row ? [name] : []));
}

interface FieldProps {
  readonly name: SettingName;
  readonly experiment: Experiment;
}

/** Nothing where the setting has no field, or no meaning in this experiment. */
export function SettingField({ name, experiment }: FieldProps) {
  const { type, field, needs } = SETTINGS[name];
  if (field === undefined || needs?.when(experiment) === false) return null;
  const { label, note } = field;
  const value = experiment[name];
  const put = (next: unknown): void => edit({ [name]: next });
  switch (type.is) {
    case 'number':
      return type.instead === undefined ? (
        <>
          <Figure name={name} type={type} value={value} />
          {note === undefined ? null : <p className={ui.note}>{note}</p>}
        </>
      ) : (
        <>
          <Check
            label={label}
            {...(note === undefined ? {} : { note })}
            checked={typeof value === 'number'}
            onChange={(on) => put(on ? (field.start ?? type.min) : type.instead?.value)}
          />
          {typeof value === 'number' ? <Figure name={name} type={type} value={value} /> : null}
        </>
      );
    case 'choice':
      return (
        <Choice
          label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={put}
          options={type.words.map((word) => ({ value: word, title: word }))}
        />
      );
    case 'flag':
      return <Check label={label} {...(note === undefined ? {} : { note })} checked={value === true} onChange={put} />;
    default:
      return null;
  }
}

function Figure({ name, type, value }: { readonly name: SettingName; readonly type: NumberType; readonly value: unknown }) {
  const { field } = SETTINGS[name];
  return (
    <NumberField
      label={field?.label ?? name}
      hideLabel={type.instead !== undefined}
      value={Number(value)}
      min={type.min}
      max={type.max}
      whole={type.whole}
      {...(field?.unit === undefined ? {} : { unit: field.unit })}
      onChange={(next) => edit({ [name]: next })}
    />
  );
}
