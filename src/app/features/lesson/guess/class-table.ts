/**
 * The guesses of a class as a table to take home: a row a link, with its distance and its points; the last is measured.
 */
import type { GuessPoints } from '../../../../experiment/link/lesson-keys.ts';
import { say } from '../../../text/en/lessons/lessons.ts';
import { formatError, formatLoss } from '../../../text/numbers.ts';
import { type CurveLike, lossAt } from '../../../plot/curves/curve.ts';
import { table } from '../../export/markdown.ts';
import { curveOfGuess } from '../numbers.ts';

export interface ClassGuess {
  readonly who: string;
  readonly points: GuessPoints;
  /** Mean distance from the measured curve, in nats; `null` where it is not known. */
  readonly distance: number | null;
}

interface ClassRow {
  readonly who: string;
  readonly distance: number | null;
  /** Losses at the steps of the head; `null` where the curve has none. */
  readonly losses: readonly (number | null)[];
}

/** The steps at which any of them has a point, and each curve there. @param measured the curve that was guessed */
export function classTable(
  guesses: readonly ClassGuess[],
  measured: CurveLike | undefined,
): { readonly steps: readonly number[]; readonly rows: readonly ClassRow[] } {
  const steps = [...new Set(guesses.flatMap(({ points }) => points.map(([step]) => step)))].toSorted((a, b) => a - b);
  const at = (curve: CurveLike): readonly (number | null)[] => steps.map((step) => lossAt(curve, step));
  return {
    steps,
    rows: [
      ...guesses.map(({ who, points, distance }) => ({ who, distance, losses: at(curveOfGuess(points)) })),
      ...(measured ? [{ who: say.measured, distance: 0, losses: at(measured) }] : []),
    ],
  };
}

type ClassTable = ReturnType<typeof classTable>;

/** For other programs: numbers with a decimal point, in any language. */
export function classCsv({ steps, rows }: ClassTable): string {
  const lines = [
    ['who', 'mean_distance', ...steps.map((step) => `loss_at_step_${step}`)],
    ...rows.map(({ who, distance, losses }) => [
      who,
      ...[distance, ...losses].map((value) => (value === null ? '' : String(Number(value.toPrecision(6))))),
    ]),
  ];
  return `${lines.map((line) => line.join(',')).join('\n')}\n`;
}

/** To paste into a text. */
export function classMarkdown({ steps, rows }: ClassTable): string {
  const written = (value: number | null, write: (value: number) => string): string => (value === null ? '–' : write(value));
  return `${table(
    [say.who, say.meanDistance, ...steps.map((step) => say.lossAtStep(String(step)))],
    rows.map(({ who, distance, losses }) => [who, written(distance, formatError), ...losses.map((loss) => written(loss, formatLoss))]),
  )}\n`;
}
