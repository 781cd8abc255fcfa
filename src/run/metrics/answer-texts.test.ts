import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTaskData } from '../../data/task-data.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import { parseLink } from '../../experiment/link/link.ts';
import { T5Model } from '../../model/t5-model.ts';
import { readCheckpoint } from '../../storage/checkpoint/read-checkpoint.ts';
import { writeTokenizer } from '../../storage/checkpoint/tokenizer.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import { answerTexts } from './answer-texts.ts';

interface Case {
  readonly text: string;
  readonly input_ids: readonly number[];
  readonly answer_ids: readonly number[];
  readonly answer: string;
}

const fixture = (path: string): Buffer => readFileSync(new URL(`../../../fixtures/answers/${path}`, import.meta.url));
const json = <T>(path: string): T => JSON.parse(fixture(path).toString()) as T;
const readText = (path: string): Promise<string> =>
  Promise.resolve(readFileSync(new URL(`../../../public/${path}`, import.meta.url), 'utf8'));

describe('texts that somebody has written are answered as transformers answers them with the checkpoint', () => {
  const expected = json<Readonly<Record<string, readonly Case[]>>>('expected.json');
  it.each(['words', 'characters', '512'])('spelled in %s', async (vocabulary) => {
    const { experiment } = parseLink(json<Readonly<Record<string, string>>>('links.json')[vocabulary] ?? '');
    const task = await loadTaskData({ ...experiment, examples: 20, probe: 20 }, readText);
    const { config, parameters } = readCheckpoint(
      fixture(`${vocabulary}/config.json`).toString(),
      fixture(`${vocabulary}/model.safetensors`),
    );
    const device = await nodeWasmDevice();
    const model = new T5Model(device, config, parameters);
    const asked = expected[vocabulary] ?? [];
    expect(asked.length).toBeGreaterThan(4);
    for (const { text, input_ids, answer, answer_ids } of asked) {
      expect(task.encodeSource(text), text).toEqual(input_ids);
      expect(task.decode(answer_ids), text).toBe(answer);
    }
    const trainer = { config, local: () => Promise.resolve(model) } as unknown as ModelTrainer;
    const answered = await answerTexts(
      new Map([['A', trainer]]),
      task,
      asked.map(({ text }) => text),
    );
    expect(answered.map(({ answers }) => answers['A'])).toEqual(asked.map(({ answer }) => answer));
    // And the tokenizer there is the one that a checkpoint of today brings.
    const [tokenizer] = writeTokenizer('checkpoints/A', task.tokens, task.spelling);
    expect(JSON.parse(new TextDecoder().decode(tokenizer?.bytes))).toEqual(json(`${vocabulary}/tokenizer.json`));
    model.dispose();
    device.dispose();
  });
});
