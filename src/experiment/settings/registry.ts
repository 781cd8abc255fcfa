/**
 * The settings of an experiment, by name, in the order in which a link says them. A new one is a declaration in a file
 * here and its name in this list: type, link, schema, limits, differences, fingerprint, file, field in Setup and the
 * page of the documentation follow from it.
 */
import { spokenRows } from '../messages/language.ts';
import { baseline, from, predict, wait } from './beside.ts';
import { clip } from './clip.ts';
import { batch, corpus, examples, probe, task, vocab } from './data/data.ts';
import { diagonal, moments, norm, offDiagonal, operator, release, sigma } from './growth.ts';
import { model, seed } from './model.ts';
import { beta1, beta2, epsilon, optimizer } from './optimizer.ts';
import { own } from './data/own.ts';
import { adapter, pace } from './running.ts';
import { grow, k, plan, steps } from './schedule.ts';
import type { Setting, SizesType, ValueOf } from './setting.ts';
import { source } from './source.ts';
import { sourceLength } from './data/source-length.ts';
import { h, h2 } from './step-size.ts';

const REGISTRY = {
  task,
  corpus,
  vocab,
  sourceLength,
  own,
  examples,
  probe,
  model,
  source,
  seed,
  optimizer,
  beta1,
  beta2,
  epsilon,
  clip,
  h,
  h2,
  batch,
  plan,
  grow,
  steps,
  operator,
  k,
  offDiagonal,
  sigma,
  diagonal,
  norm,
  release,
  moments,
  predict,
  from,
  wait,
  baseline,
  adapter,
  pace,
} as const satisfies Readonly<Record<string, Setting>>;

type Declared = typeof REGISTRY;
export type SettingName = keyof Declared;
type OptionalName = { [Name in SettingName]: Declared[Name] extends { readonly optional: true } ? Name : never }[SettingName];

/** The value of every setting. */
export type Settings = {
  readonly [Name in Exclude<SettingName, OptionalName>]: ValueOf<Declared[Name]['type']>;
} & { readonly [Name in OptionalName]?: ValueOf<Declared[Name]['type']> };

export const SETTING_FIELDS = ['what', 'words', 'otherwise'] as const;
export const SIZE_FIELDS = ['what', 'words'] as const;
export const FIELD_FIELDS = ['label', 'note', 'unit'] as const;
export const SIZES: SizesType['of'] = spokenRows('sizes', REGISTRY.model.type.of as SizesType['of'], SIZE_FIELDS);

/** The fields of Setup that are declared beside their settings. */
type FieldName = { [Name in SettingName]: Declared[Name] extends { readonly field: object } ? Name : never }[SettingName];
export const FIELDS: Readonly<Record<FieldName, NonNullable<Setting['field']>>> = spokenRows(
  'fields',
  Object.fromEntries(
    Object.entries<Setting>(REGISTRY).flatMap(([name, { field }]) => (field === undefined ? [] : [[name, field] as const])),
  ) as Readonly<Record<FieldName, NonNullable<Setting['field']>>>,
  FIELD_FIELDS,
);

const SPOKEN: Readonly<Record<SettingName, Setting>> = spokenRows(
  'settings',
  REGISTRY as Readonly<Record<SettingName, Setting>>,
  SETTING_FIELDS,
);
export const SETTING_LIST = Object.entries<Setting>(SPOKEN).map(([name, setting]) => {
  const field: Setting['field'] = FIELDS[name as FieldName];
  const spoken: Setting = field === undefined ? setting : { ...setting, field };
  return [name, spoken.type.is === 'sizes' ? { ...spoken, type: { ...spoken.type, of: SIZES } } : spoken];
}) as unknown as readonly (readonly [SettingName, Setting])[];
export const SETTINGS = Object.fromEntries(SETTING_LIST) as Readonly<Record<SettingName, Setting>>;

/** Settings that are one number; their ranges are limits.ts's. */
export type NumberName = { [Name in SettingName]: Declared[Name]['type'] extends { readonly is: 'number' } ? Name : never }[SettingName];
