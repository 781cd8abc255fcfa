/**
 * The loss of a T5 on a fixed batch as a function of a parameter pool, for the theory: a vector space of pools and
 * ∇L at any point, evaluated in pools of its own, so that a prediction never touches the training.
 */
import type { Device, Pool, Program } from '../engine/device.ts';
import type { Layout } from '../engine/layout.ts';
import type { HostTensor, NamedTensors } from '../engine/named-tensors.ts';
import { Resources } from '../engine/jobs/resources.ts';
import type { HessianProduct, Objective, Orthonormalised, VectorSpace } from '../engine/vector-space.ts';
import { batchInputs, type TokenBatch } from '../model/batch-inputs.ts';
import type { T5Config } from '../model/config.ts';
import { flatten, unflatten } from '../model/pool-tensors.ts';
import { GRADIENT_INPUTS, LOSS_INPUTS, readLoss, setInputs, T5Model } from '../model/t5-model.ts';
import { T5Products } from './t5-products.ts';

/** Pools of one layout as a vector space. */
export class PoolSpace implements VectorSpace<Pool> {
  private readonly device: Device;
  readonly layout: Layout;
  private readonly lent = new Set<Pool>();

  readonly orthonormalise?: (basis: readonly Pool[], x: Pool) => Promise<Orthonormalised>;

  constructor(device: Device, layout: Layout) {
    this.device = device;
    this.layout = layout;
    if (device.orthonormalise) this.orthonormalise = device.orthonormalise.bind(device);
  }
  create(): Pool {
    const pool = this.device.createPool(this.layout);
    this.lent.add(pool);
    return pool;
  }
  dispose(pool: Pool): void {
    if (this.lent.delete(pool)) this.device.disposePool(pool);
  }
  /** Also what a computation that ended in an error has left behind. */
  disposeAll(): void {
    for (const pool of this.lent) this.dispose(pool);
  }
  copy(from: Pool, to: Pool): void {
    this.device.copy(from, to);
  }
  axpy(a: number, x: Pool, y: Pool): void {
    this.device.axpy(a, x, y);
  }
  scale(a: number, x: Pool): void {
    this.device.scale(a, x);
  }
  dot(x: Pool, y: Pool): number | Promise<number> {
    return this.device.dot(x, y);
  }
  /** @param owner gives the pool back at the end; without one the caller does */
  fromTensors(tensors: NamedTensors, owner?: Resources): Pool {
    const pool = this.create();
    owner?.adopt(pool, (own) => this.dispose(own));
    this.writeTensors(tensors, pool);
    return pool;
  }
  writeTensors(tensors: NamedTensors, pool: Pool): void {
    this.device.write(pool, flatten(tensors, this.layout));
  }
  async toTensors(pool: Pool): Promise<Map<string, HostTensor>> {
    return unflatten(await this.device.read(pool), this.layout);
  }
}

export class T5Objective implements Objective<Pool> {
  readonly space: PoolSpace;
  readonly config: T5Config;
  private readonly device: Device;
  private readonly model: T5Model;
  private readonly gradientProgram: Program;
  private readonly lossProgram: Program;
  private readonly hessian: T5Products;
  private readonly gaussNewton: T5Products;
  private own = new Resources();

  private constructor(device: Device, model: T5Model, batch: TokenBatch, gradientProgram: Program, lossProgram: Program) {
    this.device = device;
    this.model = model;
    this.config = model.config;
    this.space = new PoolSpace(device, model.layout);
    this.gradientProgram = gradientProgram;
    this.lossProgram = lossProgram;
    const inputs = batchInputs(batch, model.config.vocab_size);
    this.hessian = new T5Products(device, model, 'hessian', batch, inputs);
    this.gaussNewton = new T5Products(device, model, 'gauss-newton', batch, inputs);
  }

  /** Where it can't be made, nothing stays on the device. */
  static async create(device: Device, config: T5Config, batch: TokenBatch): Promise<T5Objective> {
    using own = new Resources();
    const model = own.use(new T5Model(device, config));
    const gradientProgram = own.use(await model.compileGradient(batch));
    const lossProgram = own.use(await model.compileLoss(batch));
    const inputs = batchInputs(batch, config.vocab_size);
    setInputs(gradientProgram, inputs, GRADIENT_INPUTS);
    setInputs(lossProgram, inputs, LOSS_INPUTS);
    const made = new T5Objective(device, model, batch, gradientProgram, lossProgram);
    made.own = own.move();
    return made;
  }

  gradient(theta: Pool, gradient: Pool): void {
    this.device.copy(theta, this.model.parameters);
    this.gradientProgram.run();
    this.device.copy(this.model.gradients, gradient);
  }

  lossAndGradient(theta: Pool, gradient: Pool): Promise<number> {
    this.gradient(theta, gradient);
    return readLoss(this.gradientProgram);
  }

  loss(theta: Pool): Promise<number> {
    this.device.copy(theta, this.model.parameters);
    this.lossProgram.run();
    return readLoss(this.lossProgram);
  }

  hessianProduct(): HessianProduct<Pool> {
    return this.hessian.create();
  }

  gaussNewtonProduct(): HessianProduct<Pool> {
    return this.gaussNewton.create();
  }

  /** The loss is that of another batch of the same shape from now on. */
  setBatch(batch: TokenBatch): void {
    const inputs = batchInputs(batch, this.config.vocab_size);
    setInputs(this.gradientProgram, inputs, GRADIENT_INPUTS);
    setInputs(this.lossProgram, inputs, LOSS_INPUTS);
    this.hessian.setInputs(inputs);
    this.gaussNewton.setInputs(inputs);
  }

  /** As T5Model's: the loss of a model whose norms are being released depends on it. */
  setGroupedShare(share: number): void {
    this.model.setGroupedShare(share);
    this.hessian.moved();
    this.gaussNewton.moved();
  }

  dispose(): void {
    this.space.disposeAll();
    this.hessian.dispose();
    this.gaussNewton.dispose();
    this.own.dispose();
  }
}
