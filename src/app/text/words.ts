/** Numbers and settings as the page writes them. */
import { type Experiment, type StepSize, growsOneSource } from '../../experiment/experiment.ts';

/** Made once: `toLocaleString` builds a formatter at every call. */
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function count(value: number): string {
  return WHOLE.format(value);
}

/** Whatever the worker said, as a sentence. */
export function sentence(text: string): string {
  const said = text.trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? '' : '.'}`;
}

export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const value = share * 100;
  return `${value > 0 && value < 1 ? value.toFixed(1) : Math.round(value)} %`;
}

/** A step size: two decimals, more where they are needed. */
export function size(value: number): string {
  if (value >= 0.1) return value.toFixed(2);
  if (value >= 0.01) return value.toFixed(3).replace(/0$/, '');
  return String(Number(value.toPrecision(2)));
}

export function stepSize(value: StepSize): string {
  if (value.kind === 'constant') return size(value.value);
  if (value.kind === 'edge') return `${value.edge} / λ`;
  return `table of ${value.table.length}`;
}

/** `A and B`; `A, B and C`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Of networks that share a step size held to the sharpness. */
export function sharedStepWords(groups: readonly (readonly string[])[]): string {
  return groups
    .map((models) => `${listed(models)} share one step size, from the ${models.length === 2 ? 'larger' : 'largest'} of their λ.`)
    .join(' ');
}

export function stepSizes(experiment: Pick<Experiment, 'h' | 'h2'>): string {
  const before = stepSize(experiment.h);
  return experiment.h2 === null ? before : `${before}, then ${stepSize(experiment.h2)}`;
}

export function modelWords({ model, k, operator }: Pick<Experiment, 'model' | 'k' | 'operator'>): string {
  const layers = `${model.layers} ${model.layers === 1 ? 'layer' : 'layers'}`;
  return `${growsOneSource(operator) ? 1 : k} × ${layers}, width ${model.d}`;
}

export function batchWords({ batch, examples }: Pick<Experiment, 'batch' | 'examples'>): string {
  return batch === 'full' ? `${count(examples)}, full batch` : `${count(batch)} of ${count(examples)}`;
}

export function paceWords(pace: Experiment['pace']): string {
  return pace === 'max' ? 'as fast as it goes' : `${pace} ${pace === 1 ? 'step' : 'steps'}/s`;
}

/** A name of a parameter, short: `encoder.block.0.layer.1.DenseReluDense.wi_0.weight` is `encoder 0 · wi_0`. */
export function tensorWords(name: string): string {
  if (name === 'shared.weight') return 'embedding';
  if (name === 'lm_head.weight') return 'head';
  const block = /^(encoder|decoder)\.block\.(\d+)\.layer\.\d+\.(\w+)\.(\w+)/.exec(name);
  if (block) {
    const [, stack, layer, part, weight] = block;
    const prefix = part === 'EncDecAttention' ? 'cross ' : '';
    return `${stack} ${layer} · ${prefix}${weight === 'weight' ? 'norm' : weight === 'relative_attention_bias' ? 'position bias' : weight}`;
  }
  return name.replace('.final_layer_norm.weight', ' · final norm').replace('.weight', '');
}
