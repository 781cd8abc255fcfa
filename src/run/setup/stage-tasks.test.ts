import { beforeAll, describe, expect, it } from 'vitest';
import { loadTaskData } from '../../data/task-data.ts';
import { prepared } from '../../data/testing/prepared.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import { parsePlan } from '../../experiment/plan/plan.ts';
import { withPlan } from '../../experiment/plan/plan-size.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Device } from '../../engine/device.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { costUntil, stepCosts } from '../../experiment/cost/cost.ts';
import { Answers } from '../../session/observe/answers.ts';
import type { Event } from '../../session/protocol.ts';
import type { Trace } from '../../storage/results.ts';
import { Ensemble } from '../beside/ensemble.ts';
import { plannedModels } from '../model-reports.ts';
import { RunRecord } from '../record.ts';
import { Run } from '../run.ts';
import { runCosts } from '../metrics/stage-costs.ts';
import { inTurn, loadRunData, taskShape, type RunData } from './setup.ts';
import { TaskMetrics } from '../metrics/task-metrics.ts';

const none = (path: string): Promise<string> => Promise.reject(new Error(`${path} was read`));
const base: Experiment = {
  ...presetExperiment('fusing-fast'),
  task: 'spans',
  examples: 64,
  probe: 16,
  batch: 8,
  model: { d: 8, ff: 16, heads: 1, dkv: 8, layers: 1 },
  baseline: [],
};
const planned = (plan: string, more: Partial<Experiment> = {}): Experiment => withPlan({ ...base, ...more }, parsePlan(plan));
let device: Device;
beforeAll(async () => {
  device = await nodeWasmDevice();
});

async function begin(experiment: Experiment): Promise<Run> {
  const data = await loadRunData(experiment, (choice) => loadTaskData(choice, none));
  return Run.create(device, experiment, data);
}

/** Losses of all steps, by model. */
async function trained(run: Run, until = run.end): Promise<Record<string, number[]>> {
  const losses: Record<string, number[]> = {};
  while (run.step < until) {
    if (run.needsTurn()) await run.turn();
    const taken = await run.advance(() => undefined);
    for (const [id, loss] of taken.losses) (losses[id] ??= []).push(await loss);
  }
  return losses;
}

describe('stages with tasks of their own', () => {
  it('a model goes on with other examples, another step size and what it has learnt', async () => {
    const run = await begin(planned('A:6,A:4(task=who,examples=20,h=0.001)'));
    await trained(run, 6);
    const before = await run.trainer('A').state();
    expect(run.trained.switching()).toEqual(['A']);
    await run.turn();
    expect(run.trained.switching()).toEqual([]);
    const after = await run.trainer('A').state();
    expect(after.parameters).toEqual(before.parameters);
    expect(after.slots).toEqual(before.slots);
    expect(after.counts).toEqual(before.counts);
    expect(run.trained.given('A').task.task).toBe('who');
    expect(run.trained.given('A').task.train).toHaveLength(20);
    await trained(run);
    expect(run.usedStepSizes('A')).toEqual([
      [0, 0.003],
      [6, 0.001],
    ]);
    await run.dispose();
  });

  it('is the same run, bit for bit, as a plan that says nothing of tasks, up to there', async () => {
    const [one, two] = [await begin(planned('A:6,A:4(task=who,examples=20)')), await begin(planned('A:10'))];
    expect((await trained(one, 6))['A']).toEqual((await trained(two, 6))['A']);
    await Promise.all([one.dispose(), two.dispose()]);
  });

  it('a run of one task compiles its loss once, for the sharpness and for predictions', async () => {
    const run = await begin(planned('A:6'));
    const config = run.configOf('A');
    const objective = await run.objective(config);
    // Compared here: a difference of two objectives would be pages long.
    expect((await run.objective(config, 'probe', run.trained.of('A'))) === objective).toBe(true);
    expect((await run.objective(config, 'batch')) === objective).toBe(false);
    await run.dispose();
  });

  it('goes on from a snapshot with the same bits, from before the other task and from after it', async () => {
    const experiment = planned('A:4,B:4,A+B>M:4,M:4(task=ok,examples=20)', { baseline: ['scratch', 'unread'] });
    for (const at of [6, 8, 10]) {
      const run = await begin(experiment);
      await trained(run, at);
      const snapshot = await run.snapshot();
      const rest = await trained(run);
      const again = await Run.restore(device, experiment, run.data, snapshot);
      expect(await trained(again)).toEqual(rest);
      await Promise.all([run.dispose(), again.dispose()]);
    }
  });

  it('baselines: from scratch follows the tasks of the plan, without reading has the last task from the start', async () => {
    const run = await begin(planned('A:4,B:4,A+B>M:2,M:4(task=who,examples=20)', { baseline: ['scratch', 'alone', 'unread'] }));
    expect([...run.trainers.keys()].map((id) => [id, run.trained.given(id).task.task])).toEqual([
      ['A', 'spans'],
      ['B', 'spans'],
      ['S', 'spans'],
      ['unread', 'who'],
    ]);
    expect((await run.trainer('unread').state()).parameters).toEqual((await run.trainer('S').state()).parameters);
    await trained(run);
    expect([...run.trainers.keys()].map((id) => [id, run.trained.given(id).task.task])).toEqual(
      [
        ['unread', 'who'],
        ['M', 'who'],
        ['S', 'who'],
        ['alone', 'who'],
      ].sort((a, b) => [...run.trainers.keys()].indexOf(a[0] as string) - [...run.trainers.keys()].indexOf(b[0] as string)),
    );
    await run.dispose();
  });

  it('what stands side by side is taken in turn by who follows both', async () => {
    const { data } = await begin(planned('A:4(task=mood),B:4(task=true),A+B>M:2(task=true)', { baseline: ['scratch'] })).then(
      async (run) => {
        const kept = { data: run.data, given: run.trained.given('S') };
        expect(kept.given.source.at?.(0)).toEqual(run.trained.given('A').source.at?.(0));
        expect(kept.given.source.at?.(1)).toEqual(run.trained.given('B').source.at?.(1));
        await run.dispose();
        return kept;
      },
    );
    const [mood, yes] = data.all;
    if (!mood || !yes) throw new Error('two tasks were planned');
    expect(inTurn([mood, yes]).probe).toBe(mood.probe);
    // Of other lengths than the first: not with it in one program.
    expect(inTurn([mood, data]).source).toBe(mood.source);
  });

  it('a trace has what every stage was given, as it was drawn', async () => {
    const run = await begin(planned('A:10,A:2(task=who,examples=20)'));
    await trained(run);
    const adapter = { kind: 'wasm', description: '', reason: null } as const;
    const files = new RunRecord().files(run, adapter, { trace: true, readme: false });
    const trace = JSON.parse(new TextDecoder().decode(files.find(({ path }) => path === 'data.json')?.bytes)) as Trace;
    const [spans, who] = trace.stages ?? [];
    expect([spans?.model, spans?.from, spans?.to, who?.from, who?.to]).toEqual(['A', 0, 10, 10, 12]);
    // The second pass over 64 stories has other gaps in them: a step's batch is what the trainer was given.
    const batch = run.data.of({}).source.at?.(9);
    const rows = spans?.order[9]?.map((index) => spans.train.input_ids[index] ?? []) ?? [];
    expect(rows.flat()).toEqual([...(batch?.inputIds ?? [])]);
    expect(who?.order).toHaveLength(2);
    expect(who?.train.labels[0]).toHaveLength(2);
    await run.dispose();
  });

  it('costs what its lengths and its batch cost', async () => {
    const experiment = planned('A:6,A:4(task=ok,examples=20)');
    const data: RunData = await loadRunData(experiment, (choice) => loadTaskData(choice, none));
    const run = await begin(experiment);
    const per = (of: string, examples = 64): number =>
      stepCosts(
        planned('A:10', { task: of as 'ok', examples }),
        run.stages,
        taskShape({ task: data.of(run.stages[of === 'ok' ? 1 : 0] ?? {}).task }),
      ).get('A') ?? 0;
    expect(per('ok')).toBeLessThan(per('spans') / 2);
    expect(costUntil(experiment, run.stages, taskShape(data), 10, runCosts(experiment, run.stages, data)).total).toBeCloseTo(
      6 * per('spans') + 4 * per('ok'),
      -2,
    );
    await run.dispose();
  });

  it('costs and is traced as what it trains on, where all stages have one task that is not the experiment’s', async () => {
    const run = await begin(planned('A:2(task=ok,examples=20)', { task: 'tell' }));
    const alone = await begin(planned('A:2', { task: 'ok', examples: 20 }));
    expect(run.models()[0]?.flopsPerStep).toBe(alone.models()[0]?.flopsPerStep);
    expect(plannedModels(run.experiment, run.data)).toEqual(run.models());
    await trained(run);
    const adapter = { kind: 'wasm', description: '', reason: null } as const;
    const files = new RunRecord().files(run, adapter, { trace: true, readme: false });
    const trace = JSON.parse(new TextDecoder().decode(files.find(({ path }) => path === 'data.json')?.bytes)) as Trace;
    expect(trace.stages?.[0]?.train.labels[0]).toHaveLength(2);
    await Promise.all([run.dispose(), alone.dispose()]);
  });

  it('a baseline that takes tasks in turn is asked each of them once where a stage ends', async () => {
    const run = await begin(planned('A:2(task=mood),B:2(task=true),A+B>M:2(task=true)', { baseline: ['scratch'] }));
    const asked: string[] = [];
    const emit = (event: Event): void => {
      if (event.type === 'task-metrics') asked.push(`${event.metrics[0]?.task} ${event.metrics[0]?.split}`);
    };
    const answers = new Answers({ run, record: new RunRecord(), emit });
    await answers.measure(['S'], 'end');
    expect(asked).toEqual(['mood validation', 'mood test', 'true validation', 'true test']);
    answers.release();
    await run.dispose();
  });

  it('a network fused of two that read different texts is asked of both, and each answer says of which', async () => {
    const novel = 'Call me Ishmael. Some years ago, never mind how long precisely, I thought I would sail about a little. '.repeat(40);
    const speech = 'Mr. Speaker, the state of the union is as strong as it has ever been, and it will be stronger. '.repeat(40);
    const read = prepared(
      Object.fromEntries(
        ['train', 'validation', 'test'].flatMap((split) => [
          [`data/moby.${split}.txt`, novel],
          [`data/addresses.${split}.txt`, speech],
        ]),
      ),
    );
    const experiment = planned('A:1,B:1(corpus=addresses),A+B>M:1', { corpus: 'moby', vocab: 'characters', examples: 16 });
    const run = await Run.create(device, experiment, await loadRunData(experiment, (choice) => loadTaskData(choice, read)));
    await trained(run, 1);
    const record = new RunRecord();
    const answers = new Answers({ run, record, emit: () => undefined });
    const before = new Set(run.trainers.values());
    await run.turn();
    await answers.begun(before);
    await answers.measure(['M'], 'end');
    const losses = record.metrics.state().tasks.filter(({ name }) => name === 'loss');
    const said = losses.map(({ model, corpus, split }) => `${model} ${corpus} ${split}`);
    expect(said).toEqual(['M moby validation', 'M moby test', 'M addresses validation', 'M addresses test']);
    expect(new Set(losses.map(({ value }) => value)).size).toBeGreaterThan(1);
    answers.release();
    await run.dispose();
  });

  it('an ensemble is asked on what is trained on now, also those of its networks that go on with what they had', async () => {
    const run = await begin(
      planned('A:2(task=mood),A:2(task=tell),B:4(task=tell),A+B>M:2(task=tell)', { baseline: ['ensemble'], examples: 20 }),
    );
    expect(await run.ensemble.measure()).toBeGreaterThan(0);
    await trained(run, 2);
    await run.turn();
    const fresh = new Ensemble(run);
    expect(await run.ensemble.measure()).toBe(await fresh.measure());
    fresh.dispose();
    await run.dispose();
  });

  it('answers are measured without touching the training', async () => {
    const [one, two] = [await begin(planned('A:6(task=tell,examples=30)')), await begin(planned('A:6(task=tell,examples=30)'))];
    const metrics = new TaskMetrics();
    await trained(one, 3);
    const { task } = one.trained.given('A');
    const of = { id: 'A', trainer: one.trainer('A'), task, step: 3, generate: true };
    const measured = [...(await metrics.measure({ ...of, split: 'validation' })), ...(await metrics.measure({ ...of, split: 'test' }))];
    expect(measured.map(({ split, name }) => `${split} ${name}`)).toEqual([
      'validation loss',
      'validation exact match',
      'validation character F1',
      'test loss',
      'test exact match',
      'test character F1',
    ]);
    expect(measured[0]?.value).toBeCloseTo(await one.trainer('A').probeLoss(), 4);
    metrics.release();
    expect((await trained(one))['A']).toEqual((await trained(two))['A']?.slice(3));
    await Promise.all([one.dispose(), two.dispose()]);
  });
});
