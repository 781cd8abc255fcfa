/** Faults of a device that can be survived, as types: whoever recovers asks the type, not the words. */
import type { Told } from '../experiment/messages/say.ts';
import { ToldError } from '../experiment/messages/told-error.ts';

/** A buffer that could not be had. The device itself still works, unless its `lost` says otherwise. */
export class OutOfMemoryError extends ToldError {
  override readonly name = 'OutOfMemoryError';
}

/** A shader that this adapter's compiler refuses. It would refuse it again. */
export class ShaderError extends ToldError {
  override readonly name = 'ShaderError';
}

/** Why nothing will come from a device any more. */
export interface DeviceLoss {
  /**
   * `out-of-memory`: WebGPU tells of it later than the call that caused it, when buffers without memory are already in
   * use.
   */
  readonly kind: 'lost' | 'out-of-memory';
  readonly reason: Told;
}
