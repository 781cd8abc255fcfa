/**
 * Fine-tuning on a downstream task, as far as our tasks allow: pretrained on the pronunciation of short words, a
 * network goes on with words of all lengths, which have the same vocabulary. (The paper fine-tunes on language
 * understanding, for which there is no data set here.)
 */
import type { ModelId, Experiment } from '../../experiment/experiment.ts';
import type { MeasuredRow, MeasuredTable } from '../../experiment/measured.ts';
import { optimizerOf } from '../../training/optimizers/registry.ts';
import { freshState, Trainer, type TrainerState } from '../../training/trainer.ts';
import { runData } from '../../run/setup/setup.ts';
import { over } from '../measure/document.ts';
import { lowestWords } from '../measure/lowest.ts';
import { operationsOfStep, taskDataOf, train } from '../measure/train.ts';
import { bare, commandOf, count, doubled, linkTo, plain, type Scale, single } from './scale.ts';

/** Compute of the pretraining, in steps of the large model. */
const BUDGET = 3000;
const GROW = 2000;
const TUNED = [0, 100, 300, 1000] as const;
const STEP_SIZE = 0.001;

export async function downstream(scale: Scale): Promise<MeasuredTable> {
  const { device, seeds, steps, every } = scale;
  const base = plain({ examples: 8500, probe: 500 });
  const long: Experiment = { ...single(bare('pronounce', { model: base.model, batch: 32 }), base.model, steps(1000), STEP_SIZE) };
  const unit = await operationsOfStep(base, doubled(base.model));
  const share = (await operationsOfStep(base, base.model)) / unit;
  const [budget, grow] = [steps(BUDGET), steps(GROW)];
  const pretrained: readonly (readonly [string, ModelId, Experiment])[] = [
    [
      `Two small, fused after ${count(GROW)} steps`,
      'M',
      { ...base, grow, steps: grow + Math.max(every, Math.ceil(budget - 2 * grow * share)) },
    ],
    ['Large, from scratch', 'A', single(base, doubled(base.model), budget)],
    ['Small, alone', 'A', single(base, base.model, Math.ceil(budget / share))],
    ['Large, not pretrained', 'A', single(base, doubled(base.model), 1)],
  ];
  const rows: MeasuredRow[] = [];
  for (const [label, model, experiment] of pretrained) {
    const bySeed: (number | null)[][] = [];
    for (const seed of seeds) {
      scale.note(`downstream: ${label}, seed ${seed}`);
      const { finals } = await train(device, { ...experiment, seed }, Number.MAX_SAFE_INTEGER);
      const state = finals.get(model);
      if (!state) throw new Error(`the pretraining ended without ${model}; there are ${[...finals.keys()].join(', ')}`);
      bySeed.push(await finetune(scale, { ...long, seed }, state));
    }
    rows.push({
      label,
      link: linkTo({ ...experiment, seed: seeds[0] ?? experiment.seed }),
      cells: Object.fromEntries(TUNED.map((after, i) => [`after${after}`, over(bySeed.map((values) => values[i] ?? null))])),
    });
  }
  const last = `after${TUNED.at(-1) ?? 0}`;
  return {
    id: 'downstream',
    title: 'Going on with a harder task',
    setting: `Pretrained on words of 3–5 letters with equal total compute (${count(BUDGET)} steps of the large network, of width ${2 * base.model.d}), then trained on words of 2–12 letters with the same vocabulary: Adam, step size ${STEP_SIZE}, mini-batches of 32, a fresh optimizer. Held-out loss on the longer words after so many steps. Language understanding, the paper’s downstream task, is missing: there is no data for it here.`,
    findings: [`After ${count(TUNED.at(-1) ?? 0)} steps the lowest is ${lowestWords(rows, last)}.`],
    command: commandOf({ ...base, grow: GROW, steps: 5000 }),
    seeds,
    columns: TUNED.map((after) => ({ key: `after${after}`, label: after === 0 ? 'before' : `after ${count(after)}`, decimals: 3 })),
    rows,
  };
}

/** Held-out losses along the way. */
async function finetune(
  { device, steps }: Scale,
  experiment: Experiment,
  { config, parameters }: TrainerState,
): Promise<(number | null)[]> {
  const { source } = runData(experiment, await taskDataOf(experiment));
  const trainer = await Trainer.create(device, optimizerOf(experiment), source, freshState(config, parameters));
  const losses: (number | null)[] = [];
  let step = 0;
  for (const after of TUNED) {
    const until = after === 0 ? 0 : steps(after);
    for (; step < until; step++) await trainer.step(step, STEP_SIZE);
    losses.push(await trainer.probeLoss());
  }
  trainer.dispose();
  return losses;
}
