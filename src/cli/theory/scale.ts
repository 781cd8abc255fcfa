/** How much of the validation of the theory is done. */
import type { Device } from '../../engine/device.ts';

export interface TheoryScale {
  readonly device: Device;
  readonly quick: boolean;
  /** Seeds for a table; presets bring their own first. */
  seedsOf(table: string): readonly number[];
  /** A number of steps, at this scale. */
  steps(full: number): number;
  note(text: string): void;
}
