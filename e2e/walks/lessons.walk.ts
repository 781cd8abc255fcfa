/**
 * Each of the seven lessons from its first step to its last: on a laptop with right and wrong answers to every
 * question; elsewhere once, for the pictures. What was found is kept for `docs/lessons.md`.
 */
import { test, expect } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { LESSONS } from '../../src/experiment/link/lesson-keys.ts';
import { RECORDED } from '../../scripts/lessons/recorded.data.ts';
import { LessonWalk, type Walked } from '../lesson-walk.ts';
import { photographer } from './photographer.ts';

const FOUND = new URL('../../node_modules/.cache/deep-fusion/walks/', import.meta.url);
/**
 * Steps whose run is the reader's own, or fused by hand, or whose loss is the last one before the task changes: nobody
 * is at the same step to the dot.
 */
const BY_HAND = ['open', 'moment', 'gap', 'read'];

/** Numbers of a step that are not those of the answer key. */
function otherThanRecorded(lesson: string, { step, facts }: Walked): readonly string[] {
  if (BY_HAND.includes(step)) return [];
  return Object.entries(RECORDED[lesson]?.facts[step] ?? {})
    .filter(([name, value]) => name !== 'you' && !(Math.abs((facts[name] ?? NaN) - value) <= 1e-3 * Math.max(1, Math.abs(value))))
    .map(([name, value]) => `${step} ${name}: ${facts[name]}, recorded ${value}`);
}

for (const name of LESSONS)
  test(`the lesson ${name} is walked through from start to end by keys alone`, async ({ page }, { project }) => {
    const began = Date.now();
    const walk = new LessonWalk(page, name);
    await walk.open();
    const bothAnswers = project.name === 'laptop';
    const walked = await walk.walk({
      bothAnswers,
      axe: project.name === 'laptop' || project.name === 'phone',
      look: photographer(page, `lesson-${name}-${project.name}`),
    });
    mkdirSync(FOUND, { recursive: true });
    const seconds = Math.round((Date.now() - began) / 1000);
    writeFileSync(new URL(`${name}-${project.name}.json`, FOUND), JSON.stringify({ name, place: project.name, seconds, walked }, null, 1));
    expect(walked.flatMap((step) => otherThanRecorded(name, step))).toEqual([]);
    expect(walk.violations).toEqual([]);
    expect(walk.playground.errors).toEqual([]);
  });
