/** Answers of networks to texts that somebody has written, many at a time; it changes no number of the training. */
import { makeBatch } from '../../data/batch.ts';
import type { EncodedExample, TaskData } from '../../data/example.ts';
import { EOS } from '../../data/vocabulary.ts';
import type { ModelId } from '../../experiment/experiment.ts';
import { tellError } from '../../experiment/messages/tell.ts';
import { batchInputs } from '../../model/batch-inputs.ts';
import { generateGreedily, generationOf } from '../../model/generation.ts';
import { FORWARD_INPUTS, setInputs } from '../../model/t5-model.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';

export interface AnsweredText {
  readonly input: string;
  /** By network; empty where the task can't take the text. */
  readonly answers: Readonly<Record<ModelId, string>>;
  /** Why the task can't take it; null where it can. */
  readonly problem: string | null;
}

/** Most texts that are asked at once. */
const MOST = 64;

/** Null where the task can't take it, with the reason. */
function encoded(task: TaskData, text: string): { readonly example: EncodedExample | null; readonly problem: string | null } {
  if (text.trim() === '') return { example: null, problem: null };
  try {
    return { example: { source: text, target: '', sourceIds: task.encodeSource(text), targetIds: [EOS] }, problem: null };
  } catch (error) {
    return { example: null, problem: tellError(error).message };
  }
}

/** Answers of one network, in the order of the examples. */
async function answersOf(trainer: ModelTrainer, task: TaskData, examples: readonly EncodedExample[]): Promise<readonly string[]> {
  if (examples.length === 0) return [];
  const model = await trainer.local();
  const found: string[] = [];
  // The last batch is filled up with the first text: programs are compiled for one size.
  const size = Math.min(MOST, examples.length);
  const [first] = examples;
  const fill = first ? Array.from({ length: size }, () => first) : [];
  const shape = makeBatch(examples.slice(0, size), task);
  const program = await model.compileForward(shape);
  try {
    for (let from = 0; from < examples.length; from += size) {
      const own = examples.slice(from, from + size);
      const batch = makeBatch([...own, ...fill.slice(own.length)], task);
      setInputs(program, batchInputs(batch, task.vocabularySize), FORWARD_INPUTS);
      const rows = await generateGreedily(program, generationOf(batch, trainer.config));
      found.push(...rows.slice(0, own.length).map((ids) => task.decode(ids)));
    }
  } finally {
    program.dispose();
  }
  return found;
}

/** @param trainers networks by name, all of which are asked every text */
export async function answerTexts(
  trainers: ReadonlyMap<ModelId, ModelTrainer>,
  task: TaskData,
  texts: readonly string[],
): Promise<readonly AnsweredText[]> {
  const asked = texts.map((text) => encoded(task, text));
  const examples = asked.flatMap(({ example }) => example ?? []);
  const byModel = new Map<ModelId, readonly string[]>();
  for (const [id, trainer] of trainers) byModel.set(id, await answersOf(trainer, task, examples));
  let next = 0;
  return texts.map((input, i) => {
    const { example, problem } = asked[i] ?? { example: null, problem: null };
    const place = example ? next++ : -1;
    return { input, answers: Object.fromEntries([...byModel].map(([id, all]) => [id, all[place] ?? ''])), problem };
  });
}
