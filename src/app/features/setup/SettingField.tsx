/**
 * The field of a setting, by its kind: a number, a number or a word, a choice, a list, yes or no, sizes, a step size, a
 * plan.
 */
import { type Experiment, stepSizeAfter } from '../../../experiment/experiment.ts';
import { type SettingName, SETTINGS } from '../../../experiment/settings/registry.ts';
import type { ListType, NumberType, SizesType } from '../../../experiment/settings/setting.ts';
import { edit } from '../../state/control/run-control.ts';
import { isSizeLocked } from '../../state/derived/locked.ts';
import { useStore } from '../../state/store.ts';
import { Check, Choice, NumberField } from '../../ui/fields/fields.tsx';
import ui from '../../ui/ui.module.css';
import { Locked } from '../locked/Locked.tsx';
import { PlanText } from '../plan/PlanText.tsx';
import { type FieldWords, fieldWords, type Option } from './field-words.ts';
import { StepSizeEditor } from './StepSizeEditor.tsx';

interface FieldProps {
  readonly name: SettingName;
  readonly experiment: Experiment;
}

/** Nothing where the setting has no field, or no meaning in this experiment. */
export function SettingField({ name, experiment }: FieldProps) {
  return (
    <Locked setting={name}>
      <Field name={name} experiment={experiment} />
    </Locked>
  );
}

function Field({ name, experiment }: FieldProps) {
  const words = fieldWords(name, experiment);
  if (words === null) return null;
  const { type } = SETTINGS[name];
  const value = experiment[name];
  const put = (next: unknown): void => edit({ [name]: next });
  switch (type.is) {
    case 'number':
      return type.instead === undefined ? (
        <>
          <Figure {...{ name, type, words, experiment }} />
          {words.note === undefined ? null : <p className={ui.note}>{words.note}</p>}
        </>
      ) : (
        <OrWord {...{ name, type, words, experiment }} />
      );
    case 'choice':
      return (
        <Choice
          label={words.label}
          value={typeof value === 'string' ? value : String(SETTINGS[name].neutral ?? '')}
          onChange={put}
          options={words.options?.(experiment) ?? type.words.map((word) => ({ value: word, title: word }))}
        />
      );
    case 'list':
      return <Several {...{ name, type, words, experiment }} />;
    case 'flag':
      return <Check label={words.label} {...noteOf(words)} checked={value === true} onChange={put} />;
    case 'sizes':
      return <Sizes type={type} words={words} experiment={experiment} />;
    case 'step-size':
      return <StepSizeField {...{ name, words, experiment }} same={type.same} />;
    case 'text':
      return null;
    case 'plan':
      return <PlanText />;
  }
}

const noteOf = ({ note }: { readonly note?: string }) => (note === undefined ? {} : { note });

interface KindProps<T> extends FieldProps {
  readonly type: T;
  readonly words: FieldWords;
}

function Figure({ name, type, words: { label, unit, box, most }, experiment }: KindProps<NumberType>) {
  return (
    <NumberField
      label={label}
      hideLabel={box?.label === label}
      value={Number(experiment[name])}
      min={type.min}
      max={Math.min(type.max, most?.(experiment) ?? type.max)}
      whole={type.whole}
      {...(unit === undefined ? {} : { unit })}
      onChange={(next) => edit({ [name]: next })}
    />
  );
}

/** A number, or a word in its place, with a box that says which. */
function OrWord({ name, type, words, experiment }: KindProps<NumberType>) {
  const { box, start } = words;
  const isNumber = typeof experiment[name] === 'number';
  return (
    <>
      {box ? (
        <Check
          label={box.label}
          {...noteOf(box)}
          checked={isNumber === (box.means === 'number')}
          onChange={(on) => edit({ [name]: on === (box.means === 'number') ? (start?.(experiment) ?? type.min) : type.instead?.value })}
        />
      ) : null}
      {isNumber ? <Figure {...{ name, type, words, experiment }} /> : null}
    </>
  );
}

/** Some of a few, in the order of the declaration; the last one stays where there must be one. */
function Several({ name, type, words, experiment }: KindProps<ListType>) {
  const value = experiment[name];
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const toggle = (word: string, on: boolean): void => {
    const next = type.words.filter((other) => (other === word ? on : chosen.includes(other)));
    if (next.length > 0 || type.mayBeEmpty) edit({ [name]: next });
  };
  const options: readonly Option[] = words.options?.(experiment) ?? type.words.map((word) => ({ value: word, title: word }));
  return options.map((option) => (
    <Check
      key={option.value}
      label={option.title}
      {...noteOf(option)}
      checked={chosen.includes(option.value)}
      onChange={(on) => toggle(option.value, on)}
    />
  ));
}

function Sizes({ type, words, experiment: { model } }: Omit<KindProps<SizesType>, 'name'>) {
  const view = useStore((s) => s.view);
  const keys = Object.keys(words.sizes ?? type.of) as (keyof typeof model)[];
  return keys.map((key) => (
    <NumberField
      key={key}
      label={words.sizes?.[key] ?? type.of[key].words ?? key}
      value={model[key]}
      disabled={isSizeLocked({ view }, key)}
      min={type.of[key].min}
      max={type.of[key].max}
      whole
      onChange={(next) => edit({ model: { ...model, [key]: next } })}
    />
  ));
}

/** @param same it may be left to the one before */
function StepSizeField({ name, words: { label, box }, experiment, same }: Omit<KindProps<unknown>, 'type'> & { readonly same: boolean }) {
  const own = name === 'h2' ? experiment.h2 : experiment.h;
  return (
    <>
      {same && box ? (
        <Check label={box.label} checked={own === null} onChange={(on) => edit({ [name]: on ? null : stepSizeAfter(experiment) })} />
      ) : null}
      {own === null ? null : (
        <StepSizeEditor experiment={experiment} value={own} label={label} onChange={(next) => edit({ [name]: next })} />
      )}
    </>
  );
}
