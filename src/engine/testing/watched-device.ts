/**
 * A device that counts what it lends out, for tests of leaks, and fails when it is told to, for tests of recovery.
 * Everything else it leaves to a real one.
 */
import { tell } from '../../experiment/messages/tell.ts';
import type { Device, DeviceKind, Pool, Program } from '../device.ts';
import type { DeviceLoss } from '../faults.ts';
import type { Graph } from '../graph.ts';
import type { Layout } from '../layout.ts';
import type { PoolRole } from '../tensor.ts';

export interface Held {
  readonly pools: number;
  readonly programs: number;
  readonly bytes: number;
}

export type Action = 'createPool' | 'compile' | 'run' | 'read';

export interface WatchedOptions {
  /** Called before every action; what it throws is what the device throws. */
  readonly before?: (action: Action, device: WatchedDevice) => void;
  /**
   * A lost device says so only after it was waited for, as a real one may: what is under way is rejected long before.
   */
  readonly tellsLate?: boolean;
  /** The device's name; by default its kind. */
  readonly kind?: DeviceKind;
}

export class WatchedDevice implements Device {
  readonly kind: DeviceKind;
  readonly description: string;
  readonly lost: Promise<DeviceLoss>;
  /** The memory that was still held when the device was disposed of; null before. */
  heldAtDispose: Held | null = null;
  /** All pools and programs there ever were, as long as someone holds them. */
  readonly lent: WeakRef<object>[] = [];
  private readonly device: Device;
  private readonly options: WatchedOptions;
  private readonly pools = new Set<Pool>();
  private readonly programs = new Set<Program>();
  private loss: DeviceLoss | null = null;
  private untold: DeviceLoss | null = null;
  private tell: (loss: DeviceLoss) => void = () => {};

  constructor(device: Device, options: WatchedOptions = {}) {
    this.device = device;
    this.options = options;
    this.kind = options.kind ?? device.kind;
    this.description = device.description;
    this.lost = new Promise((resolve) => {
      this.tell = resolve;
      void device.lost.then(resolve);
    });
  }

  get held(): Held {
    return { pools: this.pools.size, programs: this.programs.size, bytes: this.device.bytes() };
  }

  /** From now on the device is as good as lost: it refuses everything but giving back. */
  lose(reason: string, kind: DeviceLoss['kind'] = 'lost'): void {
    const loss: DeviceLoss = { kind, reason: tell('error', { text: reason }) };
    this.loss = loss;
    if (this.options.tellsLate === true) this.untold = loss;
    else this.tell(loss);
  }

  settled(): Promise<void> {
    if (this.untold) this.tell(this.untold);
    this.untold = null;
    return Promise.resolve();
  }

  private before(action: Action): void {
    this.options.before?.(action, this);
    if (this.loss !== null) throw new Error(`${action}: the device is lost`);
  }

  createPool(layout: Layout): Pool {
    this.before('createPool');
    const pool = this.device.createPool(layout);
    this.pools.add(pool);
    this.lent.push(new WeakRef(pool));
    return pool;
  }

  disposePool(pool: Pool): void {
    this.device.disposePool(pool);
    this.pools.delete(pool);
  }

  write(pool: Pool, data: Float32Array): void {
    this.device.write(pool, data);
  }

  read(pool: Pool): Promise<Float32Array> {
    this.before('read');
    return this.device.read(pool);
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

  async compile(graph: Graph, pools: Readonly<Partial<Record<PoolRole, Pool>>>): Promise<Program> {
    this.before('compile');
    const program = await this.device.compile(graph, pools);
    const { programs } = this;
    const before = (action: Action): void => this.before(action);
    const watched: Program = {
      calls: program.calls,
      setInput: (name, data) => program.setInput(name, data),
      run() {
        before('run');
        program.run();
      },
      rerun() {
        before('run');
        program.rerun();
      },
      async read(output) {
        before('read');
        return program.read(output);
      },
      dispose() {
        program.dispose();
        programs.delete(watched);
      },
    };
    programs.add(watched);
    this.lent.push(new WeakRef(watched));
    return watched;
  }

  get waits(): number {
    return this.device.waits;
  }

  bytes(): number {
    return this.device.bytes();
  }

  simulateLoss(): void {
    if (this.device.simulateLoss) this.device.simulateLoss();
    else this.lose('simulated');
  }

  dispose(): void {
    this.heldAtDispose ??= this.held;
    this.device.dispose();
  }
}
