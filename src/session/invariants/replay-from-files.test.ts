/** Whoever has the files of a run, and nothing else, can go on from its growth, whatever was drawn there. */
import { expect, it } from 'vitest';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { nodeWasmDevice } from '../../engine/wasm/node.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import { readCheckpoint } from '../../storage/checkpoint/read-checkpoint.ts';
import type { OutputFile } from '../../storage/files.ts';
import { withFloats } from '../../storage/checkpoint/hugging-face-json.ts';
import type { Result, Trace } from '../../storage/results.ts';
import { readSafetensors } from '../../storage/checkpoint/read-safetensors.ts';
import { optimizerOf } from '../../training/optimizers/registry.ts';
import { Trainer, type TrainerState } from '../../training/trainer.ts';
import { runToEnd, tiny } from '../testing/bench.ts';

const GROWN = 12;

function bytesOf(files: readonly OutputFile[], path: string): Uint8Array | undefined {
  return files.find((file) => file.path === path)?.bytes;
}
const jsonOf = <T>(files: readonly OutputFile[], path: string): T => JSON.parse(new TextDecoder().decode(bytesOf(files, path))) as T;

/** The model as it stands right after the growth, read from its folder alone. */
function stateIn(files: readonly OutputFile[], folder: string): TrainerState {
  const {
    norm_groups,
    norm_release: release,
    ...standard
  } = jsonOf<{
    readonly norm_groups?: readonly number[];
    readonly norm_release?: { readonly from: number; readonly steps: number };
  }>(files, `${folder}/config.json`);
  const weights = bytesOf(files, `${folder}/model.safetensors`) ?? bytesOf(files, `${folder}/parameters.safetensors`);
  // The groups say what is different from a standard T5, which is all that a checkpoint can be read as.
  const read = readCheckpoint(withFloats(JSON.stringify(standard, null, 2)), weights ?? new Uint8Array());
  const config = { ...read.config, ...(norm_groups && { norm_groups }), ...(release && { norm_release: true }) };
  const optimizer = bytesOf(files, `${folder}/optimizer.safetensors`);
  const { tensors, metadata } = optimizer ? readSafetensors(optimizer) : { tensors: new Map<string, HostTensor>(), metadata: {} };
  const of = (role: string): NamedTensors | undefined => {
    const own = [...tensors].filter(([name]) => name.startsWith(`${role}.`));
    return own.length === 0 ? undefined : new Map(own.map(([name, tensor]) => [name.slice(role.length + 1), tensor]));
  };
  const [slot1, slot2, groups] = [of('moment1'), of('moment2'), of('group')];
  const counts: unknown = (metadata as Record<string, unknown>)['counts'];
  return {
    config,
    parameters: read.parameters,
    slots: { ...(slot1 && { slot1 }), ...(slot2 && { slot2 }) },
    groups,
    counts: typeof counts === 'string' ? counts.split(',').map(Number) : [0],
    ...(release ? { release } : {}),
  };
}

function batchOf({ probe }: Trace): TokenBatch {
  const { input_ids, attention_mask, labels, decoder_input_ids } = probe;
  return {
    batch: input_ids.length,
    sourceLength: input_ids[0]?.length ?? 0,
    targetLength: labels[0]?.length ?? 0,
    inputIds: Int32Array.from(input_ids.flat()),
    attentionMask: Int32Array.from(attention_mask.flat()),
    labels: Int32Array.from(labels.flat()),
    decoderInputIds: Int32Array.from(decoder_input_ids.flat()),
  };
}

it.each<[string, string, Partial<Experiment>]>([
  ['noise on new weights', 'checkpoints', { offDiagonal: 'noise', sigma: 0.3 }],
  ['noise on a self-fusion', 'checkpoints', { operator: 'self', offDiagonal: 'noise', sigma: 0.3, diagonal: 0.1 }],
  ['momentum, carried over', 'checkpoints', { offDiagonal: 'noise', optimizer: 'momentum' }],
  [
    'Adam, with a step count of its own for what is new',
    'checkpoints',
    { offDiagonal: 'noise', optimizer: 'adam', h: { kind: 'constant', value: 0.003 } },
  ],
  [
    'Adafactor, whose second moments are factored',
    'checkpoints',
    { offDiagonal: 'noise', optimizer: 'adafactor', h: { kind: 'constant', value: 0.01 } },
  ],
  ['grouped norms', 'grouped-norms', { offDiagonal: 'noise', norm: 'grouped' }],
  ['grouped norms that are released', 'grouped-norms', { offDiagonal: 'noise', norm: 'grouped', release: 5 }],
])('a run with %s can be replayed from its files (10.30)', { timeout: 60_000 }, async (_what, parent, change) => {
  const experiment = { ...tiny, ...change };
  const run = await runToEnd(experiment);
  const files = run.session.files(true);
  run.session.close();
  await run.session.ended;
  const result = jsonOf<Result>(files, 'result.json');
  const curve = result.curves.find(({ model, kind }) => model === 'M' && kind === 'measured');
  const batch = batchOf(jsonOf<Trace>(files, 'data.json'));
  const device = await nodeWasmDevice();
  const source = { shape: batch, at: undefined, probe: batch };
  const trainer = await Trainer.create(device, optimizerOf(experiment), source, stateIn(files, `${parent}/M-${GROWN}`));
  trainer.moveTo(GROWN);
  const [, size = Number.NaN] = result.stepSize['M']?.[0] ?? [];
  // Up to where norms that are released have become one, and the model is another.
  const last = experiment.release > 0 ? GROWN + experiment.release : (curve?.step.at(-1) ?? 0);
  for (const [i, step] of (curve?.step ?? []).entries()) {
    if (step >= last) break;
    expect([step, await trainer.step(step, size)]).toEqual([step, curve?.loss[i]]);
  }
  expect(last).toBeGreaterThan(GROWN);
  trainer.dispose();
  device.dispose();
});
