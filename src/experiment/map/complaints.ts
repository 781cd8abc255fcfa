/** Why a file is no collected sweep. */
import { spoken } from '../messages/language.ts';
import { spellWhole } from '../messages/numbers.ts';

const HELP = 'npm run sweep with --collect writes such a file, sweep.csv';

export const SWEEP_COMPLAINTS = {
  tooManyRows: (most: number) => `It has more than ${spellWhole(most)} rows.`,
  openQuote: 'A quote is never closed: the file is cut off or is no table.',
  tooLarge: `It is too large for a collected sweep (${HELP}).`,
  noLink: `Its first line names no column link, so it is no collected sweep (${HELP}).`,
  noRows: 'It has no rows: nothing was collected yet.',
  ofLine: (line: number, complaint: string) => `Line ${line}: ${complaint}.`,
  otherLength: (line: number, values: number, head: number) => `Line ${line} has ${values} values, the first line ${head}.`,
  noColumn: (line: number, model: string) => `Line ${line} ends with the network ${model}, and there is no column final_${model}.`,
  aNumberOfSteps: 'a number of steps',
  aLoss: 'a loss, which is a number from 0 on',
  isNot: (line: number, column: string, value: string, right: string) => `Line ${line}: ${column} is ${value}, which is not ${right}.`,
};
export const say = spoken('sweepComplaints', SWEEP_COMPLAINTS);
