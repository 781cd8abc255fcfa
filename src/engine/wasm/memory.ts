/**
 * Memory of tfjs's wasm backend, lent out in blocks. A block is a tfjs tensor, so it shows in tfjs's own
 * bookkeeping. The memory may grow at any allocation, after which older views are dead: views are made when needed.
 */
import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import { OutOfMemoryError } from '../faults.ts';

/** The parts of the backend that we use beyond its declared types. */
interface BackendInternals {
  readonly wasm: { readonly asm: { readonly memory: WebAssembly.Memory } };
}

/** Cache lines, and the alignment of 4 floats. */
const ALIGNMENT = 64;
/** Tiles may read up to 15 floats beyond the last row of a block (never store). */
const MARGIN = 64;

const noMemory = (bytes: number): Told => tell('no-memory', { bytes });

export interface Block {
  readonly address: number;
  readonly bytes: number;
  readonly tensor: tf.Tensor;
}

export class SharedMemory {
  readonly memory: WebAssembly.Memory;
  private readonly backend: BackendWasm;
  private lent = 0;
  private cachedFloats = new Float32Array(0);
  private cachedIntegers = new Int32Array(0);

  constructor(backend: BackendWasm) {
    this.backend = backend;
    this.memory = (backend as unknown as BackendInternals).wasm.asm.memory;
  }

  /** Bytes in blocks not yet freed. */
  get bytes(): number {
    return this.lent;
  }

  /** The whole memory as floats: use at once, do not keep. */
  floats(): Float32Array {
    if (this.cachedFloats.buffer !== this.memory.buffer) this.cachedFloats = new Float32Array(this.memory.buffer);
    return this.cachedFloats;
  }

  integers(): Int32Array {
    if (this.cachedIntegers.buffer !== this.memory.buffer) this.cachedIntegers = new Int32Array(this.memory.buffer);
    return this.cachedIntegers;
  }

  /** A block of zeros. */
  allocate(bytes: number): Block {
    const elements = Math.ceil((bytes + ALIGNMENT + MARGIN) / 4);
    // The heap ends at 4 GB and a length must be below 2 GB; tfjs takes what malloc returns as an address without
    // looking.
    if (elements * 4 >= 2 ** 31) throw new OutOfMemoryError(noMemory(bytes));
    const info = this.backend.makeOutput([elements], 'float32');
    const start = this.backend.getMemoryOffset(info.dataId) >>> 0;
    if (start === 0) {
      this.backend.disposeData(info.dataId, true);
      throw new OutOfMemoryError(noMemory(bytes));
    }
    const tensor = tf.engine().makeTensorFromDataId(info.dataId, info.shape, 'float32', this.backend);
    tf.keep(tensor);
    this.lent += elements * 4;
    this.floats().fill(0, start >>> 2, (start >>> 2) + elements);
    return { address: Math.ceil(start / ALIGNMENT) * ALIGNMENT, bytes: elements * 4, tensor };
  }

  free(block: Block): void {
    if (block.tensor.isDisposed) return;
    block.tensor.dispose();
    this.lent -= block.bytes;
  }
}
