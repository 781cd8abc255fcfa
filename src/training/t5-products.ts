/**
 * Exact products with the Hessian and with the Gauss–Newton matrix of a T5's loss, as captured programs: the change of
 * the gradient along a direction (engine/tangent.ts). A program belongs to one model and batch and serves any number of
 * `HessianProduct`s; it is compiled at the first product, so that who asks for none pays nothing.
 */
import type { Device, Pool, Program } from '../engine/device.ts';
import type { HessianProduct } from '../engine/vector-space.ts';
import type { GraphInputs } from '../model/batch-inputs.ts';
import { GRADIENT_INPUTS, GRADIENTS_PER_PRODUCT, setInputs, type Curvature, type T5Model } from '../model/t5-model.ts';
import type { BatchShape } from '../model/t5-graph.ts';

interface Compiled {
  readonly program: Program;
  readonly direction: Pool;
  readonly product: Pool;
}

export class T5Products {
  private readonly device: Device;
  private readonly model: T5Model;
  private readonly curvature: Curvature;
  private readonly shape: BatchShape;
  private inputs: GraphInputs;
  private compiling: Promise<Compiled> | undefined;
  private compiled: Compiled | undefined;
  /** Whose θ the program was last run at whole. */
  private at: object | undefined;
  private disposed = false;

  constructor(device: Device, model: T5Model, curvature: Curvature, shape: BatchShape, inputs: GraphInputs) {
    this.device = device;
    this.model = model;
    this.curvature = curvature;
    this.shape = shape;
    this.inputs = inputs;
  }

  create(): HessianProduct<Pool> {
    const owner = {};
    return {
      gradientsPerProduct: GRADIENTS_PER_PRODUCT[this.curvature],
      apply: (theta, v, out, unmoved = false) => this.apply(owner, theta, v, out, unmoved),
      dispose: () => {
        if (this.at === owner) this.at = undefined;
      },
    };
  }

  /** The products are with another batch of the same shape from now on. */
  setInputs(inputs: GraphInputs): void {
    this.inputs = inputs;
    this.moved();
    if (this.compiled) setInputs(this.compiled.program, inputs, GRADIENT_INPUTS);
  }

  /** Something else than θ that the loss depends on has changed. */
  moved(): void {
    this.at = undefined;
  }

  private async apply(owner: object, theta: Pool, v: Pool, out: Pool, unmoved: boolean): Promise<void> {
    const { program, direction, product } = this.compiled ?? (await (this.compiling ?? this.begin()));
    if (this.disposed) throw new Error('the objective of this product has been disposed of');
    // The gradient's program leaves other parameters in the model's pool.
    this.device.copy(theta, this.model.parameters);
    this.device.copy(v, direction);
    if (unmoved && this.at === owner) program.rerun();
    else program.run();
    this.at = owner;
    this.device.copy(product, out);
  }

  private begin(): Promise<Compiled> {
    const compiling = this.compile();
    this.compiling = compiling;
    // It may be possible later. Not in `compile` itself, which may fail before its promise is kept here.
    compiling.catch(() => (this.compiling = undefined));
    return compiling;
  }

  private async compile(): Promise<Compiled> {
    const pools: Pool[] = [];
    try {
      for (let i = 0; i < 2; i++) pools.push(this.device.createPool(this.model.layout));
      const [direction, product] = pools as [Pool, Pool];
      const program = await this.model.compileCurvature(this.curvature, this.shape, { direction, product });
      const compiled = { program, direction, product };
      if (this.disposed) this.giveBack(compiled);
      else {
        setInputs(program, this.inputs, GRADIENT_INPUTS);
        this.compiled = compiled;
      }
      return compiled;
    } catch (error) {
      for (const pool of pools) this.device.disposePool(pool);
      throw error;
    }
  }

  private giveBack({ program, direction, product }: Compiled): void {
    program.dispose();
    this.device.disposePool(direction);
    this.device.disposePool(product);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    if (this.compiled) this.giveBack(this.compiled);
  }
}
