/**
 * The device of a session: made when it is needed, and made anew after a fault, on the adapter that is left. A lost
 * WebGPU device is tried once more; one that is lost again, that has no memory for the run, or whose compiler refuses
 * a shader gives way to WebAssembly.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { tell } from '../../experiment/messages/tell.ts';
import type { Device } from '../../engine/device.ts';
import { OutOfMemoryError, ShaderError, type DeviceLoss } from '../../engine/faults.ts';
import type { AdapterChoice } from '../../experiment/experiment.ts';
import { SourceWorkerError } from '../parallel/trainer-link.ts';
import { TrainerWorkers } from '../parallel/trainer-workers.ts';
import type { Event } from '../protocol.ts';
import type { CreatedDevice, SessionHost } from '../session-host.ts';

/** Losses after which WebGPU is not asked again. */
const MOST_LOSSES = 2;

export type DeviceFault = 'lost' | 'out-of-memory' | 'shader' | 'source-worker';

/** Where a run can go on after a fault; null: on no adapter, as it is. */
export type NextAdapter = 'same' | 'WebAssembly' | null;

export class SessionDevice {
  /** Where sources may train beside each other. */
  readonly workers: TrainerWorkers;
  private readonly host: SessionHost;
  private readonly onLost: () => void;
  private readonly onProgress: (what: 'engine' | 'kernels', done: number, total: number) => void;
  private created: (CreatedDevice & { readonly choice: AdapterChoice }) | null = null;
  /** Why the present device is lost. */
  loss: DeviceLoss | null = null;
  private losses = 0;
  /** Why WebGPU is not asked any more. */
  private gaveUp: Told | null = null;
  /** The same, for this experiment only. */
  private tooLarge: Told | null = null;

  constructor(host: SessionHost, onLost: () => void, onProgress: (what: 'engine' | 'kernels', done: number, total: number) => void) {
    this.host = host;
    this.workers = new TrainerWorkers(host, (reason) => host.emit({ type: 'log', step: 0, ...tell('in-one-worker', { why: reason }) }));
    this.onLost = onLost;
    this.onProgress = onProgress;
  }

  get current(): CreatedDevice | null {
    return this.created;
  }

  /** Another experiment may fit where the last did not. */
  forgetSize(): void {
    if (this.tooLarge !== null) this.dispose();
    this.tooLarge = null;
  }

  /** The device for an experiment's adapter. */
  async for(choice: AdapterChoice): Promise<Device> {
    if (this.created?.choice === choice && this.loss === null) return this.created.device;
    this.dispose();
    this.onProgress('engine', 0, 1);
    const reason = choice === 'wasm' ? null : (this.gaveUp ?? this.tooLarge);
    const { device, report } = await this.host.createDevice(reason === null ? choice : 'wasm', (done, total) =>
      this.onProgress('kernels', done, total),
    );
    this.created = {
      device,
      report: reason === null ? report : { kind: report.kind, description: report.description, reason: tell('on-wasm', { why: reason }) },
      choice,
    };
    void device.lost.then((loss) => {
      if (this.created?.device !== device) return;
      this.loss = loss;
      this.onLost();
    });
    return device;
  }

  /**
   * Waits until all faults of the device are known: an error may be the first sign of a loss that is told a little
   * later.
   */
  async settled(): Promise<void> {
    await this.created?.device.settled?.();
    // Whoever listens has heard of it by the next turn of the thread.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  /** The kind of device fault that an error is a sign of; null: none. */
  faultOf(error: unknown): DeviceFault | null {
    if (this.loss) return this.loss.kind;
    if (error instanceof OutOfMemoryError) return 'out-of-memory';
    if (error instanceof ShaderError) return 'shader';
    if (error instanceof SourceWorkerError) return 'source-worker';
    return null;
  }

  /** Passes an error on only if the device is at fault. @throws the error, once all of the device's faults are known */
  async passOn(error: unknown): Promise<void> {
    await this.settled();
    if (this.faultOf(error) !== null) throw error;
  }

  /** Gives up the present device after a fault, and says where to go on. */
  leave(fault: DeviceFault, why: Told): NextAdapter {
    if (fault === 'source-worker') {
      // The same numbers come out of training here, only later.
      this.workers.giveUp();
      return 'same';
    }
    const isWebGPU = this.created?.report.kind.startsWith('webgpu') ?? false;
    this.dispose();
    if (!isWebGPU) return fault === 'lost' ? 'same' : null;
    if (fault === 'lost' && ++this.losses < MOST_LOSSES) return 'same';
    if (fault === 'out-of-memory') this.tooLarge = tell('webgpu-too-small', { why });
    else this.gaveUp = fault === 'lost' ? tell('webgpu-lost-often', { times: this.losses, why }) : why;
    return 'WebAssembly';
  }

  /** Gives up the present device, for another one on the same adapter. */
  again(): NextAdapter {
    this.dispose();
    return 'same';
  }

  dispose(): void {
    this.created?.device.dispose();
    this.created = null;
    this.loss = null;
    this.workers.dispose();
  }
}

/** How a fault is told. `where`: where it goes on. */
export function faultEvent(fault: DeviceFault, why: Told, where: Told, step: number): Event {
  switch (fault) {
    case 'lost':
      return { type: 'fault', kind: 'device-lost', ...tell('gpu-lost', { why, where }), fatal: false, goesBack: true };
    case 'out-of-memory':
      return { type: 'fault', kind: 'out-of-memory', ...tell('goes-back', { why, where }), fatal: false, goesBack: true };
    case 'shader':
      return { type: 'fault', kind: 'no-webgpu', ...tell('goes-back', { why, where }), fatal: false, goesBack: true };
    case 'source-worker':
      return { type: 'log', step, ...tell('in-one-worker-from', { why, where }) };
  }
}
