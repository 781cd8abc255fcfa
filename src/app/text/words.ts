/** Settings as the page writes them. */
import { asItIs, count, size } from './numbers.ts';
import { say } from './en/screen/words.ts';
import { type Experiment, type StepSize, growsOneSource } from '../../experiment/experiment.ts';

/** Whatever the worker said, as a sentence. */
export function sentence(text: string): string {
  const said = text.trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? '' : '.'}`;
}

export function stepSize(value: StepSize): string {
  if (value.kind === 'constant') return size(value.value);
  if (value.kind === 'edge') return `${asItIs(value.edge)} / λ`;
  return say.tableOf(value.table.length);
}

/** Within the quotation marks of the language. */
export const quoted = (text: string): string => say.quoted(text);

/** `A and B`; `A, B and C`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : say.lastOf(names.slice(0, -1).join(', '), names.at(-1) ?? '');
}

/** Of networks that share a step size held to the sharpness. */
export function sharedStepWords(groups: readonly (readonly string[])[]): string {
  return groups.map((models) => say.shareOneStepSize(listed(models), models.length)).join(' ');
}

export function stepSizes(experiment: Pick<Experiment, 'h' | 'h2'>): string {
  const before = stepSize(experiment.h);
  return experiment.h2 === null ? before : say.beforeAndAfter(before, stepSize(experiment.h2));
}

export function modelWords({ model, k, operator }: Pick<Experiment, 'model' | 'k' | 'operator'>): string {
  return say.networks(growsOneSource(operator) ? 1 : k, model.layers, model.d);
}

export function batchWords({ batch, examples }: Pick<Experiment, 'batch' | 'examples'>): string {
  return batch === 'full' ? say.fullBatch(count(examples)) : say.ofExamples(count(batch), count(examples));
}

export function paceWords(pace: Experiment['pace']): string {
  return pace === 'max' ? say.asFastAsItGoes : say.stepsPerSecond(pace);
}

/** A name of a parameter, short: `encoder.block.0.layer.1.DenseReluDense.wi_0.weight` is `encoder 0 · wi_0`. */
export function tensorWords(name: string): string {
  if (name === 'shared.weight') return say.embedding;
  if (name === 'lm_head.weight') return say.head;
  const block = /^(encoder|decoder)\.block\.(\d+)\.layer\.\d+\.(\w+)\.(\w+)/.exec(name);
  if (block) {
    const [, stack, layer, part, weight] = block;
    const prefix = part === 'EncDecAttention' ? say.cross : '';
    return `${stack} ${layer} · ${prefix}${weight === 'weight' ? say.norm : weight === 'relative_attention_bias' ? say.positionBias : weight}`;
  }
  return name.replace('.final_layer_norm.weight', say.finalNorm).replace('.weight', '');
}
