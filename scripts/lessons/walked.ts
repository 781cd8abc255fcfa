/**
 * `npm run walk-lessons` writes what it found into docs/lessons.md by this, from what each walk has kept: a row a step,
 * with what the page said of each answer.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { LESSONS } from '../../src/experiment/link/lesson-keys.ts';

interface Kept {
  readonly place: string;
  readonly seconds: number;
  readonly walked: readonly { readonly step: string; readonly answers: readonly (readonly [string, boolean | null])[] }[];
}

const KEPT = new URL('../../node_modules/.cache/deep-fusion/walks/', import.meta.url);
const PAGE = new URL('../../docs/lessons.md', import.meta.url);

const told = ([answer, right]: readonly [string, boolean | null]): string =>
  `${answer}: ${right === null ? 'not decided by this run' : right ? 'right' : 'wrong'}`;

function read<T>(name: string): T | null {
  const file = new URL(`${name}.json`, KEPT);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}

const sections = LESSONS.map((name) => {
  const found = read<Kept>(`${name}-laptop`);
  if (!found) return `## ${name}\n\nNot walked through.`;
  const rows = found.walked.map(
    ({ step, answers }) => `| ${step} | ${answers.length === 0 ? 'no question' : answers.map(told).join('; ')} |`,
  );
  return `## ${name}\n\n${found.walked.length} steps in ${found.seconds} s.\n\n| step | what the page said of each answer |\n| --- | --- |\n${rows.join('\n')}`;
});
const links = read<readonly Readonly<Record<string, number>>[]>('thirty-links');
const whole = (value: number | undefined, decimals: number): string => (value ?? NaN).toFixed(decimals);
const ofLinks = links
  ? `| links | heap of the page, MB | elements | listeners | workers |\n| --: | --: | --: | --: | --: |\n${links
      .map(
        ({ link, megabytes, nodes, listeners, workers }) => `| ${link} | ${whole(megabytes, 1)} | ${nodes} | ${listeners} | ${workers} |`,
      )
      .join('\n')}`
  : 'Not measured.';
interface Watched {
  readonly frames: number;
  readonly longestGap: number;
  readonly longestTask: number;
}
const figures = read<{ readonly seconds: number; readonly still: Watched; readonly training: Watched }>('four-figures');
const watched = (what: string, { frames, longestGap, longestTask }: Watched): string =>
  `| ${what} | ${whole(frames / (figures?.seconds ?? NaN), 0)} | ${whole(longestGap, 0)} | ${whole(longestTask, 0)} |`;
const ofFigures = figures
  ? `| | frames a second | longest gap, ms | longest task, ms |\n| --- | --: | --: | --: |\n${watched('none trains', figures.still)}\n${watched('one trains', figures.training)}`
  : 'Not measured.';

writeFileSync(
  PAGE,
  `# Lessons, walked through

Written by \`npm run walk-lessons\`: every lesson from its first step to its last in Chromium, by keys alone, each
question answered wrongly and rightly, axe before and after each step. Which answer is right is what the page says of it,
by the numbers of the run that it has just made; those are also compared with the answer keys.

${sections.join('\n\n')}

# A class

Thirty links opened one after the other in one tab, each run to its end; measured after the garbage was collected:

${ofLinks}

A text with four figures (\`view=chart\`), for five seconds each:

${ofFigures}
`,
);
