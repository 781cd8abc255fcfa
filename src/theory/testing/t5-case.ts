/** The golden cases of the theory on T5: a model and its full batch, as an objective on a device. */
import type { Device, Pool } from '../../engine/device.ts';
import type { HostTensor } from '../../engine/named-tensors.ts';
import { goldenCase, goldenModel, goldenTensors } from '../../fusion/testing/golden.ts';
import type { TokenBatch } from '../../model/batch-inputs.ts';
import { T5Objective } from '../../training/t5-objective.ts';

interface TheoryCase {
  readonly inputs: { readonly input_ids: readonly (readonly number[])[]; readonly labels: readonly (readonly number[])[] };
  readonly loss: number;
  readonly gradient_norm: number;
  readonly gHg: number;
  readonly top_eigenvalues: readonly number[];
  readonly curves: Readonly<
    Record<
      string,
      Readonly<Record<'gradient_descent' | 'gradient_flow' | 'modified_flow' | 'modified_flow_two_gradients', readonly number[]>> & {
        readonly h_lambda_max: number;
      }
    >
  >;
  readonly tolerance: { readonly losses: number; readonly Hv: number; readonly top_eigenvalues: number };
}

export interface T5Case {
  readonly golden: TheoryCase;
  readonly objective: T5Objective;
  readonly theta: Pool;
  /** The vector of the case with this name: `v`, `Hv`, `g` or `Hg`, flat, in the order of the layout. */
  vector(name: string): { readonly pool: Pool; readonly values: Promise<Float32Array> };
}

/** The batch of a case without padding. */
function batchOf({ input_ids, labels }: TheoryCase['inputs']): TokenBatch {
  const [batch, sourceLength, targetLength] = [labels.length, input_ids[0]!.length, labels[0]!.length];
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

export async function t5Case(device: Device, name: string): Promise<T5Case> {
  const golden = goldenCase<TheoryCase>(name);
  const { config, parameters } = goldenModel(name);
  const objective = await T5Objective.create(device, config, batchOf(golden.inputs));
  return {
    golden,
    objective,
    theta: objective.space.fromTensors(parameters),
    vector(prefix) {
      const named = [...goldenTensors(`${name}/tensors`)].filter(([key]) => key.startsWith(`${prefix}.`));
      const pool = objective.space.fromTensors(
        new Map<string, HostTensor>(named.map(([key, tensor]) => [key.slice(prefix.length + 1), tensor])),
      );
      return { pool, values: device.read(pool) };
    },
  };
}
