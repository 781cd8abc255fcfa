/**
 * Runs that end without a word, as a tab that is closed or a browser that crashes does, and go on from what stood in
 * the store.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { withPlan } from '../../experiment/plan/plan-size.ts';
import { KEPT_FORMAT } from '../../keep/reports.ts';
import { stream } from '../../data/random.ts';
import { metricKey } from '../../run/reports.ts';
import { byOptimizer, constant } from '../testing/by-optimizer.ts';
import type { Driver } from '../testing/driver.ts';
import { closePages, keptAtFirst, listed, newStore, openPage, outcome, small, undisturbed } from './testing/pages.ts';

afterEach(closePages);

const texts: Experiment = { ...small, task: 'spans', examples: 64, probe: 16, batch: 8, h: constant(0.003), optimizer: 'adam' };
const CASES: readonly (readonly [string, Experiment])[] = [
  ...byOptimizer(small),
  ['a held sharpness, with every baseline', { ...small, h: { kind: 'edge', edge: 1.2 }, baseline: ['scratch', 'alone', 'ensemble'] }],
  ['norms that are released', { ...small, norm: 'grouped', release: 4, optimizer: 'adam', batch: 4, h: constant(0.003) }],
  ['a plan of two growths', withPlan(small, parsePlan('A:3,B:3,C:5,D:5,A+B>M:2,C+D>N:2,M+N>L:4'))],
  ['stages with tasks of their own', withPlan(texts, parsePlan('A:4,B:4,A+B>M:3,M:4(task=who,examples=20,h=0.001)'))],
  ['a self-fusion with predictions', { ...small, operator: 'self', k: 2, offDiagonal: 'noise', sigma: 0.3, predict: ['modified-flow'] }],
];

describe('a run whose page ends without a word', () => {
  it.each(CASES)('goes on where it was kept last, and has every bit of one that was left alone: %s', async (what, experiment) => {
    const expected = await undisturbed(experiment);
    const open = newStore();
    const random = stream(
      CASES.findIndex(([name]) => name === what),
      'where a page ends',
    );
    let page = openPage(open);
    await page.driver.until('ready', { type: 'load', experiment });
    for (let ends = 0; ends < 4; ends++) {
      for (let steps = 1 + random.integer(2); steps > 0; steps--) {
        await page.driver.until('paused', { type: 'step' });
        if (steps > 1 || ends % 2 === 0) page.driver.send({ type: 'keep' });
      }
      // Some of it was kept, the steps after that are lost.
      if (ends > 0 || (await kept(page.driver))) {
        await page.driver.idle();
        page.kill();
        page = openPage(open);
        const { offer } = await listed(page.driver);
        if (!offer) throw new Error('nothing was offered');
        await page.driver.until('paused', { type: 'take-up', kept: offer.id });
        expect(page.driver.of('phase').at(-1)).toMatchObject({ phase: 'paused', step: offer.step });
      }
    }
    await page.driver.until('finished', { type: 'run' });
    expect(outcome(page.driver)).toEqual(expected);
  });

  /** Whether something stands in the store. */
  async function kept(driver: Driver): Promise<boolean> {
    await driver.idle();
    return (await listed(driver)).entries.length > 0;
  }

  it('has its predictions with their cost and when they were said, and those under way are drawn to their end', async () => {
    const experiment: Experiment = { ...small, predict: ['modified-flow'] };
    const open = newStore();
    const first = openPage(open);
    await first.driver.until('ready', { type: 'load', experiment });
    await first.driver.idle();
    await first.driver.until('paused', { type: 'step' });
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    const made = first.driver
      .of('predicted')
      .flatMap(({ model, steps, losses, madeAt }) => [...steps].map((step, i) => [model, step, losses[i], madeAt[i]]));
    expect(made.length).toBeGreaterThan(10);
    first.kill();
    const second = openPage(open);
    const { offer } = await listed(second.driver);
    await second.driver.until('paused', { type: 'take-up', kept: offer?.id ?? '' });
    await second.driver.idle();
    const told = second.driver
      .of('predicted')
      .flatMap(({ model, steps, losses, madeAt }) => [...steps].map((step, i) => [model, step, losses[i], madeAt[i]]));
    const sorted = (list: unknown[][]): string[] => list.map((each) => JSON.stringify(each)).sort();
    expect(sorted(told)).toEqual(sorted(made));
    expect(second.driver.of('prediction-state').at(-1)?.cost).toMatchObject({
      state: 'done',
      gradients: first.driver.of('prediction-state').at(-1)?.cost.gradients,
    });
  });

  it('has its answers of every step and task, as they were said', async () => {
    const experiment = withPlan(texts, parsePlan('A:2,B:2,A+B>M:2,M:2(task=who,examples=20)'));
    const open = newStore();
    const first = openPage(open);
    await first.driver.until('ready', { type: 'load', experiment });
    for (let step = 0; step < 3; step++) await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    // One that comes again, of the same step, takes the place of the one before.
    const answersOf = (driver: Driver): ReadonlyMap<string, number> =>
      new Map(
        driver
          .of('task-metrics')
          .flatMap(({ metrics }) => metrics.map((each): [string, number] => [`${metricKey(each)} ${each.step}`, each.value])),
      );
    const made = answersOf(first.driver);
    expect([...made.keys()]).toEqual(expect.arrayContaining(['A|spans|world|validation|loss 0', 'A|spans|world|validation|loss 2']));
    first.kill();
    const second = openPage(open);
    const { offer } = await listed(second.driver);
    await second.driver.until('paused', { type: 'take-up', kept: offer?.id ?? '' });
    expect(answersOf(second.driver)).toEqual(made);
  });

  it('is offered until it is finished, and not while another page writes it, where it goes on as a copy', async () => {
    const open = newStore();
    const first = openPage(open);
    await first.driver.until('ready', { type: 'load', experiment: small });
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    const second = openPage(open);
    const { offer, entries } = await listed(second.driver);
    expect([offer, entries.length]).toEqual([null, 1]);
    await second.driver.until('paused', { type: 'take-up', kept: entries[0]?.id ?? '' });
    await second.driver.until('finished', { type: 'run' });
    await second.driver.idle();
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    const states = async () => (await listed(second.driver)).entries.map(({ step, state }) => `${step} ${state}`).sort();
    await expect.poll(states).toEqual(['14 finished', '2 under-way']);
  });

  it('is offered as soon as its worker lets go of it, which a reload may come before', async () => {
    const open = newStore();
    const first = openPage(open);
    const { id } = await keptAtFirst(first.driver, small);
    let left = (): void => undefined;
    const isLeft = new Promise<void>((resolve) => (left = resolve));
    const { driver } = openPage(open, (store) => ({
      ...store,
      own: async (asked) => {
        await isLeft;
        return store.own(asked);
      },
    }));
    expect((await listed(driver)).offer).toBeNull();
    const offered = driver.event((event) => event.type === 'kept' && event.offer !== null);
    first.kill();
    left();
    expect(await offered).toMatchObject({ offer: { id, step: 1 } });
    await driver.until('paused', { type: 'take-up', kept: id });
    expect(driver.of('log').map(({ said }) => said.code)).not.toContain('kept-elsewhere');
  });

  it('right after a fusion by hand, still has the networks before it: the fusion can be made later', async () => {
    const expected = await undisturbed({ ...small, grow: 5 });
    const open = newStore();
    const first = openPage(open);
    await first.driver.until('ready', { type: 'load', experiment: small });
    for (let step = 0; step < 3; step++) await first.driver.until('paused', { type: 'step' });
    await first.driver.until('paused', { type: 'fuse' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    first.kill();
    const { driver } = openPage(open);
    const { offer } = await listed(driver);
    expect(offer).toMatchObject({ step: 3, experiment: { grow: 3 } });
    await driver.until('paused', { type: 'take-up', kept: offer?.id ?? '' });
    await driver.until('finished', { type: 'run-branch', change: { grow: 5 } });
    const weights = ({ weights }: { weights?: object }) =>
      Object.fromEntries(Object.entries(weights ?? {}).filter(([name]) => !name.includes('-3')));
    expect(weights(outcome(driver) as object)).toEqual(weights(expected as object));
  });

  it('of another version of the page is shown, and refused in words', async () => {
    const open = newStore();
    const first = openPage(open, (store) => ({
      ...store,
      write: (write) => store.write({ ...write, entry: { ...write.entry, format: KEPT_FORMAT - 1 } }),
    }));
    await first.driver.until('ready', { type: 'load', experiment: small });
    await first.driver.until('paused', { type: 'step' });
    first.driver.send({ type: 'keep' });
    await first.driver.idle();
    first.kill();
    const { driver } = openPage(open);
    const { offer, entries } = await listed(driver);
    expect(offer).toBeNull();
    await driver.until('failed', { type: 'take-up', kept: entries[0]?.id ?? '' });
    expect(driver.of('fault').at(-1)?.message).toContain('an older version of this page');
    const curves = driver.event((event) => event.type === 'kept-curves');
    driver.send({ type: 'kept', request: { do: 'curves', id: entries[0]?.id ?? '' } });
    expect(await curves).toMatchObject({
      measured: [
        { model: 'A', steps: [0] },
        { model: 'B', steps: [0] },
      ],
    });
  });
});
