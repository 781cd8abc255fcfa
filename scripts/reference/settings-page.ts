/**
 * The page of the documentation about settings, from their declarations: what a link, a file and the command line may
 * say.
 */
import { capital } from '../../src/experiment/describe.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { FLOW_ROWS, PREDICTIONS } from '../../src/experiment/declared/flows.ts';
import { KEYS_OF } from '../../src/experiment/link/keys.ts';
import { LATER_KEYS } from '../../src/experiment/link/later.ts';
import { ROWS, VIEW_KEYS } from '../../src/experiment/link/view.ts';
import { say as complaints } from '../../src/experiment/link/complaints.ts';
import { SIZE_NAMES, SIZE_ROWS } from '../../src/experiment/declared/sizes.ts';
import { OPERATOR_WORDS, OPERATORS } from '../../src/experiment/declared/operators.ts';
import { OPTIMIZERS, optimizerRow } from '../../src/experiment/declared/optimizers.ts';
import { DEFAULT_PRESET, PRESETS, presetExperiment } from '../../src/experiment/presets/presets.ts';
import { SETTING_LIST, type SettingName, SIZES } from '../../src/experiment/settings/registry.ts';
import type { Setting } from '../../src/experiment/settings/setting.ts';
import { HELD_SHARPNESS, STEP_SIZES } from '../../src/experiment/settings/step-size.ts';
import { TASKS, taskRow } from '../../src/experiment/declared/tasks.ts';

type Row = readonly string[];

const code = (text: string): string => `\`${text}\``;
const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');

/** The values that may stand behind a key. */
function valuesOf({ type }: Setting): string {
  switch (type.is) {
    case 'number': {
      const range = `${type.whole ? 'whole, ' : ''}${complaints.range(type.min, type.max)}`;
      return type.instead === undefined ? range : `${range}, or ${code(type.instead.word)}`;
    }
    case 'choice':
      return type.words.map(code).join(', ');
    case 'list':
      return `some of ${type.words.map(code).join(', ')}, with commas between them${type.mayBeEmpty ? `, or ${code('off')}` : ''}`;
    case 'flag':
      return `${code('1')} or ${code('0')}`;
    case 'text':
      return `such as ${code(type.example)}, or ${code('off')}`;
    case 'step-size':
      return `${complaints.range(STEP_SIZES.min, STEP_SIZES.max)}, or a table ${code('0:0.5,10:0.13')}: a size from each step on${type.same ? `, or ${code('same')}` : ''}`;
    case 'sizes':
      return '';
    case 'plan':
      return `stages such as ${code('A:200,B:200,A+B>M:400')}, or ${code('off')}`;
  }
}

function rowsOf(name: SettingName, setting: Setting, usual: Experiment): readonly Row[] {
  const { type, help } = setting;
  const said = (key: string): string => {
    const value = KEYS_OF[name].find((each) => each.key === key)?.write(usual) ?? null;
    return value === null ? '' : code(value);
  };
  if (type.is === 'sizes')
    return Object.entries(SIZES).map(([key, size]) => [
      code(key),
      code(`${name}.${key}`),
      `whole, ${complaints.range(size.min, size.max)}`,
      said(key),
      size.help,
    ]);
  const own = setting.key ?? name;
  const row = [code(own), code(name), valuesOf(setting), said(own), help];
  if (type.is !== 'step-size') return [row];
  const held = `In place of ${code(own)}: holds the sharpness, the step size is this divided by the largest eigenvalue of the Hessian`;
  return [row, [code(type.edgeKey), code(name), complaints.range(HELD_SHARPNESS.min, HELD_SHARPNESS.max), said(type.edgeKey), held]];
}

/** The text of docs/settings.md. */
export function reference(): string {
  const usual = presetExperiment(DEFAULT_PRESET);
  return `# Settings, by the keys of a link

Written by \`npm run reference\` from the declarations in \`src/experiment/\`; a test says when it is out of date.

A link is \`#key=value&key=value\`. What it leaves out is the preset's. The same settings stand under the names of the second
column in a JSON file and in the experiment of a \`result.json\`; \`npm run experiment -- --schema\` prints the schema of these.

${table(
  ['key', 'in a file', 'values', `in ${DEFAULT_PRESET}`, 'meaning'],
  SETTING_LIST.flatMap(([name, setting]) => rowsOf(name, setting, usual)),
)}

Besides: \`v\`, the version of the grammar; \`preset\`, where it starts from; \`run=1\`, start on opening; \`left-out\`, tables that were
too long for the link.${LATER_KEYS.size === 0 ? '' : ` Known and not built yet: ${[...LATER_KEYS.keys()].map(code).join(', ')}.`}

## How the page is shown

These change no number of a run. Share makes links with them.

${table(
  ['key', 'values'],
  VIEW_KEYS.map((key) => [code(key), ROWS[key].help]),
)}

## Sizes

${code('size')} is short for the five numbers of a source; one of them said beside it holds.

${table(
  ['`size`', ...Object.keys(SIZES).map(code)],
  SIZE_NAMES.map((name) => [code(name), ...Object.values(SIZE_ROWS[name]).map(String)]),
)}

## Presets

${table(
  ['`preset`', 'what it shows'],
  [...PRESETS.values()].map(({ name, sentence }) => [code(name), sentence]),
)}

## Tasks

${table(
  ['`task`', 'learn to …', 'about', 'training examples', 'source'],
  TASKS.map((task) => {
    const { words, note, most, alphabet } = taskRow(task);
    return [code(task), words, note, `up to ${most(Infinity).examples.toLocaleString('en-US')}`, alphabet];
  }),
)}

## Optimizers

${table(
  ['`opt`', 'name', 'its settings', 'operations a parameter and step', 'about'],
  OPTIMIZERS.map((name) => {
    const { words, settings, flops, note } = optimizerRow(name);
    const keys = settings.flatMap((each) => KEYS_OF[each].map(({ key }) => code(key)));
    return [code(name), capital(words), keys.join(', ') || 'none', String(flops), note];
  }),
)}

## Growth operators

${table(
  ['`op`', 'name', 'what it does', 'source'],
  OPERATORS.map((name) => {
    const { title, explanation, source } = OPERATOR_WORDS[name];
    return [code(name), title, explanation, source];
  }),
)}

## Predictions

${table(
  ['`predict`', 'name', 'what it says', 'source'],
  PREDICTIONS.map((name) => {
    const { title, explains, source } = FLOW_ROWS[name];
    return [code(name), title, explains, source?.words ?? ''];
  }),
)}
`;
}
