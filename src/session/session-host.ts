/** The host of a session, the place it runs in: the page's worker, the command line, a test. */
import type { Device } from '../engine/device.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { KeptStore } from '../keep/store.ts';
import type { TrainerWorkersHost } from './parallel/trainer-workers.ts';
import type { AdapterReport } from '../run/reports.ts';
import type { Event } from './protocol.ts';

export interface CreatedDevice {
  readonly device: Device;
  readonly report: AdapterReport;
}

export interface SessionHost extends TrainerWorkersHost {
  emit(event: Event): void;
  /** Text of a prepared file below the page, e.g. `data/manifest.json`. */
  readText(path: string): Promise<string>;
  createDevice(choice: Experiment['adapter'], onCompile: (done: number, total: number) => void): Promise<CreatedDevice>;
  /** Opens the store in which runs are kept; nothing is kept where there is none. */
  openStore?(): Promise<KeptStore>;
  /** Lets other work of the thread happen. */
  yield(): Promise<void>;
  /** Whether someone looks: samples, pictures and the sharpness along the run are made only then. */
  readonly watched: boolean;
  /**
   * Whether sharpness, gradient norms and distances from the flows are measured along the run; as `watched` unless
   * given.
   */
  readonly measures?: boolean;
}
