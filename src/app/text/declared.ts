/**
 * The words of the tables of `experiment/`, whose English stands at the declarations: the shape in which
 * another language says them, by id. A row that is added there is missing in that language until it has it, and does
 * not compile.
 */
import { FLOW_FIELDS, FLOW_ROWS } from '../../experiment/declared/flows.ts';
import {
  MOMENTS_FIELDS,
  MOMENTS_WORDS,
  NORM_FIELDS,
  NORM_WORDS,
  OFF_DIAGONAL_EXPLANATIONS,
  OFF_DIAGONAL_FIELDS,
} from '../../experiment/declared/norms.ts';
import { OPERATOR_FIELDS, OPERATOR_WORDS } from '../../experiment/declared/operators.ts';
import { OPTIMIZER_FIELDS, OPTIMIZER_ROWS } from '../../experiment/declared/optimizers.ts';
import { TASK_FIELDS, TASK_ROWS } from '../../experiment/declared/tasks.ts';
import { CORPUS_FIELDS, CORPUS_ROWS, VOCABULARY_FIELDS, VOCABULARY_ROWS } from '../../experiment/declared/texts.ts';
import { SENTENCE_WORDS } from '../../experiment/describe.ts';
import { wordsOfRows } from '../../experiment/messages/language.ts';
import { LINK_COMPLAINTS } from '../../experiment/link/complaints.ts';
import { STEP_SIZE_WORDS } from '../../experiment/link/spelling.ts';
import { SWEEP_COMPLAINTS } from '../../experiment/map/complaints.ts';
import { PLAN_COMPLAINTS } from '../../experiment/plan/complaints.ts';
import { PRESET_FIELDS, PRESET_ROWS } from '../../experiment/presets/presets.ts';
import { FIELD_FIELDS, FIELDS, SETTING_FIELDS, SETTINGS, SIZE_FIELDS, SIZES } from '../../experiment/settings/registry.ts';

/** The words of each row: any text in the place of the English one, and a function where that is one. */
type Said<Rows, Field extends PropertyKey> = {
  readonly [Id in keyof Rows]: { readonly [F in keyof Pick<Rows[Id], Field & keyof Rows[Id]>]: Worded<Rows[Id][F]> };
};
type Worded<Text> = Text extends (...given: never[]) => string ? Text : Text extends string ? string : Text;

function said<Rows extends Readonly<Record<string, object>>, const Field extends string>(
  rows: Rows,
  fields: readonly Field[],
): Said<Rows, Field> {
  return wordsOfRows(rows, fields as readonly never[]) as unknown as Said<Rows, Field>;
}

/** By the name that a table is declared with. */
export const DECLARED = {
  sentence: SENTENCE_WORDS,
  planComplaints: PLAN_COMPLAINTS,
  sweepComplaints: SWEEP_COMPLAINTS,
  linkComplaints: LINK_COMPLAINTS,
  stepSize: STEP_SIZE_WORDS,
  flows: said(FLOW_ROWS, FLOW_FIELDS),
  tasks: said(TASK_ROWS, TASK_FIELDS),
  corpora: said(CORPUS_ROWS, CORPUS_FIELDS),
  vocabularies: said(VOCABULARY_ROWS, VOCABULARY_FIELDS),
  optimizers: said(OPTIMIZER_ROWS, OPTIMIZER_FIELDS),
  operators: said(OPERATOR_WORDS, OPERATOR_FIELDS),
  norms: said(NORM_WORDS, NORM_FIELDS),
  moments: said(MOMENTS_WORDS, MOMENTS_FIELDS),
  offDiagonals: said(OFF_DIAGONAL_EXPLANATIONS, OFF_DIAGONAL_FIELDS),
  presets: said(PRESET_ROWS, PRESET_FIELDS),
  settings: said(SETTINGS, SETTING_FIELDS),
  sizes: said(SIZES, SIZE_FIELDS),
  fields: said(FIELDS, FIELD_FIELDS),
};
