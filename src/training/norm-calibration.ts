/** Measures on a calibration batch what compensated norms need (fusion/compensation.ts). */
import type { Device } from '../engine/device.ts';
import type { NamedTensors } from '../engine/named-tensors.ts';
import { Resources } from '../engine/jobs/resources.ts';
import { compensation, type NormMeasurement } from '../fusion/compensation.ts';
import { batchInputs, type TokenBatch } from '../model/batch-inputs.ts';
import { parameterShapes, type T5Config } from '../model/config.ts';
import { inverseRmsName } from '../model/t5-graph.ts';
import { FORWARD_INPUTS, setInputs, T5Model } from '../model/t5-model.ts';

interface HostModel {
  readonly config: T5Config;
  readonly parameters: NamedTensors;
}

/** 1/RMS of every norm of a model, at every token of the batch. */
async function measureNorms(device: Device, { config, parameters }: HostModel, batch: TokenBatch): Promise<NormMeasurement> {
  using own = new Resources();
  const model = own.use(new T5Model(device, config, parameters));
  const program = own.use(await model.compileForward(batch, true));
  setInputs(program, batchInputs(batch, config.vocab_size), FORWARD_INPUTS);
  program.run();
  const inverseRms = new Map<string, Float32Array>();
  for (const name of parameterShapes(config).keys())
    if (name.endsWith('layer_norm.weight')) inverseRms.set(name, await program.read(inverseRmsName(name)));
  return { config, inverseRms };
}

/**
 * The constants of all norms for a fusion of these sources. Padding of the source text and positions without a label
 * don't count.
 */
export async function normFactors(
  device: Device,
  sources: readonly HostModel[],
  batch: TokenBatch,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const measured: NormMeasurement[] = [];
  for (const source of sources) measured.push(await measureNorms(device, source, batch));
  return compensation(measured, (norm, token) =>
    norm.startsWith('encoder') ? batch.attentionMask[token] === 1 : (batch.labels[token] ?? -1) >= 0,
  );
}
