/**
 * T5 (Raffel et al. 2020, arXiv 1910.10683; v1.1 with gated GELU: Shazeer 2020, arXiv 2002.05202), written once
 * against the engine's operations: the forward pass as graph nodes. Its gradient is made by engine/gradient.ts.
 *
 * As in Hugging Face's T5: RMS norm before every sub-layer and at the end of each stack, no 1/√d_kv in attention,
 * one position-bias table a stack used by all its layers, none in cross-attention.
 */
import type { Graph } from '../engine/graph.ts';
import { makeLayout, packName, type Layout } from '../engine/layout.ts';
import type { Tensor } from '../engine/tensor.ts';
import { embeddingOf, feedForwardOf, parameterShapes, type T5Config } from './config.ts';
import { positionBuckets } from './position-buckets.ts';

export interface BatchShape {
  readonly batch: number;
  readonly sourceLength: number;
  readonly targetLength: number;
}

const selfAttentionPack = (prefix: string): string[] => ['q', 'k', 'v'].map((name) => `${prefix}.${name}.weight`);
const crossAttentionPack = (prefix: string): string[] => ['k', 'v'].map((name) => `${prefix}.${name}.weight`);
const gatePack = (prefix: string): string[] => ['wi_0', 'wi_1'].map((name) => `${prefix}.${name}.weight`);

/** The pool layout of a T5: matrices that read the same input are packed. */
export function t5Layout(config: T5Config): Layout {
  const packs: string[][] = [];
  const { gated } = feedForwardOf(config);
  for (let i = 0; i < config.num_layers; i++) {
    packs.push(selfAttentionPack(`encoder.block.${i}.layer.0.SelfAttention`));
    if (gated) packs.push(gatePack(`encoder.block.${i}.layer.1.DenseReluDense`));
  }
  for (let i = 0; i < config.num_decoder_layers; i++) {
    packs.push(selfAttentionPack(`decoder.block.${i}.layer.0.SelfAttention`));
    packs.push(crossAttentionPack(`decoder.block.${i}.layer.1.EncDecAttention`));
    if (gated) packs.push(gatePack(`decoder.block.${i}.layer.2.DenseReluDense`));
  }
  return makeLayout(parameterShapes(config), packs);
}

export interface T5Tensors {
  /** [B·S, d], after the encoder's final norm. */
  readonly encoderOutput: Tensor;
  /** [B·T, V]; an output named `logits`, or scratch where only the loss is asked for. */
  readonly logits: Tensor;
  /** [1], an output named `loss`; undefined without `loss: true`. */
  readonly loss: Tensor | undefined;
}

/** Input of the graphs of a model whose grouped norms are being released: the share of the grouped norm, [1]. */
export const GROUPED_SHARE = 'grouped_share';
/** Name of the output that holds 1/RMS of a norm. */
export const inverseRmsName = (norm: string): string => `inverse_rms.${norm}`;

class T5Builder {
  private readonly graph: Graph;
  private readonly config: T5Config;
  private readonly shape: BatchShape;
  private readonly keepNorms: boolean;

  constructor(graph: Graph, config: T5Config, shape: BatchShape, keepNorms: boolean) {
    this.keepNorms = keepNorms;
    this.graph = graph;
    this.config = config;
    this.shape = shape;
  }

  parameter(name: string): Tensor {
    return this.graph.pooled('parameters', name);
  }

  linear(x: Tensor, w: Tensor, add?: Tensor, alpha = 1, out?: Tensor): Tensor {
    const y = out ?? this.graph.scratch([x.shape[0] ?? 0, w.shape[0] ?? 0]);
    this.graph.push('matmul', { a: x, b: w, add }, { c: y }, { transposeB: true, alpha });
    return y;
  }

  norm(x: Tensor, name: string, out?: Tensor): Tensor {
    const { norm_groups: groups, norm_release: release, d_model: d } = this.config;
    if (!release || groups.length === 1) return this.rms(x, name, groups, out);
    const y = out ?? this.graph.scratch(x.shape);
    const share = this.graph.input(GROUPED_SHARE, [1], 'float32');
    this.graph.push('mix', { a: this.rms(x, name, groups), b: this.rms(x, name, [d]), weight: share }, { c: y });
    return y;
  }

  private rms(x: Tensor, name: string, groups: readonly number[], out?: Tensor): Tensor {
    const y = out ?? this.graph.scratch(x.shape);
    const shape = [x.shape[0] ?? 0, groups.length];
    const r = this.keepNorms ? this.graph.output(inverseRmsName(name), shape) : this.graph.scratch(shape);
    this.graph.push('rms_norm', { x, scale: this.parameter(name) }, { y, r }, { epsilon: this.config.layer_norm_epsilon, groups });
    return y;
  }

  positionBias(stack: 'encoder' | 'decoder'): Tensor {
    const { num_heads: heads, relative_attention_num_buckets: buckets, relative_attention_max_distance: maxDistance } = this.config;
    const length = stack === 'encoder' ? this.shape.sourceLength : this.shape.targetLength;
    const table = this.parameter(`${stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`);
    const bucket = this.graph.constant(positionBuckets(length, length, stack === 'encoder', buckets, maxDistance), [length * length]);
    const bias = this.graph.scratch([heads, length, length]);
    this.graph.push('position_bias', { table, bucket }, { bias });
    return bias;
  }

  /** Self-attention (no `memory`) or attention to the encoder's output, with its norm and residual. */
  attention(
    x: Tensor,
    block: string,
    options: { causal: boolean; bias?: Tensor; mask?: Tensor; memory?: Tensor; probabilities?: string },
  ): Tensor {
    const { num_heads: heads, d_kv: dkv } = this.config;
    const { batch, sourceLength, targetLength } = this.shape;
    const inner = heads * dkv;
    const cross = options.memory !== undefined;
    const prefix = `${block}.${cross ? 'EncDecAttention' : 'SelfAttention'}`;
    const normed = this.norm(x, `${block}.layer_norm.weight`);
    const rows = x.shape[0] ?? 0;
    const queryLength = rows / batch;
    const keyLength = cross ? sourceLength : queryLength;
    if (queryLength !== sourceLength && queryLength !== targetLength) throw new Error(`t5: ${rows} rows do not fit a batch of ${batch}`);
    const factors = options.memory
      ? {
          query: this.linear(normed, this.parameter(`${prefix}.q.weight`)),
          keyValue: this.linear(options.memory, this.parameter(packName(crossAttentionPack(prefix)))),
        }
      : { query: this.linear(normed, this.parameter(packName(selfAttentionPack(prefix)))) };
    const out = this.graph.scratch([rows, inner]);
    const shape = [batch, heads, queryLength, keyLength];
    const probs = options.probabilities ? this.graph.output(options.probabilities, shape) : this.graph.scratch(shape);
    const { bias, mask, causal } = options;
    const sizes = { batch, heads, dkv, queryLength, keyLength };
    this.graph.push('attention', { ...factors, bias, mask }, { out, probs }, { ...sizes, causal });
    return this.linear(out, this.parameter(`${prefix}.o.weight`), x);
  }

  feedForward(x: Tensor, block: string): Tensor {
    const { activation, gated } = feedForwardOf(this.config);
    const prefix = `${block}.DenseReluDense`;
    const normed = this.norm(x, `${block}.layer_norm.weight`);
    const u = this.linear(normed, this.parameter(gated ? packName(gatePack(prefix)) : `${prefix}.wi.weight`));
    const y = this.graph.scratch([x.shape[0] ?? 0, this.config.d_ff]);
    this.graph.push('feed_forward_activation', { u }, { y }, { kind: activation, gated });
    return this.linear(y, this.parameter(`${prefix}.wo.weight`), x);
  }

  embed(ids: Tensor, stack: 'encoder' | 'decoder'): Tensor {
    const y = this.graph.scratch([ids.size, this.config.d_model]);
    this.graph.push('embed', { table: this.parameter(embeddingOf(this.config, stack)), ids }, { y });
    return y;
  }
}

export interface T5GraphOptions {
  /** Append the loss (labels and weights become inputs). */
  readonly loss: boolean;
  /**
   * Keep logits, the encoder's output and attention probabilities as outputs (`logits`, `encoder_output`,
   * `attention.encoder.0` …).
   */
  readonly keep: boolean;
  /** Keep 1/RMS of every norm as an output, [rows, groups], named by `inverseRmsName`. Not while norms are released. */
  readonly keepNorms?: boolean;
}

/**
 * Appends T5's forward pass. Inputs of the graph: `input_ids` [B·S], `attention_mask` [B·S] (1 = attend),
 * `decoder_input_ids` [B·T], with a loss `labels` [B·T] (negative = ignored) and `label_weights` [B·T]
 * (1 / number of counted labels); with a gradient also `input_ids_index` and `decoder_input_ids_index`
 * (model/batch-inputs.ts makes them all).
 */
export function appendT5(graph: Graph, config: T5Config, shape: BatchShape, options: T5GraphOptions): T5Tensors {
  const builder = new T5Builder(graph, config, shape, options.keepNorms ?? false);
  const { batch, sourceLength, targetLength } = shape;
  const ids = graph.input('input_ids', [batch * sourceLength], 'int32');
  const mask = graph.input('attention_mask', [batch * sourceLength], 'int32');
  const decoderIds = graph.input('decoder_input_ids', [batch * targetLength], 'int32');
  const keep = (name: string): { probabilities: string } | Record<string, never> => (options.keep ? { probabilities: name } : {});

  let x = builder.embed(ids, 'encoder');
  const encoderBias = builder.positionBias('encoder');
  for (let i = 0; i < config.num_layers; i++) {
    x = builder.attention(x, `encoder.block.${i}.layer.0`, { causal: false, bias: encoderBias, mask, ...keep(`attention.encoder.${i}`) });
    x = builder.feedForward(x, `encoder.block.${i}.layer.1`);
  }
  const memory = builder.norm(x, 'encoder.final_layer_norm.weight', options.keep ? graph.output('encoder_output', x.shape) : undefined);

  let y = builder.embed(decoderIds, 'decoder');
  const decoderBias = builder.positionBias('decoder');
  for (let i = 0; i < config.num_decoder_layers; i++) {
    y = builder.attention(y, `decoder.block.${i}.layer.0`, { causal: true, bias: decoderBias, ...keep(`attention.decoder.${i}`) });
    y = builder.attention(y, `decoder.block.${i}.layer.1`, { causal: false, memory, mask, ...keep(`attention.cross.${i}`) });
    y = builder.feedForward(y, `decoder.block.${i}.layer.2`);
  }
  const hidden = builder.norm(y, 'decoder.final_layer_norm.weight');
  const head = builder.parameter(config.tied ? 'shared.weight' : 'lm_head.weight');
  const rows = batch * targetLength;
  const logits = builder.linear(
    hidden,
    head,
    undefined,
    config.scaled ? config.d_model ** -0.5 : 1,
    options.keep ? graph.output('logits', [rows, config.vocab_size]) : undefined,
  );

  if (!options.loss) return { encoderOutput: memory, logits, loss: undefined };
  const labels = graph.input('labels', [rows], 'int32');
  const weights = graph.input('label_weights', [rows], 'float32');
  const rowLoss = graph.scratch([rows]);
  graph.push('cross_entropy', { logits, labels, weights }, { rowLoss, lse: graph.scratch([rows]) });
  const loss = graph.output('loss', [1]);
  graph.push('sum', { x: rowLoss }, { y: loss });
  return { encoderOutput: memory, logits, loss };
}
