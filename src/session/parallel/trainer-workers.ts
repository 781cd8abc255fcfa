/**
 * Where a model trains: here, or, where the processor has cores for it, in a worker of its own, so that sources train
 * side by side. That pays where a step takes longer than the messages about it.
 */
import type { Told } from '../../experiment/messages/say.ts';
import { tellError } from '../../experiment/messages/tell.ts';
import { stepSizeAfter } from '../../experiment/experiment.ts';
import type { ModelTrainer } from '../../training/model-trainer.ts';
import { trainHere, type TrainerMaker, type TrainerRequest } from '../../run/setup/trainer-maker.ts';
import type { TrainerPort } from './protocol.ts';
import { RemoteTrainer } from './remote-trainer.ts';
import { TrainerLink } from './trainer-link.ts';

/** Two that train: the session's own thread has little to do meanwhile (measured by `npm run bench:parallel`). */
export const FEWEST_CORES = 2;
/** Operations of a step that take a core about 2 ms (20 GFLOP/s with WebAssembly's SIMD). */
export const FEWEST_FLOPS = 40e6;

export interface TrainerWorkersHost {
  /** Starts a worker; absent where there are none. */
  startTrainer?(): TrainerPort;
  /** Threads that the processor runs at once. */
  readonly cores?: number;
  readonly watched: boolean;
}

export class TrainerWorkers implements TrainerMaker {
  private readonly host: TrainerWorkersHost;
  private readonly links = new Set<TrainerLink>();
  private idle: TrainerLink[] = [];
  private readonly onGaveUp: (why: Told) => void;
  private off = false;

  /** @param onGaveUp hears why a worker could not be started */
  constructor(host: TrainerWorkersHost, onGaveUp: (why: Told) => void) {
    this.host = host;
    this.onGaveUp = onGaveUp;
  }

  async make(request: TrainerRequest): Promise<ModelTrainer> {
    const link = this.apart(request) ? this.claim() : undefined;
    if (!link) return trainHere.make(request);
    try {
      return await RemoteTrainer.create(link, (back) => this.giveBack(back), request);
    } catch (error) {
      // It did not come up: no loss, nothing was trained there yet.
      this.giveUp();
      this.onGaveUp(tellError(error));
      return trainHere.make(request);
    }
  }

  /** No more workers: all that trains from now on trains here. */
  giveUp(): void {
    this.off = true;
    this.dispose();
  }

  dispose(): void {
    for (const link of this.links) link.terminate();
    this.links.clear();
    this.idle = [];
  }

  /** Whether a model is better trained in a worker of its own. */
  private apart({ device, experiment, state, flopsPerStep, sideBySide }: TrainerRequest): boolean {
    const { startTrainer, cores = 1, watched } = this.host;
    const heldToTheSharpness = experiment.h.kind === 'edge' || stepSizeAfter(experiment).kind === 'edge';
    return (
      !this.off &&
      startTrainer !== undefined &&
      device.kind === 'wasm' &&
      cores >= FEWEST_CORES &&
      // A run that is slowed down to be watched has nothing to gain.
      (!watched || experiment.pace === 'max') &&
      // The sharpness is measured here, between steps.
      !heldToTheSharpness &&
      // Norms that are being released are followed here.
      state.release === undefined &&
      sideBySide > 1 &&
      flopsPerStep >= FEWEST_FLOPS
    );
  }

  /** A worker that rests, or a new one while there are cores. */
  private claim(): TrainerLink | undefined {
    const resting = this.idle.pop();
    if (resting && !resting.failed) return resting;
    if (!this.host.startTrainer || this.links.size >= (this.host.cores ?? 1)) return undefined;
    const link = new TrainerLink(this.host.startTrainer());
    this.links.add(link);
    return link;
  }

  private giveBack(link: TrainerLink): void {
    if (link.failed) this.links.delete(link);
    else this.idle.push(link);
  }
}
