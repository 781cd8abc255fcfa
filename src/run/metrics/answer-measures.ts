/**
 * Measures of answers that are more than right or wrong, and what they are compared with: fetched together when a task
 * is asked about.
 */
import type { EncodedExample, MeasureName } from '../../data/example.ts';
import { naiveBayes } from '../../data/naive-bayes.ts';
import type { MetricReport } from '../reports.ts';

/** Up to so many different answers, a task is a choice between them. */
const MOST_CHOICES = 16;

/**
 * Matthews' correlation of answers with what is right, for any number of classes (Gorodkin 2004); 0 where either is
 * always the same.
 */
export function matthews(given: readonly string[], right: readonly string[]): number {
  const classes = [...new Set([...given, ...right])];
  const count = (all: readonly string[], of: string): number => all.filter((each) => each === of).length;
  const n = right.length;
  const correct = given.filter((each, i) => each === right[i]).length;
  const [says, is] = [classes.map((each) => count(given, each)), classes.map((each) => count(right, each))];
  const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const spread = Math.sqrt((n * n - product(says, says)) * (n * n - product(is, is)));
  return spread === 0 ? 0 : (correct * n - product(says, is)) / spread;
}

/** How much of two texts is the same, by characters: the harmonic mean of precision and recall of their multisets. */
export function characterF1(given: string, right: string): number {
  const left = new Map<string, number>();
  for (const character of right) left.set(character, (left.get(character) ?? 0) + 1);
  let shared = 0;
  for (const character of given) {
    const remaining = left.get(character) ?? 0;
    if (remaining > 0) shared++;
    left.set(character, remaining - 1);
  }
  const total = [...given].length + [...right].length;
  return total === 0 ? 1 : (2 * shared) / total;
}

/** How many symbols have to be put in, taken out or changed to make one text of the other (Levenshtein's distance). */
export function editDistance(given: readonly string[], right: readonly string[]): number {
  let row = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (const [i, symbol] of given.entries()) {
    const next = [i + 1];
    for (const [j, wanted] of right.entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (symbol === wanted ? 0 : 1)));
    row = next;
  }
  return row[right.length] ?? 0;
}

/** Wrong symbols of all answers, by all that are right; of an answer that is a list each of its words is one. */
export function symbolErrors(given: readonly string[], right: readonly string[], between: '' | ' '): number {
  const symbols = (text: string): readonly string[] => (text === '' ? [] : text.split(between));
  const wrong = right.reduce((sum, text, i) => sum + editDistance(symbols(given[i] ?? ''), symbols(text)), 0);
  return (
    wrong /
    Math.max(
      1,
      right.reduce((sum, text) => sum + symbols(text).length, 0),
    )
  );
}

/** The scores of guessing, and of saying the commonest answer every time. */
export function guessing(
  name: MeasureName | 'loss',
  examples: readonly EncodedExample[],
  vocabulary: number,
): Pick<MetricReport, 'chance' | 'majority'> {
  if (name === 'loss') return { chance: Math.log(vocabulary), majority: null };
  if (name === 'character F1') return { chance: 0, majority: null };
  if (name === 'symbol error rate' || name === 'phoneme error rate') return { chance: 1, majority: null };
  if (name === 'matthews') return { chance: 0, majority: 0 };
  const counts = new Map<string, number>();
  for (const { target } of examples) counts.set(target, (counts.get(target) ?? 0) + 1);
  if (counts.size > MOST_CHOICES) return { chance: 0, majority: null };
  return { chance: 1 / counts.size, majority: Math.max(...counts.values()) / examples.length };
}

/** The answers of naive Bayes; null where there is no choice between few answers. */
export function countedAnswers(train: readonly EncodedExample[], examples: readonly EncodedExample[]): readonly string[] | null {
  const answers = new Set([...train, ...examples].map(({ target }) => target));
  return answers.size > MOST_CHOICES ? null : naiveBayes(train, examples);
}

/** How good those answers are by a measure that asks whether each is right. */
export function bayesOf(
  name: MeasureName | 'loss',
  counted: readonly string[] | null,
  right: readonly string[],
): Pick<MetricReport, 'bayes'> {
  if (!counted) return {};
  if (name === 'matthews') return { bayes: matthews(counted, right) };
  if (name !== 'accuracy' && name !== 'exact match') return {};
  return { bayes: counted.filter((answer, i) => answer === right[i]).length / right.length };
}
