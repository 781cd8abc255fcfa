/**
 * A checkpoint as it was published somewhere, in one of the forms of config.json and model.safetensors: the logits and
 * the loss that Hugging Face gets from it, or the name of the field that a reader has to refuse.
 */
import { type CaseKind, Comparison, type GoldenCase } from './golden-case.ts';
import { forwardOf, lossOf } from './t5-runner.ts';

/** Hugging Face computed in float32 as well: what both lose. */
const TOLERANCE = 2e-5;

/** Whether reading the case is refused in words that name this. */
function refusal(golden: GoldenCase, field: string): string | null {
  try {
    golden.model();
    return 'it was read';
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.includes(field) ? null : message;
  }
}

export const checkpointCase: CaseKind = {
  name: 'checkpoint',
  matches: ({ json, files }) =>
    files.has('config.json') &&
    files.has('model.safetensors') &&
    (json.has('refused') || (json.has('input_ids') && json.has('loss') && json.has('logits'))),
  async compare(golden, device) {
    const result = new Comparison();
    const refused = golden.json.maybe('refused')?.text();
    if (refused !== undefined) {
      const instead = refusal(golden, refused);
      result.check(`refused by the name of ${refused}`, instead === null ? 0 : 1, 0);
      if (instead !== null) result.note(instead);
      return result;
    }
    const checkpoint = golden.model();
    const batch = golden.batch(checkpoint.config);
    const logits = (await forwardOf(device, checkpoint, batch, ['logits'])).get('logits') ?? [];
    result.arrays('logits', logits, golden.json.get('logits').numbers(), TOLERANCE);
    result.number('loss', await lossOf(device, checkpoint, batch), golden.json.get('loss').number(), TOLERANCE);
    return result;
  },
};
