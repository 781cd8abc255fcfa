/**
 * The collected table of a sweep (`npm run sweep … --collect` writes sweep.csv) as measured cells of a map: its columns
 * `link` and, of the model that the plan ends with, `final_<model>`; `steps` says how far a run got. A run that did not
 * get to its last step counts as diverged.
 */
import { say } from './complaints.ts';
import type { MeasuredBranch } from './growth-map.ts';
import { parseLink } from '../link/link.ts';
import { planOf } from '../plan/plan.ts';
import { readDecimal } from '../link/spelling.ts';

/** Rows and characters a table may have: a page that is handed something else must not choke on it. */
const MOST_ROWS = 2_000;
export const MOST_CHARACTERS = 4_000_000;

/** The complaint about a table that can't be read, in words for its reader. */
export class SweepFileError extends Error {
  override readonly name = 'SweepFileError';
}

/** Rows of comma-separated values (RFC 4180): quotes may hold commas, line ends and doubled quotes. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(field);
    field = '';
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i);
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text.charAt(i + 1) === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (letter === '"' && field === '') quoted = true;
    else if (letter === ',') {
      row.push(field);
      field = '';
    } else if (letter === '\n') endRow();
    else if (letter !== '\r') field += letter;
    if (rows.length > MOST_ROWS) throw new SweepFileError(say.tooManyRows(MOST_ROWS));
  }
  if (quoted) throw new SweepFileError(say.openQuote);
  endRow();
  return rows;
}

/**
 * A number from 0 on in a cell; null for a cell with nothing but blanks in it. @throws SweepFileError for anything
 * else, `0x10` and `-5` among it
 */
function cellNumber(text: string, line: number, column: string, right: string): number | null {
  const written = text.trim();
  if (written === '') return null;
  const value = readDecimal(written);
  if (value === null || value < 0) throw new SweepFileError(say.isNot(line, column, written.slice(0, 40), right));
  return value;
}

/** @throws SweepFileError that names the line and what would be right; nothing is taken from such a file */
export function readSweep(text: string): readonly MeasuredBranch[] {
  if (text.length > MOST_CHARACTERS) throw new SweepFileError(say.tooLarge);
  const [head, ...rows] = rowsOf(text.replace(/^\uFEFF/, ''));
  const column = (name: string): number => head?.indexOf(name) ?? -1;
  const link = column('link');
  if (head === undefined || link < 0) throw new SweepFileError(say.noLink);
  if (rows.length === 0) throw new SweepFileError(say.noRows);
  const steps = column('steps');
  return rows.map((row, i) => {
    const line = i + 2;
    if (row.length !== head.length) throw new SweepFileError(say.otherLength(line, row.length, head.length));
    const { experiment, problems } = parseLink(row[link] ?? '');
    const serious = problems.find(({ minor }) => !minor);
    if (serious) throw new SweepFileError(say.ofLine(line, serious.complaint));
    const model = planOf(experiment).at(-1)?.model ?? '';
    const final = column(`final_${model}`);
    if (final < 0) throw new SweepFileError(say.noColumn(line, model));
    const at = (index: number, name: string, wanted: string): number | null => cellNumber(row[index] ?? '', line, name, wanted);
    const reached = steps < 0 ? null : at(steps, 'steps', say.aNumberOfSteps);
    const loss = at(final, `final_${model}`, say.aLoss);
    if (reached !== null && reached < experiment.steps) return { experiment, loss: null };
    return { experiment, loss };
  });
}
