/** Texts that networks are asked, a line each, and their answers as a table with tabs or as JSON. */
import { readFileSync } from 'node:fs';
import { textOfFile } from '../../experiment/text-file.ts';
import type { AnsweredText } from '../../run/metrics/answer-texts.ts';
import { textFile, type OutputFile } from '../../storage/files.ts';
import { type AnswerForm, answersName } from '../../storage/result-names.ts';
import { UsageError } from './arguments.ts';

/** The questions to networks at the end, and the form of their answers. */
export interface Asked {
  readonly texts: readonly string[];
  readonly form: AnswerForm;
}

/** @throws UsageError where the file can't be read, or asks nothing */
export function readInputs(path: string): readonly string[] {
  let text: string;
  try {
    text = textOfFile(new Uint8Array(readFileSync(path)));
  } catch (error) {
    throw new UsageError(`--generate ${path} can't be read (${error instanceof Error ? error.message : String(error)})`);
  }
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.every((line) => line.trim() === '')) throw new UsageError(`--generate ${path} holds no text; it needs an input a line`);
  return lines;
}

const cell = (text: string): string => text.replaceAll(/[\t\n\r]/g, ' ');

/** A head, then a line an input: it, and the answer of each network. */
function answersTable(answered: readonly AnsweredText[]): string {
  const models = Object.keys(answered[0]?.answers ?? {});
  const rows = answered.map(({ input, answers }) => [input, ...models.map((model) => answers[model] ?? '')]);
  return [['input', ...models], ...rows].map((row) => `${row.map(cell).join('\t')}\n`).join('');
}

export const answersText = (answered: readonly AnsweredText[], form: AnswerForm): string =>
  form === 'json' ? `${JSON.stringify(answered, null, 2)}\n` : answersTable(answered);

export const answersFile = (answered: readonly AnsweredText[], form: AnswerForm): OutputFile =>
  textFile(answersName(form), answersText(answered, form));
