/**
 * The lessons by the numbers of recorded runs, one played with a real training, and the pages that are made of them.
 */
import { describe, expect, it } from 'vitest';
import type { AllFacts, Facts, Lesson, LessonStep } from '../../src/app/features/lesson/lesson.ts';
import { LESSON_FILES } from '../../src/app/features/lesson/lessons/registry.ts';
import { verdictOf } from '../../src/app/features/lesson/verdict.ts';
import { LESSONS } from '../../src/experiment/link/lesson-keys.ts';
import { PRESETS } from '../../src/experiment/presets/presets.ts';
import { LessonBench } from './bench.ts';
import { paperPages } from './paper.ts';
import { RECORDED } from './recorded.data.ts';
import { linksOf } from './recorded.ts';

const lessons: readonly Lesson[] = await Promise.all(LESSONS.map(async (name) => (await LESSON_FILES[name]()).lesson));
const factsOf = (lesson: Lesson) => RECORDED[lesson.name]?.facts ?? {};

/** What the reader is told for an answer, with the numbers of the recorded run. */
function verdict(lesson: Lesson, step: LessonStep, answer: string | number): boolean | null {
  const all = factsOf(lesson);
  const facts = all[step.id] ?? {};
  return verdictOf(step, { answer, locked: true, facts }, facts, all)?.right ?? null;
}

describe.each(lessons.map((lesson) => [lesson.name, lesson] as const))('the lesson %s, by its recorded run', (name, lesson) => {
  it('is recorded with the links that it has (else: npm run record-lessons)', () => {
    expect(RECORDED[name]?.links).toEqual(linksOf(lesson));
    for (const { id } of lesson.steps) expect(factsOf(lesson)[id], id).toBeDefined();
  });

  it('calls the answer that the run shows right, and every other wrong', () => {
    let judged = 0;
    for (const step of lesson.steps) {
      const { ask } = step;
      if (ask?.kind === 'choice') {
        const verdicts = ask.options.map(({ id }) => verdict(lesson, step, id));
        if (verdicts.every((right) => right === null)) continue;
        expect(
          verdicts.filter((right) => right === true),
          step.id,
        ).toHaveLength(1);
        judged++;
      }
      if (ask?.kind === 'number') {
        const truth = ask.truth(factsOf(lesson)[step.id] ?? {}, factsOf(lesson)) ?? NaN;
        expect(
          [truth, truth + ask.within, truth + ask.within + 1].map((said) => verdict(lesson, step, said)),
          step.id,
        ).toEqual([true, true, false]);
        // The field begins at its least value, which gives nothing away.
        expect(verdict(lesson, step, ask.least), step.id).toBe(false);
        expect(truth).toBeGreaterThanOrEqual(ask.least);
        expect(truth).toBeLessThanOrEqual(ask.most);
        judged++;
      }
    }
    expect(judged).toBeGreaterThan(1);
  });

  it('says its numbers, all of them, and none before the run has shown it', () => {
    const all = factsOf(lesson);
    for (const step of lesson.steps) {
      const said = step.reveal(all[step.id] ?? {}, all);
      expect(said.length, step.id).toBeGreaterThan(0);
      for (const sentence of [...said, ...step.text(all), ...step.text({}), step.ask?.question(all) ?? '', step.ask?.question({}) ?? ''])
        expect(sentence, step.id).not.toMatch(/NaN|undefined|null|Infinity|–/);
    }
  });
});

it('a claim of a lesson follows the numbers: where they are otherwise, it says otherwise', () => {
  const step = (name: string, id: string) => lessons.find((lesson) => lesson.name === name)?.steps.find((each) => each.id === id);
  const gap = (average: number) =>
    step('two-become-one', 'gap')
      ?.text({ moment: { average, a: 2.6, b: 2.5, fused: 2.55 } })
      .join(' ');
  expect([2.4, 2.55, 2.7].map(gap)).toEqual([
    expect.stringContaining('better than either'),
    expect.stringContaining('one of them alone'),
    expect.stringContaining('no better than either'),
  ]);
  const end = (own: number) =>
    step('two-become-one', 'start')
      ?.reveal({ end: own }, { moment: { fused: 2.6 }, 'own-norms': { fused: 2.4 }, gap: { end: 1.3 } })
      .join(' ');
  expect([end(1.2), end(1.4)]).toEqual([
    expect.stringContaining('came to the lower end'),
    expect.stringContaining('did not come to the lower end'),
  ]);
  const short = (fused: number) => step('does-it-pay', 'short')?.reveal({ fused, scratch: 100 }, {}).join(' ');
  expect(short(80)).not.toBe(short(120));
  const calm = (first: number) => step('over-the-edge', 'calm')?.reveal({ loss: 1, h: 0.9, first }, {}).join(' ');
  expect([calm(0.3), calm(1.2)]).toEqual([expect.stringContaining('has grown'), expect.not.stringContaining('has grown')]);
  const never = step('over-the-edge', 'edge')?.reveal({ end: 0.4, rise: -1, top: 1.9 }, {});
  expect(never?.join(' ')).toContain('never rose');
  const ownRun = (rise: number) =>
    step('bigger-steps', 'open')
      ?.reveal({ end: 0.9, rise }, { draw: { rise: 42 } })
      .join(' ');
  expect([ownRun(-1), ownRun(9)]).toEqual([expect.stringContaining('0.08'), expect.not.stringContaining('0.08')]);
});

it('a run that shows nothing of what was asked makes no answer right or wrong', () => {
  const truth = (name: string, id: string, facts: Facts, all: AllFacts = {}) => {
    const ask = lessons.find((lesson) => lesson.name === name)?.steps.find((each) => each.id === id)?.ask;
    return ask?.kind === 'choice' ? ask.truth(facts, all) : undefined;
  };
  // That the loss can rise is shown by a run in which it did, and not denied by one in which it did not.
  expect(truth('bigger-steps', 'open', { rise: -1 })).toBeNull();
  expect(truth('bigger-steps', 'open', { rise: 9 })).toBe('yes');
  expect(truth('bigger-steps', 'open', { rise: -1 }, { draw: { rise: 42 } })).toBe('yes');
  // Asked for is a step size between 0.02 and 0.04.
  expect(truth('over-the-edge', 'open', { rise: -1, h: 0.03 })).toBe('yes');
  const others: readonly Facts[] = [{ rise: -1, h: 0.01 }, { rise: -1 }, { rise: 90, h: 0.03 }];
  expect(others.map((facts) => truth('over-the-edge', 'open', facts))).toEqual([null, null, null]);
});

it('a lesson that is played trains, and finds what was recorded', async () => {
  const lesson = lessons.find(({ name }) => name === 'bigger-steps');
  if (!lesson) throw new Error('there is no such lesson');
  const bench = await LessonBench.open();
  try {
    const found = await bench.play({ ...lesson, steps: lesson.steps.slice(0, 2) });
    for (const id of ['slow', 'double']) expect(found[id]?.['end'], id).toBeCloseTo(factsOf(lesson)[id]?.['end'] ?? NaN, 4);
  } finally {
    bench.close();
  }
});

describe('the pages for paper', () => {
  it('have two worksheets and an answer key for each lesson, with its questions and the numbers of the recorded run', async () => {
    const pages = await paperPages();
    expect([...pages.keys()]).toEqual(['lessons/index.html', ...LESSONS.map((name) => `lessons/${name}/index.html`), 'lessons/paper.css']);
    for (const { name, title, steps } of lessons) {
      const page = pages.get(`lessons/${name}/index.html`) ?? '';
      expect(pages.get('lessons/index.html')).toContain(`href="${name}/index.html"`);
      const [before, one = '', two = '', key = ''] = page.split('<article class="sheet">');
      expect(before).toContain(title);
      expect(page).not.toMatch(/NaN|undefined|\{[A-Z]\}|\[[^\]]+\|/);
      for (const { title: step } of steps) for (const sheet of [one, two, key]) expect(sheet).toContain(step.replaceAll('&', '&amp;'));
      expect(one).toContain('class="boxes"');
      expect(two).not.toContain('class="boxes"');
      expect(key.match(/\d\.\d|\d\s?%/g)?.length ?? 0, name).toBeGreaterThan(2);
    }
  });

  it('for teachers: a code to scan, and every preset to be tried on the device', async () => {
    const page = (await paperPages()).get('lessons/index.html') ?? '';
    for (const name of PRESETS.keys()) expect(page).toContain(`href="../index.html#v=2&preset=${name}"`);
    for (const part of ['try', 'times', 'code']) expect(page).toContain(`data-part="${part}"`);
    expect(page).toContain('<script type="module" src="../lessons/teachers.js">');
  });

  it('tell on the sheets of a class no number that its run has still to show', async () => {
    const pages = await paperPages();
    for (const lesson of lessons) {
      const [, one = '', two = ''] = (pages.get(`lessons/${lesson.name}/index.html`) ?? '').split('<article class="sheet">');
      for (const step of lesson.steps)
        for (const sentence of step.reveal(factsOf(lesson)[step.id] ?? {}, factsOf(lesson)))
          if (/\d\.\d/.test(sentence)) for (const sheet of [one, two]) expect(sheet).not.toContain(sentence);
    }
  });
});
