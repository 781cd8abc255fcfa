/**
 * The whole idea on the engine alone, from top to bottom: two small T5s learn to reverse letters, are fused in mid-run,
 * and the large one goes on and answers. `npm run example` trains it on WebAssembly in a few seconds.
 */
import { batchOrder, makeBatch, type Batch } from '../src/data/batch.ts';
import { stream } from '../src/data/random.ts';
import { loadTaskData } from '../src/data/task-data.ts';
import type { Device, Program } from '../src/engine/device.ts';
import { appendGradient } from '../src/engine/gradient.ts';
import { Graph } from '../src/engine/graph.ts';
import type { NamedTensors } from '../src/engine/named-tensors.ts';
import { nodeWasmDevice } from '../src/engine/wasm/node.ts';
import { fuse } from '../src/fusion/operators/fuse.ts';
import { batchInputs } from '../src/model/batch-inputs.ts';
import type { T5Config } from '../src/model/config.ts';
import { generateGreedily } from '../src/model/generation.ts';
import { initialise } from '../src/model/init.ts';
import { readConfig } from '../src/model/read-config.ts';
import { appendT5 } from '../src/model/t5-graph.ts';
import { FORWARD_INPUTS, GRADIENT_INPUTS, setInputs, T5Model } from '../src/model/t5-model.ts';
import { adam } from '../src/training/optimizers/adam.ts';

const data = await loadTaskData({ task: 'reverse', examples: 2048, probe: 16, batch: 32, seed: 1 }, () =>
  Promise.reject(new Error('made up, not read')),
);
const vocabulary = data.vocabularySize;
const order = batchOrder(1, data.train.length, 32);
const batchAt = (step: number): Batch =>
  makeBatch(
    order.indicesAt(step).map((index) => data.train[index]!),
    data,
  );

/** One training step as a captured program: loss, its gradient, and Adam's update behind it. */
async function trainingStep(device: Device, model: T5Model, shape: Batch): Promise<Program> {
  const graph = new Graph(model.layout);
  const { loss } = appendT5(graph, model.config, shape, { loss: true, keep: false });
  appendGradient(graph, loss!);
  adam.append(graph, false);
  const lines = `${graph}`.split('\n');
  console.log(`a step is ${lines.length} operations, from\n  ${lines[0]}\nto\n  ${lines.at(-1)}`);
  const [slot1, slot2] = [device.createPool(model.layout), device.createPool(model.layout)];
  return device.compile(graph, { parameters: model.parameters, gradients: model.gradients, slot1, slot2 });
}

/** Trains from `from` to `to`; a step reads its batch and the step's numbers, and runs. */
async function train(device: Device, name: string, config: T5Config, weights: NamedTensors, from: number, to: number): Promise<T5Model> {
  const model = new T5Model(device, config, weights);
  const program = await trainingStep(device, model, batchAt(from));
  for (let step = from; step < to; step++) {
    setInputs(program, batchInputs(batchAt(step), vocabulary), GRADIENT_INPUTS);
    program.setInput('values', adam.values(0.003, [step - from + 1]));
    program.run();
    if (step % 50 === 0 || step === to - 1) console.log(`${name} step ${step} loss ${(await program.read('loss'))[0]!.toFixed(3)}`);
  }
  return model;
}

/** The share of held-out words that greedy generation reverses without a mistake. */
async function rightAnswers(model: T5Model): Promise<number> {
  const probe = makeBatch(data.probe, data);
  const program = await model.compileForward(probe);
  setInputs(program, batchInputs(probe, vocabulary), FORWARD_INPUTS);
  const rows = await generateGreedily(program, { ...probe, vocabulary, start: 0, eos: 1, pad: 0 });
  console.log(`"${data.probe[0]!.source}" → "${data.decode(rows[0]!)}"`);
  return rows.filter((ids, row) => data.decode(ids) === data.probe[row]!.target).length / rows.length;
}

const small = readConfig(
  {
    model_type: 't5',
    vocab_size: vocabulary,
    d_model: 32,
    d_kv: 16,
    d_ff: 64,
    num_layers: 1,
    num_heads: 2,
    feed_forward_proj: 'gated-gelu',
    tie_word_embeddings: false,
  },
  true,
);
const device = await nodeWasmDevice();
const a = await train(device, 'A', small, initialise(small, stream(1, 'initial weights')), 0, 200);
const b = await train(device, 'B', small, initialise(small, stream(2, 'initial weights')), 0, 200);
const sources = [
  { config: small, parameters: await a.read() },
  { config: small, parameters: await b.read() },
];
const { config, parameters } = fuse.grow(sources, { norm: 'shared', offDiagonal: 'zero', sigma: 0 }, stream(1, 'new weights'));
const m = await train(device, 'M', config, parameters, 200, 500);
console.log(`right: A ${await rightAnswers(a)}, B ${await rightAnswers(b)}, M ${await rightAnswers(m)}`);
device.dispose();
