/** t5-*: forward pass, gradients of all parameters, greedy generation. */
import type { Device } from '../../engine/device.ts';
import { batchInputs } from '../../model/batch-inputs.ts';
import { generateGreedily, generationOf } from '../../model/generation.ts';
import { FORWARD_INPUTS, T5Model, setInputs } from '../../model/t5-model.ts';
import type { Checkpoint } from '../../storage/checkpoint/checkpoint.ts';
import { type CaseKind, Comparison, type GoldenCase } from './golden-case.ts';
import { forwardOf, gradientOf, totalNorm } from './t5-runner.ts';

async function generated(device: Device, { config, parameters }: Checkpoint, golden: GoldenCase, tokens: number): Promise<number[][]> {
  const batch = golden.batch(config);
  // Generation has a length of its own; labels and decoder inputs play no part in it.
  const shape = { batch: batch.batch, sourceLength: batch.sourceLength, targetLength: tokens };
  const empty = new Int32Array(batch.batch * tokens);
  const model = new T5Model(device, config, parameters);
  const program = await model.compileForward(shape);
  setInputs(program, batchInputs({ ...batch, ...shape, labels: empty, decoderInputIds: empty }, config.vocab_size), FORWARD_INPUTS);
  const rows = await generateGreedily(program, generationOf(shape, config));
  program.dispose();
  model.dispose();
  return rows;
}

export const t5Case: CaseKind = {
  name: 't5',
  matches: ({ json, files }) => files.has('model.safetensors') && json.has('outputs') && json.get('outputs').has('generated_ids'),
  async compare(golden, device) {
    const result = new Comparison();
    const checkpoint = golden.model();
    const { config } = checkpoint;
    const batch = golden.batch(config);
    const outputs = golden.json.get('outputs');

    const attention = [...golden.tensors.keys()].filter((name) => name.startsWith('attention.'));
    const values = await forwardOf(device, checkpoint, batch, ['logits', 'encoder_output', ...attention]);
    result.arrays('logits', values.get('logits') ?? [], golden.tensor('logits'), golden.tolerance('logits'));
    // Positions that nothing attends to hold whatever an implementation leaves there.
    const attended = (flat: ArrayLike<number>): number[] =>
      Array.from(flat).filter((_, i) => batch.attentionMask[Math.floor(i / config.d_model)] === 1);
    result.arrays(
      'encoder_output',
      attended(values.get('encoder_output') ?? []),
      attended(golden.tensor('encoder_output')),
      golden.tolerance('encoder_output'),
    );
    for (const name of attention) result.arrays(name, values.get(name) ?? [], golden.tensor(name), golden.tolerance('attention'));

    const { loss, gradients } = await gradientOf(device, checkpoint, batch);
    result.number('loss', loss, outputs.get('loss').number(), golden.tolerance('loss'));
    result.same('labels counted', [batch.labels.filter((label) => label >= 0).length], [outputs.get('labels_counted').number()]);
    const reference = golden.tensorsBelow('grad.');
    result.tensors('gradient', gradients, reference, golden.tolerance('gradient'));
    result.same('names of gradients', [...gradients.keys()].toSorted(), [...reference.keys()].toSorted());
    result.number('gradient norm', totalNorm(gradients), outputs.get('gradient_norm').number(), golden.tolerance('gradient'));

    const wanted = outputs.get('generated_ids').matrix();
    const rows = await generated(device, checkpoint, golden, outputs.get('generated_max_new_tokens').number());
    const padded = wanted.map((row, i) =>
      [config.decoder_start_token_id, ...(rows[i] ?? []), ...row.map(() => config.pad_token_id)].slice(0, row.length),
    );
    result.same('generated ids', padded.flat(), wanted.flat());
    return result;
  },
};
