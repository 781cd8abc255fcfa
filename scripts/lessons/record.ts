/**
 * `npm run record-lessons`: plays every lesson and writes what its steps found into recorded.data.ts, for worksheets
 * and answer keys. To be run after a change of lessons, presets, data or training. With names of lessons: those only.
 */
import { writeFile } from 'node:fs/promises';
import { LESSON_FILES } from '../../src/app/features/lesson/lessons/registry.ts';
import { LESSONS } from '../../src/experiment/link/lesson-keys.ts';
import { LessonBench } from './bench.ts';
import { RECORDED } from './recorded.data.ts';
import { linksOf, type Recorded } from './recorded.ts';

const FILE = new URL('recorded.data.ts', import.meta.url);
const wanted = process.argv.slice(2);

const bench = await LessonBench.open();
const all: Record<string, Recorded> = { ...RECORDED };
for (const name of LESSONS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { lesson } = await LESSON_FILES[name]();
  all[name] = { links: linksOf(lesson), facts: await bench.play(lesson) };
  console.log(`${name}: ${Object.keys(all[name].facts).length} steps`);
}
bench.close();
const ordered = Object.fromEntries(LESSONS.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
await writeFile(
  FILE,
  `/** What the steps of the lessons found, each in a run of its own link. Written by \`npm run record-lessons\`; do not edit by hand. */
import type { Recorded } from './recorded.ts';

export const RECORDED: Readonly<Record<string, Recorded>> = ${JSON.stringify(ordered, null, 2)};
`,
);
// Workers of the training would wait for more.
process.exit(0);
