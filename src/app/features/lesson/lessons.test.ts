/** The lessons, as data. */
import { describe, expect, it } from 'vitest';
import type { Lesson } from './lesson.ts';
import { LESSON_FILES } from './lessons/registry.ts';
import { parseLink } from '../../../experiment/link/link.ts';
import { LESSONS } from '../../../experiment/link/lesson-keys.ts';

const all = async (): Promise<readonly Lesson[]> => Promise.all(LESSONS.map(async (name) => (await LESSON_FILES[name]()).lesson));

describe('every lesson, as data', () => {
  it('has one idea, five to eight steps, at most ten minutes, and something for paper', async () => {
    for (const lesson of await all()) {
      expect(lesson.steps.length).toBeGreaterThanOrEqual(5);
      expect(lesson.steps.length).toBeLessThanOrEqual(8);
      expect(lesson.minutes).toBeLessThanOrEqual(10);
      expect(new Set(lesson.steps.map(({ id }) => id)).size).toBe(lesson.steps.length);
      expect(lesson.paper.further.length).toBeGreaterThan(1);
      expect(lesson.paper.misconceptions.length).toBeGreaterThan(1);
      expect(lesson.steps.filter(({ ask }) => ask !== undefined).length).toBeGreaterThan(2);
    }
  });

  it('has links without a problem, and waits for nothing that its experiment does not come to', async () => {
    for (const { name, steps } of await all()) {
      expect(steps[0]?.change, name).toBeDefined();
      steps.forEach((step, i) => {
        const link = steps.slice(0, i + 1).findLast(({ change }) => change !== undefined)?.change ?? '';
        for (const each of [link, step.recorded ?? link]) expect(parseLink(each).problems, `${name} ${step.id}`).toEqual([]);
        const { grow, steps: end } = parseLink(link).experiment;
        for (const milestone of step.waitFor) {
          if (milestone.kind === 'step' || milestone.kind === 'fuse') expect(milestone.at).toBeLessThan(grow ?? end);
          if (milestone.kind === 'growth' || milestone.kind === 'branch' || milestone.kind === 'fuse') expect(grow).not.toBeNull();
        }
        if (typeof step.cover === 'number') expect(step.cover).toBeLessThan(end);
        // Doing or answering: no step is read and clicked away.
        expect(step.waitFor.length + (step.ask ? 1 : 0), `${name} ${step.id}`).toBeGreaterThan(0);
        if (step.ask?.kind === 'choice') expect(new Set(step.ask.options.map(({ id }) => id)).size).toBeGreaterThan(1);
      });
    }
  });
});
