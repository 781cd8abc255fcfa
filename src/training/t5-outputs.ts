/**
 * The logits of a T5 on a fixed batch as a function of a parameter pool, their derivative transposed, and the second
 * derivative of the loss by the logits: what the Gauss–Newton matrix JᵀH_outJ is made of.
 */
import type { Device, Pool, Program } from '../engine/device.ts';
import { batchInputs, labelWeights, type TokenBatch } from '../model/batch-inputs.ts';
import type { T5Config } from '../model/config.ts';
import { FORWARD_INPUTS, PULL_BACK_INPUTS, setInputs, T5Model } from '../model/t5-model.ts';
import { PoolSpace } from './t5-objective.ts';

export class T5Outputs {
  readonly space: PoolSpace;
  private readonly device: Device;
  private readonly model: T5Model;
  private readonly forward: Program;
  private readonly backward: Program;
  /** Each row's share of the loss: 1/(labels that count), 0 where the label is ignored. */
  private readonly weights: Float32Array;

  private constructor(device: Device, model: T5Model, forward: Program, backward: Program, weights: Float32Array) {
    this.device = device;
    this.model = model;
    this.space = new PoolSpace(device, model.layout);
    this.forward = forward;
    this.backward = backward;
    this.weights = weights;
  }

  static async create(device: Device, config: T5Config, batch: TokenBatch): Promise<T5Outputs> {
    const model = new T5Model(device, config);
    const forward = await model.compileForward(batch);
    const backward = await model.compilePullBack(batch);
    const inputs = batchInputs(batch, config.vocab_size);
    setInputs(forward, inputs, FORWARD_INPUTS);
    setInputs(backward, inputs, PULL_BACK_INPUTS);
    return new T5Outputs(device, model, forward, backward, labelWeights(batch.labels));
  }

  /** Logits at θ, [B·T · V]. */
  outputs(theta: Pool): Promise<Float32Array> {
    this.device.copy(theta, this.model.parameters);
    this.forward.run();
    return this.forward.read('logits');
  }

  /** gradient ← Jᵀu at θ; u has the logits' length. */
  pullBack(theta: Pool, u: ArrayLike<number>, gradient: Pool): void {
    this.device.copy(theta, this.model.parameters);
    this.backward.setInput('logits_gradient', u instanceof Float32Array ? u : Float32Array.from(u));
    this.backward.run();
    this.device.copy(this.model.gradients, gradient);
  }

  /** H_out u at these logits, H_out = the mean cross-entropy's second derivative: weight·(diag(p) - p pᵀ) in each row. */
  outputHessian(logits: ArrayLike<number>, u: ArrayLike<number>): Float32Array {
    const vocabulary = this.model.config.vocab_size;
    const result = new Float32Array(u.length);
    const p = new Float64Array(vocabulary);
    this.weights.forEach((weight, row) => {
      if (weight === 0) return;
      const start = row * vocabulary;
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < vocabulary; i++) largest = Math.max(largest, logits[start + i]!);
      let total = 0;
      for (let i = 0; i < vocabulary; i++) total += p[i] = Math.exp(logits[start + i]! - largest);
      let mean = 0;
      for (let i = 0; i < vocabulary; i++) mean += (p[i]! / total) * u[start + i]!;
      for (let i = 0; i < vocabulary; i++) result[start + i] = weight * (p[i]! / total) * (u[start + i]! - mean);
    });
    return result;
  }

  dispose(): void {
    this.forward.dispose();
    this.backward.dispose();
    this.model.dispose();
  }
}
