/**
 * The work of a device beside the training, counted in operations by its purpose. Every program of a T5 that
 * is not a training step counts as it runs; who asks says what for. It changes nothing that is computed.
 */
import type { Device, Program } from '../engine/device.ts';
import { type BesideWork, forwardFlops, type WorkBeside } from '../experiment/cost/cost.ts';
import type { T5Config } from './config.ts';
import type { BatchShape } from './t5-graph.ts';

const NOTHING: WorkBeside = { probe: 0, sharpness: 0, predictions: 0 };

export class WorkMeter {
  private spent: Record<BesideWork, number> = { ...NOTHING };
  /** Whoever says nothing predicts: flows and studies are asked for in many places. */
  private purpose: BesideWork = 'predictions';

  get flops(): WorkBeside {
    return { ...this.spent };
  }

  /** @param spent before, on the same run */
  reset(spent: WorkBeside = NOTHING): void {
    this.spent = { ...spent };
  }

  add(flops: number, purpose: BesideWork = this.purpose): void {
    this.spent[purpose] += flops;
  }

  /** Counts the work within this call under a purpose. */
  as<T>(purpose: BesideWork, work: () => T): T {
    const before = this.purpose;
    this.purpose = purpose;
    try {
      return work();
    } finally {
      this.purpose = before;
    }
  }

  /**
   * Counts the work until this resolves under a purpose. A session does one thing at a time, so that nothing else runs
   * meanwhile.
   */
  async during<T>(purpose: BesideWork, work: () => Promise<T>): Promise<T> {
    const before = this.purpose;
    this.purpose = purpose;
    try {
      return await work();
    } finally {
      this.purpose = before;
    }
  }
}

const meters = new WeakMap<Device, WorkMeter>();

/** A device's own. */
export function meterOf(device: Device): WorkMeter {
  const known = meters.get(device);
  if (known) return known;
  const made = new WorkMeter();
  meters.set(device, made);
  return made;
}

/** Operations of a forward pass over a batch. */
export function passFlops(config: T5Config, { batch, sourceLength, targetLength }: BatchShape): number {
  const size = { d: config.d_model, ff: config.d_ff, heads: config.num_heads, dkv: config.d_kv, layers: config.num_layers };
  const shape = {
    vocabulary: config.vocab_size,
    sourceLength,
    targetLength,
    buckets: config.relative_attention_num_buckets,
    gated: config.feed_forward_proj.startsWith('gated'),
    tied: config.tied,
  };
  return batch * forwardFlops(size, shape);
}

/** The program, counted at every run. @param forwards what a run costs, in forward passes over the batch */
export function metered(program: Program, device: Device, config: T5Config, shape: BatchShape, forwards: number): Program {
  const meter = meterOf(device);
  const flops = forwards * passFlops(config, shape);
  for (const name of ['run', 'rerun'] as const) {
    const plain = program[name].bind(program);
    program[name] = () => {
      meter.add(flops);
      plain();
    };
  }
  return program;
}
