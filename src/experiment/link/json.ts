/**
 * The JSON file: an experiment as the schema has it, whole or in part (what is missing is the preset's), or a
 * `result.json`, whose experiment is taken. As with a link, what can't be used is replaced and named.
 */
import type * as z from 'zod/mini';
import { NEWEST_GRAMMAR, OPERATORS, type Experiment } from '../experiment.ts';
import { say } from './complaints.ts';
import type { Draft } from './keys.ts';
import { type LinkProblem, type ParsedLink, worded } from './link.ts';
import { plannedOperator } from '../plan/plan-size.ts';
import { DEFAULT_PRESET, defaultsFor, isPreset, presetExperiment, presetNames } from '../presets/presets.ts';
import { reconcile } from './reconcile.ts';
import { planSchema, settingSchemas, whyNot } from '../schema.ts';
import { SETTING_LIST } from '../settings/registry.ts';

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
};

/**
 * The fields that a whole experiment may lack: optional settings, and those that files of earlier versions do not have.
 */
const MAY_LACK: ReadonlySet<string> = new Set(
  SETTING_LIST.filter(([, { optional, absentInOldFiles }]) => optional === true || absentInOldFiles === true).map(([name]) => name),
);

export function readExperimentJson(text: string): Pick<ParsedLink, 'experiment' | 'problems'> {
  const problems: LinkProblem[] = [];
  const tell = (key: string, value: unknown, complaint: string, so?: string, minor = false): void => {
    problems.push({ key, value: show(value), ...worded(complaint, so), minor });
  };
  let json: unknown;
  try {
    // A mark of the encoding at the start is no part of JSON.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    tell('file', text.slice(0, 40), say.fileNotJson(error instanceof Error ? error.message : String(error)), say.isUsed(DEFAULT_PRESET));
    return { experiment: presetExperiment(DEFAULT_PRESET), problems };
  }
  if (isObject(json) && isObject(json['experiment'])) json = json['experiment'];
  if (!isObject(json)) {
    tell('file', json, say.fileHolds(show(json)), say.isUsed(DEFAULT_PRESET));
    return { experiment: presetExperiment(DEFAULT_PRESET), problems };
  }
  const fields = settingSchemas();
  const version = fields.v.safeParse(json['v'] ?? NEWEST_GRAMMAR);
  const grammar = version.success ? version.data : NEWEST_GRAMMAR;
  const wanted = json['preset'] ?? DEFAULT_PRESET;
  const known = typeof wanted === 'string' && isPreset(wanted, grammar);
  if (!known)
    tell(
      'preset',
      wanted,
      say.ofKey('preset', say.sentence(show(wanted), say.notAPreset(presetNames(grammar)))),
      say.isUsed(DEFAULT_PRESET),
    );
  const preset = known ? wanted : DEFAULT_PRESET;
  const operator = OPERATORS.find((name) => name === json['operator']);
  const plan = planSchema().safeParse(json['plan']);
  const wantedOperator = operator ?? presetExperiment(preset, grammar).operator;
  const draft: Draft = { ...defaultsFor(preset, grammar, plan.success ? plannedOperator(plan.data, wantedOperator) : wantedOperator) };
  for (const [key, value] of Object.entries(json)) {
    if (key === 'preset') continue;
    if (!Object.hasOwn(fields, key)) {
      tell(key, value, say.sentence(key, say.notASettingOf(Object.keys(fields))));
      continue;
    }
    const name = key as keyof Experiment;
    const merged = name === 'model' && isObject(value) ? { ...draft.model, ...value } : value;
    const schema: z.ZodMiniType = fields[name];
    const read = schema.safeParse(merged);
    if (read.success) Object.assign(draft, { [name]: read.data });
    else tell(key, value, say.ofKey(key, say.cantBeUsed(show(value), firstLine(read.error))), say.isUsed(show(draft[name])));
  }
  // A whole experiment names everything; only a part of one can contradict its plan or batch.
  const whole = Object.keys(fields).every((key) => MAY_LACK.has(key) || Object.hasOwn(json as JsonObject, key));
  // A file that lists every other setting but not this one means: there is none, even if the preset has one.
  for (const [name, { optional }] of SETTING_LIST)
    if (optional === true && whole && json[name] === undefined) delete (draft as Partial<Draft>)[name];
  const given = new Set(whole ? [] : Object.keys(json));
  for (const { keys, complaint, used, fitted } of reconcile(draft, given)) {
    const key = keys.find((each) => given.has(each)) ?? keys[0] ?? 'file';
    tell(
      key,
      json[key],
      say.sentence(key, complaint),
      used === null ? say.leftOut : say.isUsed(used),
      fitted !== undefined && !given.has(fitted),
    );
  }
  const reason = whyNot(draft);
  if (reason === null) return { experiment: draft, problems };
  tell('file', json, say.theFile(reason), say.isUsed(DEFAULT_PRESET));
  return { experiment: presetExperiment(DEFAULT_PRESET), problems };
}

function firstLine(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? say.notValid : `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}`;
}
