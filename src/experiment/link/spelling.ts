/**
 * How numbers, words and step sizes are spelled in a link, and read from one. Reading gives the value, or a
 * complaint that says what would be right; it never throws.
 */
import type { StepSize, StepSizeTable } from '../experiment.ts';
import { spoken } from '../messages/language.ts';
import { asItIs, fixed } from '../messages/numbers.ts';
import { LIMITS, type Range, TABLE_LIMIT, TABLE_SIZES } from '../limits.ts';
import { say } from './complaints.ts';

/** `value` if something usable was read; `complaint` continues the sentence "key=text …". */
export interface Reading<T> {
  readonly value?: T;
  readonly complaint?: string;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A finite decimal number and nothing else (no `0x10`, no blanks, no empty text). */
export function readDecimal(text: string): number | null {
  if (!DECIMAL.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/**
 * A number in a range. Beyond the range it is clamped and told; what has no meaning at all (zero or negative where only
 * positive makes sense, no number) has no value.
 */
export function readNumber(text: string, range: Range, what: string, whole: boolean): Reading<number> {
  const value = readDecimal(text);
  const right = say.range(range.min, range.max);
  if (value === null || (whole && !Number.isInteger(value)) || value < 0 || (value === 0 && range.min > 0))
    return { complaint: say.isNot(what, right) };
  if (value < range.min) return { value: range.min, complaint: say.tooSmall(what, right) };
  if (value > range.max) return { value: range.max, complaint: say.tooLarge(what, right) };
  // -0 would be spelled "0" and come back as another value.
  return { value: value === 0 ? 0 : value };
}

/** `0:0.5,10:0.13`; sizes beyond the range are clamped. */
function readTable(text: string): Reading<StepSizeTable> {
  const entries = text.split(',');
  if (entries.length > TABLE_LIMIT) return { complaint: say.tooManyEntries(entries.length, TABLE_LIMIT) };
  const table: (readonly [number, number])[] = [];
  let complaint: string | undefined;
  for (const entry of entries) {
    const [stepText, sizeText, ...rest] = entry.split(':');
    const step = readNumber(stepText ?? '', { min: 0, max: LIMITS.steps.max }, say.aStep, true);
    const recorded = readNumber(sizeText ?? '', TABLE_SIZES, say.aStepSize, false);
    const size = recorded.complaint === undefined ? recorded : readNumber(sizeText ?? '', LIMITS.stepSize, say.aStepSize, false);
    if (step.value === undefined || step.complaint !== undefined || size.value === undefined || rest.length > 0) {
      return { complaint: say.notATable };
    }
    const before = table.at(-1);
    if (before !== undefined && step.value <= before[0]) return { complaint: say.tableMustRise(step.value, before[0]) };
    if (size.complaint !== undefined) complaint = `: ${say.sentence(sizeText ?? '', size.complaint)}`;
    table.push([step.value, size.value]);
  }
  return complaint === undefined ? { value: table } : { value: table, complaint };
}

/** A constant or a table. */
export function readStepSize(text: string): Reading<StepSize> {
  if (text.includes(':')) {
    const { value, complaint } = readTable(text);
    return {
      ...(value === undefined ? {} : { value: { kind: 'table', table: value } as const }),
      ...(complaint === undefined ? {} : { complaint }),
    };
  }
  const { value, complaint } = readNumber(text, LIMITS.stepSize, say.aStepSize, false);
  return {
    ...(value === undefined ? {} : { value: { kind: 'constant', value } as const }),
    ...(complaint === undefined ? {} : { complaint }),
  };
}

export function readEdge(text: string): Reading<StepSize> {
  const { value, complaint } = readNumber(text, LIMITS.edge, say.aSharpness, false);
  return {
    ...(value === undefined ? {} : { value: { kind: 'edge', edge: value } as const }),
    ...(complaint === undefined ? {} : { complaint }),
  };
}

/** The shortest decimal number that is the same in float32, in which every step is made. */
export function shortestSingle(value: number): number {
  const single = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  // Nine digits tell any two numbers of float32 apart; those of the number itself could round to its neighbour.
  return Number(single.toPrecision(9));
}

/** The value of `h` or `edge` in a link. */
export function spellStepSize(size: StepSize): string {
  switch (size.kind) {
    case 'constant':
      return String(size.value);
    case 'table':
      return size.table.map(([step, value]) => `${step}:${value}`).join(',');
    case 'edge':
      return String(size.edge);
  }
}

export const STEP_SIZE_WORDS = {
  tableOf: (values: number) => `a table of ${values} values`,
  fromStep: (size: string, step: number) => `${size} from step ${step}`,
};
const words = spoken('stepSize', STEP_SIZE_WORDS);

/** A step size for people: at least two decimals below 1 (`0.10`, `0.003`). */
function showNumber(value: number): string {
  const plain = String(value);
  return value < 1 && /^\d+(\.\d)?$/.test(plain) ? fixed(value, 2) : asItIs(value);
}

/** A step size for people: `0.10`, `1.2 / λ`, `0.50, 0.13 from step 10`. */
export function showStepSize(size: StepSize): string {
  switch (size.kind) {
    case 'constant':
      return showNumber(size.value);
    case 'edge':
      return `${asItIs(size.edge)} / λ`;
    case 'table': {
      if (size.table.length > 3) return words.tableOf(size.table.length);
      return size.table.map(([step, value], i) => (i === 0 ? showNumber(value) : words.fromStep(showNumber(value), step))).join(', ');
    }
  }
}
