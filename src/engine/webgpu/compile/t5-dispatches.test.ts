/** What a whole training step of a T5 costs in dispatches and shaders, without a GPU. */
import { describe, expect, test } from 'vitest';
import type { T5Config } from '../../../model/config.ts';
import { appendT5, t5Layout } from '../../../model/t5-graph.ts';
import { curvatureGraph, type Curvature } from '../../../model/t5-model.ts';
import { adam } from '../../../training/optimizers/adam.ts';
import { appendGradient } from '../../gradient.ts';
import { Graph } from '../../graph.ts';
import { schedule, scheduleGraph, type ScheduleOptions } from './schedule.ts';
import { shaderOf, type Shader } from './shader.ts';

const config = (d: number, groups: readonly number[] = [d]): T5Config => ({
  vocab_size: 64,
  d_model: d,
  d_kv: 16,
  d_ff: 2 * d,
  num_layers: 2,
  num_decoder_layers: 2,
  num_heads: d / 16,
  relative_attention_num_buckets: 32,
  relative_attention_max_distance: 128,
  layer_norm_epsilon: 1e-6,
  feed_forward_proj: 'gated-gelu',
  tied: false,
  scaled: false,
  pad_token_id: 0,
  eos_token_id: 1,
  decoder_start_token_id: 0,
  norm_groups: groups,
});

function shadersOf(model: T5Config, options: ScheduleOptions): Shader[] {
  const graph = new Graph(t5Layout(model));
  const { loss } = appendT5(graph, model, SHAPE, { loss: true, keep: false });
  if (!loss) throw new Error('the graph has no loss');
  appendGradient(graph, loss);
  adam.append(graph, false);
  return schedule(graph.nodes, options).map((dispatch) => shaderOf(dispatch, options.workgroupSize));
}

const SHAPE = { batch: 8, sourceLength: 16, targetLength: 16 };

function curvatureShaders(model: T5Config, curvature: Curvature, options: ScheduleOptions): { shaders: Shader[]; seam: number } {
  const { dispatches, seam } = scheduleGraph(curvatureGraph(model, SHAPE, curvature), options);
  return { shaders: dispatches.map((dispatch) => shaderOf(dispatch, options.workgroupSize)), seam };
}

describe.each<[string, ScheduleOptions]>([
  ['a CPU adapter', { hardware: false, quads: true, workgroupSize: 16, maxBindings: 12 }],
  ['hardware with the fewest bindings WebGPU promises', { hardware: true, quads: false, workgroupSize: 64, maxBindings: 8 }],
])('on %s', (_, options) => {
  test('a step of 2 + 2 layers with Adam is at most 130 dispatches', () => {
    expect(shadersOf(config(32), options).length).toBeLessThanOrEqual(130);
    expect(shadersOf(config(64), options).length).toBeLessThanOrEqual(130);
  });

  test('growing the model needs no new shader', () => {
    const small = new Map(shadersOf(config(32), options).map((shader) => [shader.key, shader.text]));
    const large = new Map(shadersOf(config(64), options).map((shader) => [shader.key, shader.text]));
    expect(large).toEqual(small);
    expect(small.size).toBeLessThan(35);
  });

  test.each<[Curvature, number]>([
    ['hessian', 210],
    ['gauss-newton', 140],
  ])('products with %s: a further one is at most %i dispatches; growing needs no new shader (10.18)', (curvature, most) => {
    const [small, large] = [curvatureShaders(config(32), curvature, options), curvatureShaders(config(64), curvature, options)];
    expect(large.shaders.length - large.seam).toBeLessThanOrEqual(most);
    const texts = ({ shaders }: typeof small): Map<string, string> => new Map(shaders.map((shader) => [shader.key, shader.text]));
    expect(texts(large)).toEqual(texts(small));
    expect(texts(small).size).toBeLessThan(55);
  });
});
