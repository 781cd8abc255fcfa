/**
 * Everything that is done on the device, in order. Commands are recorded into one encoder and submitted together: when
 * a result is waited for, when there are enough of them, or as soon as the host has nothing else to do. What the host
 * writes between them goes through one buffer and is copied where it belongs in its turn; small results are copied into
 * another (the mail), so that one wait brings all that were asked for before it.
 */
import { Later } from '../jobs/later.ts';
import { COPY_DST, COPY_SRC, type Memory } from './memory.ts';

/** Bytes of the buffer for what the host writes; larger writes go alone. */
const UPLOADS = 1 << 18;
const LARGEST_UPLOAD = 1 << 16;
/** Bytes of the mail; larger results go alone. */
const MAIL = 1 << 14;
const LARGEST_LETTER = 1 << 12;
/** Commands after which the device gets to work while the host goes on recording. */
const ENOUGH = 192;

interface Letter {
  readonly offset: number;
  readonly bytes: number;
  contents?: Promise<ArrayBuffer>;
}

export class Commands {
  private readonly device: GPUDevice;
  private readonly memory: Memory;
  private readonly uploads: GPUBuffer;
  private readonly image = new Uint8Array(UPLOADS);
  private uploaded = 0;
  private readonly mail: GPUBuffer;
  private mailed = 0;
  private letters: Letter[] = [];
  private encoder: GPUCommandEncoder | undefined;
  private pass: GPUComputePassEncoder | undefined;
  private pipeline: GPUComputePipeline | undefined;
  private recorded = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(device: GPUDevice, memory: Memory) {
    this.device = device;
    this.memory = memory;
    this.uploads = memory.create('uploads', UPLOADS, COPY_SRC | COPY_DST);
    this.mail = memory.create('mail', MAIL, COPY_SRC | COPY_DST);
    memory.beforeDestroy = () => this.submit();
  }

  dispatch(pipeline: GPUComputePipeline, bindGroup: GPUBindGroup, workgroups: readonly [number, number]): void {
    const pass = (this.pass ??= this.open().beginComputePass());
    if (pipeline !== this.pipeline) pass.setPipeline((this.pipeline = pipeline));
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(workgroups[0], workgroups[1]);
    this.count();
  }

  /** to ← from, in bytes. */
  copy(from: GPUBuffer, fromOffset: number, to: GPUBuffer, toOffset: number, bytes: number): void {
    const encoder = this.open();
    this.endPass();
    encoder.copyBufferToBuffer(from, fromOffset, to, toOffset, bytes);
    this.count();
  }

  /**
   * What stands in `data` now is written into a buffer when it is this command's turn. Bytes and offset are multiples
   * of 4.
   */
  write(to: GPUBuffer, offset: number, data: ArrayBufferView): void {
    const { byteLength } = data;
    if (byteLength === 0) return;
    if (byteLength > LARGEST_UPLOAD) {
      this.submit();
      this.device.queue.writeBuffer(to, offset, data.buffer as ArrayBuffer, data.byteOffset, byteLength);
      return;
    }
    if (this.uploaded + byteLength > UPLOADS) this.submit();
    const at = this.uploaded;
    this.image.set(new Uint8Array(data.buffer, data.byteOffset, byteLength), at);
    this.uploaded = Math.ceil((at + byteLength) / 4) * 4;
    this.copy(this.uploads, at, to, offset, byteLength);
  }

  /**
   * A range's content as it is in this command's turn; fetched when someone waits for it, with all that was asked for
   * by then.
   */
  read(from: GPUBuffer, offset: number, bytes: number): Promise<ArrayBuffer> {
    if (bytes > LARGEST_LETTER) return this.readAlone(from, offset, bytes);
    if (this.mailed + bytes > MAIL) this.deliver();
    const letter: Letter = { offset: this.mailed, bytes };
    this.letters.push(letter);
    this.copy(from, offset, this.mail, letter.offset, bytes);
    this.mailed += bytes;
    return new Later(() => {
      if (!letter.contents) this.deliver();
      return letter.contents as Promise<ArrayBuffer>;
    });
  }

  private readAlone(from: GPUBuffer, offset: number, bytes: number): Promise<ArrayBuffer> {
    const staging = this.memory.takeStaging(bytes);
    this.copy(from, offset, staging, 0, bytes);
    this.submit();
    return this.memory.map(staging, bytes);
  }

  /** Fetches all that was asked for. */
  private deliver(): void {
    const { letters, mailed } = this;
    if (letters.length === 0) return;
    this.letters = [];
    this.mailed = 0;
    const staging = this.memory.takeStaging(mailed);
    this.copy(this.mail, 0, staging, 0, mailed);
    this.submit();
    const all = this.memory.map(staging, mailed);
    for (const letter of letters) {
      letter.contents = all.then((buffer) => buffer.slice(letter.offset, letter.offset + letter.bytes));
      // Whoever waits for it hears of it.
      letter.contents.catch(() => undefined);
    }
  }

  /** The device gets to work on all that was recorded. */
  submit(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { encoder, uploaded } = this;
    if (!encoder) return;
    this.endPass();
    this.encoder = undefined;
    this.recorded = 0;
    this.uploaded = 0;
    if (uploaded > 0) this.device.queue.writeBuffer(this.uploads, 0, this.image, 0, uploaded);
    this.device.queue.submit([encoder.finish()]);
  }

  private open(): GPUCommandEncoder {
    // Whoever records and waits for nothing is done when the host has nothing else to do.
    if (!this.encoder) this.timer ??= setTimeout(() => this.submit(), 0);
    return (this.encoder ??= this.device.createCommandEncoder());
  }

  private endPass(): void {
    this.pass?.end();
    this.pass = undefined;
    this.pipeline = undefined;
  }

  private count(): void {
    this.recorded++;
    if (this.recorded >= ENOUGH) this.submit();
  }
}
