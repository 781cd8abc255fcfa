/** Buffers of a device, counted, and read back through reused staging buffers. */
import { tell } from '../../experiment/messages/tell.ts';
import { OutOfMemoryError } from '../faults.ts';

// The numbers behind GPUBufferUsage and GPUMapMode, which Node does not have as globals.
const MAP_READ = 1;
export const COPY_SRC = 4;
export const COPY_DST = 8;
const UNIFORM = 64;
const STORAGE = 128;
export const STORAGE_USAGE = STORAGE | COPY_SRC | COPY_DST;
export const UNIFORM_USAGE = UNIFORM | COPY_DST;

/** Staging buffers kept for the next reading; large ones (a whole model read back) are not kept. */
const MOST_IDLE = 8;
const LARGEST_IDLE = 1 << 20;

export class Memory {
  bytes = 0;
  /** Staging buffers mapped so far. */
  waits = 0;
  /** Called before a buffer goes: what was recorded may be about it. */
  beforeDestroy: () => void = () => {};
  private readonly device: GPUDevice;
  private readonly idle: GPUBuffer[] = [];
  private readonly live = new Set<GPUBuffer>();

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** Zeros. Sizes are rounded up to 16 bytes. */
  create(label: string, bytes: number, usage: number): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    const limit = Math.min(this.device.limits.maxBufferSize, usage & STORAGE ? this.device.limits.maxStorageBufferBindingSize : Infinity);
    if (size > limit) throw new OutOfMemoryError(tell('buffer-too-large', { label, size, most: limit }));
    const buffer = this.device.createBuffer({ label, size, usage });
    this.bytes += size;
    this.live.add(buffer);
    return buffer;
  }

  destroy(buffer: GPUBuffer): void {
    if (!this.live.has(buffer)) return;
    this.beforeDestroy();
    this.live.delete(buffer);
    this.bytes -= buffer.size;
    buffer.destroy();
  }

  /** A staging buffer of at least this size: copy into it, then `map`. */
  takeStaging(bytes: number): GPUBuffer {
    const at = this.idle.findIndex((buffer) => buffer.size >= bytes && buffer.size <= 4 * Math.max(bytes, 1024));
    return (at >= 0 ? this.idle.splice(at, 1)[0] : undefined) ?? this.create('staging', Math.max(256, bytes), MAP_READ | COPY_DST);
  }

  private putBack(staging: GPUBuffer): void {
    if (this.idle.length < MOST_IDLE && staging.size <= LARGEST_IDLE && this.live.has(staging)) this.idle.push(staging);
    else this.destroy(staging);
  }

  /** The staging buffer's contents once everything submitted so far is done; gives the buffer back. */
  async map(staging: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    this.waits++;
    try {
      await staging.mapAsync(1, 0, bytes);
    } catch (error) {
      this.destroy(staging);
      throw new Error(`webgpu: reading back failed, the device may be lost: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    const contents = staging.getMappedRange(0, bytes).slice(0);
    staging.unmap();
    this.putBack(staging);
    return contents;
  }

  destroyAll(): void {
    for (const buffer of this.live) this.destroy(buffer);
    this.idle.length = 0;
  }
}
