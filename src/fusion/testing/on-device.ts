/** Logits and gradients of a model in host memory, computed on a device: for tests of growth. */
import type { Device } from '../../engine/device.ts';
import type { HostTensor, NamedTensors } from '../../engine/named-tensors.ts';
import { batchInputs, type TokenBatch } from '../../model/batch-inputs.ts';
import type { T5Config } from '../../model/config.ts';
import { FORWARD_INPUTS, GRADIENT_INPUTS, setInputs, T5Model } from '../../model/t5-model.ts';

interface HostModel {
  readonly config: T5Config;
  readonly parameters: NamedTensors;
}

export interface Inputs {
  readonly input_ids: readonly (readonly number[])[];
  readonly labels: readonly (readonly number[])[];
}

/** A batch as Hugging Face makes it: labels shifted right behind id 0, everything attended to. */
export function toBatch({ input_ids, labels }: Inputs): TokenBatch {
  const [batch, sourceLength, targetLength] = [input_ids.length, input_ids[0]?.length ?? 0, labels[0]?.length ?? 0];
  return {
    batch,
    sourceLength,
    targetLength,
    inputIds: Int32Array.from(input_ids.flat()),
    attentionMask: new Int32Array(batch * sourceLength).fill(1),
    labels: Int32Array.from(labels.flat()),
    decoderInputIds: Int32Array.from(labels.flatMap((row) => [0, ...row.slice(0, -1)])),
  };
}

export async function logitsOf(device: Device, model: HostModel, batch: TokenBatch): Promise<Float32Array> {
  const t5 = new T5Model(device, model.config, model.parameters);
  const program = await t5.compileForward(batch);
  setInputs(program, batchInputs(batch, model.config.vocab_size), FORWARD_INPUTS);
  program.run();
  const logits = await program.read('logits');
  program.dispose();
  t5.dispose();
  return logits;
}

export async function gradientOf(device: Device, model: HostModel, batch: TokenBatch): Promise<Map<string, HostTensor>> {
  const t5 = new T5Model(device, model.config, model.parameters);
  const program = await t5.compileGradient(batch);
  setInputs(program, batchInputs(batch, model.config.vocab_size), GRADIENT_INPUTS);
  program.run();
  await program.read('loss');
  const gradient = await t5.read(t5.gradients);
  program.dispose();
  t5.dispose();
  return gradient;
}
