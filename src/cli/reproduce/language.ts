/**
 * The paper's main experiment in small: networks read (span corruption), become one large one, which reads on, and are
 * then fine-tuned on tasks with few examples; beside it, at equal compute, the large network and a small one that read
 * from scratch, and the same fine-tuning without reading.
 */
import type { Experiment, OperatorName } from '../../experiment/experiment.ts';
import type { MeasuredCell, MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { parsePlan, schedule } from '../../experiment/plan/plan.ts';
import type { TaskId } from '../../experiment/declared/tasks.ts';
import { WORLD_TASKS } from '../../data/world/words.ts';
import { growStage } from '../../run/growth/grow-stage.ts';
import { TaskMetrics } from '../../run/metrics/task-metrics.ts';
import { initialParameters, planConfigs, runData, type StageData } from '../../run/setup/setup.ts';
import { optimizerOf } from '../../training/optimizers/registry.ts';
import { freshState, Trainer, type TrainerState } from '../../training/trainer.ts';
import { toldApart } from '../measure/lowest.ts';
import { meanOf, over } from '../measure/document.ts';
import { operationsOfStep, taskDataOf } from '../measure/train.ts';
import { bare, commandOf, count, doubled, type Scale } from './scale.ts';

/** Steps that each small network reads, and steps that the large one made of them reads on. */
const READ = 1500;
const READ_ON = 500;
/** Fine-tuning on each task. */
const TUNED = { steps: 200, examples: 200, batch: 16, h: 0.001 } as const;
/** Of its steps, the last fifth are read with a sixth of the step size. */
const READING = { h: 0.003, decay: 0.8, shareOfLast: 1 / 6 } as const;
/**
 * A large network that begins from random weights reads worse with the step size of small ones: it has its best of
 * these.
 */
const LARGE_SIZES = [READING.h, READING.h / 2, READING.h / 3] as const;

const OPERATORS: readonly (readonly [label: string, operator: OperatorName, changes: Partial<Experiment>])[] = [
  ['Two small, fused', 'fuse', {}],
  ['One small, fused with itself (noise 0.3)', 'self', { offDiagonal: 'noise', sigma: 0.3 }],
  ['One small, grown by Net2Net', 'net2net', { offDiagonal: 'noise', sigma: 0.01 }],
];
const LARGE = 'Large, from scratch';
const SMALL = 'One small, alone';
const UNREAD = 'Large, without reading';
const LOSS = 'loss';

/** The values of one seed, by row and column. */
type Found = Map<string, Map<string, number>>;

export async function language(scale: Scale): Promise<MeasuredTable> {
  const { seeds, steps } = scale;
  const model = { d: 32, ff: 64, heads: 2, dkv: 16, layers: 2 };
  const base = bare('fusing-fast', {
    task: 'spans',
    examples: scale.quick ? 64 : 8000,
    probe: scale.quick ? 16 : 256,
    model,
    baseline: [],
  });
  const unit = await operationsOfStep(base, doubled(model));
  const share = (await operationsOfStep(base, model)) / unit;
  const tasks = scale.quick ? WORLD_TASKS.slice(0, 2) : WORLD_TASKS;
  const bySeed: Found[] = [];
  for (const seed of seeds) bySeed.push(await one({ ...base, seed }));
  const rows: MeasuredRow[] = [...(bySeed[0]?.keys() ?? [])].map((label) => ({
    label,
    cells: Object.fromEntries([LOSS, ...tasks].map((key) => [key, over(bySeed.map((found) => found.get(label)?.get(key) ?? null))])),
  }));
  const large = Math.round(READ_ON + 2 * READ * share);
  return {
    id: 'language',
    title: 'Reading, fusing, answering',
    setting: `Stories of the little world, 8,000 of them, with gaps (span corruption). Small networks of width ${model.d} and two layers a stack read for ${count(READ)} steps; two of them are fused into one of width ${2 * model.d}, which reads on for ${READ_ON}. All others that read have the same compute, that of ${count(large)} steps of the large network (a small step costs ${share.toFixed(2)}). Adam, mini-batches of 32, step size ${READING.h}, for the large network from scratch the best of ${LARGE_SIZES.join(', ')} on the held-out gaps, seed by seed; in the last fifth of each reading a sixth of it. Then each is fine-tuned on every task of the world by itself: ${TUNED.examples} examples, ${TUNED.steps} steps, mini-batches of ${TUNED.batch}, step size ${TUNED.h}. Loss of the gaps on held-out stories, and shares of right answers (of all their words right) on 256 of the test set. Tasks on real texts are not in it.`,
    findings: findings(rows, tasks),
    command: commandOf({
      ...base,
      plan: parsePlan(`A:${READ},B:${READ},A+B>M:${READ_ON},M:${TUNED.steps}(task=who,examples=${TUNED.examples},h=${TUNED.h})`),
      grow: READ,
      steps: READ + READ_ON + TUNED.steps,
    }),
    seeds,
    columns: [{ key: LOSS, label: 'gaps, loss', decimals: 3 }, ...tasks.map((task) => ({ key: task, label: task, decimals: 3 }))],
    rows,
  };

  async function one(experiment: Experiment): Promise<Found> {
    const data = runData(experiment, await taskDataOf(experiment));
    const [read, on] = [steps(READ), steps(READ_ON)];
    const found: Found = new Map();
    const say = (label: string): void => scale.note(`language: ${label}, seed ${experiment.seed}`);

    const keep = async (label: string, state: TrainerState, loss: number | null): Promise<void> => {
      say(`${label}, fine-tuning`);
      const row = new Map<string, number>();
      found.set(label, row);
      if (loss !== null) row.set(LOSS, loss);
      for (const task of tasks) row.set(task, await tuned(scale, experiment, task, state));
    };

    say('two small ones read');
    const plan = schedule(parsePlan(`A:${read},B:${read},A+B>M:${on}`));
    const start = (id: string, own = experiment, stages = plan): TrainerState => {
      const config = planConfigs(own, stages, data.task.vocabularySize).get(id);
      if (!config) throw new Error(`there is no configuration of ${id}`);
      return freshState(config, initialParameters(own, stages, id, config));
    };
    const largeStart = (): TrainerState =>
      start('A', { ...experiment, model: doubled(experiment.model) }, schedule(parsePlan(`A:${read}`)));
    const a = await reads(scale, experiment, data, start('A'), read);
    const b = await reads(scale, experiment, data, start('B'), read);

    for (const [label, operator, changes] of OPERATORS) {
      say(label);
      const own = { ...experiment, ...changes, operator };
      const fuses = operator === 'fuse';
      const [stage] = schedule(parsePlan(`A:${read},B:${read},${fuses ? 'A+B' : 'A+A'}>M:${on}`)).slice(-1);
      if (!stage) throw new Error(`the plan of ${label} has no growth`);
      const ends = [{ id: 'A', state: a.state }, ...(fuses ? [{ id: 'B', state: b.state }] : [])];
      const { state } = await growStage({ device: scale.device, experiment: own, data, stage, step: read }, ends);
      // Who grows from one has the other's compute left.
      const more = fuses ? on : on + Math.round(read * share);
      const { state: end, loss } = await reads(scale, own, data, state, more, { from: read });
      await keep(label, end, loss);
    }
    const scratch = await bestOf(LARGE_SIZES, (h) => {
      say(`${LARGE}, step size ${h}`);
      return reads(scale, experiment, data, largeStart(), on + Math.round(2 * read * share), { h });
    });
    await keep(LARGE, scratch.state, scratch.loss);
    const alone = await reads(scale, experiment, data, start('A'), 2 * read + Math.round(on / share));
    await keep(SMALL, alone.state, alone.loss);
    await keep(UNREAD, largeStart(), null);
    return found;
  }
}

interface Read {
  readonly state: TrainerState;
  readonly loss: number;
}

/** The reading that came to the lowest loss. */
async function bestOf(sizes: readonly [number, ...number[]], reading: (h: number) => Promise<Read>): Promise<Read> {
  let best = await reading(sizes[0]);
  for (const h of sizes.slice(1)) {
    const other = await reading(h);
    if (other.loss < best.loss) best = other;
  }
  return best;
}

/** Trains on the gaps of stories. @param from the step at which its data begin */
async function reads(
  { device, note }: Scale,
  experiment: Experiment,
  { source }: StageData,
  state: TrainerState,
  steps: number,
  { from = 0, h = READING.h }: { readonly from?: number; readonly h?: number } = {},
): Promise<Read> {
  const trainer = await Trainer.create(device, optimizerOf(experiment), source, state);
  try {
    for (let i = 0; i < steps; i++) {
      await trainer.step(from + i, i < READING.decay * steps ? h : h * READING.shareOfLast);
      if (i % 100 === 99) note(`language: ${i + 1} of ${steps} steps, seed ${experiment.seed}`);
    }
    return { state: await trainer.state(), loss: await trainer.probeLoss() };
  } finally {
    trainer.dispose();
  }
}

/** Share of right answers on the test set after fine-tuning, with a fresh optimizer. */
async function tuned(
  { device, steps }: Scale,
  experiment: Experiment,
  task: TaskId,
  { config, parameters }: TrainerState,
): Promise<number> {
  const own: Experiment = { ...experiment, task, examples: TUNED.examples, batch: TUNED.batch };
  const data = runData(own, await taskDataOf(own));
  const trainer = await Trainer.create(device, optimizerOf(own), data.source, freshState(config, parameters));
  const metrics = new TaskMetrics();
  try {
    for (let step = 0; step < steps(TUNED.steps); step++) await trainer.step(step, TUNED.h);
    const measured = await metrics.measure({ id: 'A', trainer, task: data.task, split: 'test', step: 0, generate: false });
    const share = measured.find(({ name }) => name === 'accuracy' || name === 'exact match');
    if (!share) throw new Error(`${task} has no share of right answers`);
    return share.value;
  } finally {
    metrics.release();
    trainer.dispose();
  }
}

const percent = (cell: MeasuredCell | undefined): string => `${(100 * meanOf(cell)).toFixed(0)} %`;

/** By task: who answers best, what reading has brought, and whether the fused network is told apart from the others. */
function findings(rows: readonly MeasuredRow[], tasks: readonly TaskId[]): string[] {
  const row = (label: string): MeasuredRow | undefined => rows.find((each) => each.label === label);
  const [fused, scratch, alone, unread] = [row(OPERATORS[0]?.[0] ?? ''), row(LARGE), row(SMALL), row(UNREAD)];
  const against = (other: MeasuredRow | undefined, way: (mine: number, theirs: number) => boolean): string =>
    tasks
      .filter((task) => toldApart(fused?.cells[task], other?.cells[task]) && way(meanOf(fused?.cells[task]), meanOf(other?.cells[task])))
      .join(', ') || 'none';
  const compared = (words: string, other: MeasuredRow | undefined): string =>
    `Beside ${words}, the fused network answers better on: ${against(other, (mine, theirs) => mine > theirs)}; worse on: ${against(other, (mine, theirs) => mine < theirs)}; the seeds do not tell them apart on the others.`;
  return [
    `Right answers, fused and without reading: ${tasks.map((task) => `${task} ${percent(fused?.cells[task])} and ${percent(unread?.cells[task])}`).join(', ')}.`,
    compared('the large network from scratch', scratch),
    compared('one small network alone', alone),
  ];
}
