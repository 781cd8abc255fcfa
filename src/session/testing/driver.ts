/** A session under test, wherever it runs: commands in, events out, and all it says kept. */
import type { Device } from '../../engine/device.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { presetExperiment } from '../../experiment/presets/presets.ts';
import type { Command, Event, Phase } from '../protocol.ts';
import { Session } from '../session.ts';
import type { SessionHost } from '../session-host.ts';

/** Two tiny sources, fused at 12 of 20 steps. */
export const tiny: Experiment = {
  ...presetExperiment('first-fusion'),
  // Its own, so that another typical seed of the preset changes no number here.
  seed: 9,
  task: 'sort',
  examples: 16,
  probe: 16,
  model: { d: 8, ff: 16, heads: 2, dkv: 4, layers: 1 },
  h: { kind: 'constant', value: 0.05 },
  grow: 12,
  steps: 20,
  predict: [],
  pace: 'max',
};

export class Driver {
  readonly events: Event[] = [];
  readonly session: Session;
  readonly devices: Device[] = [];
  /** Slices in which the session found something to do. */
  private slices = 0;
  private waiters: { readonly test: (event: Event) => boolean; readonly resolve: (event: Event) => void }[] = [];

  constructor(host: Omit<SessionHost, 'emit'>) {
    this.session = new Session({
      ...host,
      createDevice: async (choice, onCompile) => {
        const created = await host.createDevice(choice, onCompile);
        this.devices.push(created.device);
        return created;
      },
      yield: () => {
        this.slices++;
        return host.yield();
      },
      emit: (event) => {
        this.events.push(event);
        const found = this.waiters.filter(({ test }) => test(event));
        this.waiters = this.waiters.filter((waiter) => !found.includes(waiter));
        for (const { resolve } of found) resolve(event);
      },
    });
  }

  send(command: Command): void {
    this.session.handle(command);
  }

  event(test: (event: Event) => boolean): Promise<Event> {
    return new Promise((resolve) => this.waiters.push({ test, resolve }));
  }

  phase(phase: Phase): Promise<Event> {
    return this.event((event) => event.type === 'phase' && event.phase === phase);
  }

  /** Sends a command and waits for a phase. @throws why the session failed, where that was not waited for */
  async until(phase: Phase, command: Command): Promise<void> {
    const reached = this.event((event) => event.type === 'phase' && (event.phase === phase || event.phase === 'failed'));
    this.send(command);
    const event = await reached;
    if (event.type === 'phase' && event.phase !== phase)
      throw new Error(`the session should have come to ${phase}, and failed: ${this.of('fault').at(-1)?.message ?? 'it did not say why'}`);
  }

  /**
   * Until the session sleeps: no slice in five turns of the event loop. For devices that answer at once, as wasm does.
   */
  async idle(): Promise<void> {
    for (let turns = 0, seen = -1; turns < 5; turns++) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (seen !== this.slices) turns = 0;
      seen = this.slices;
    }
  }

  async close(): Promise<void> {
    this.session.close();
    await this.session.ended;
  }

  curves(): Map<string, [number, number][]> {
    const curves = new Map<string, [number, number][]>();
    for (const event of this.events) {
      if (event.type === 'rewound')
        for (const [model, points] of curves)
          curves.set(
            model,
            points.filter(([step]) => step <= event.step),
          );
      if (event.type !== 'measured') continue;
      const points = curves.get(event.model) ?? [];
      event.steps.forEach((step, i) => {
        if (points.at(-1)?.[0] === step) points.pop();
        points.push([step, event.losses[i] ?? Number.NaN]);
      });
      curves.set(event.model, points);
    }
    return curves;
  }

  of<T extends Event['type']>(type: T): Extract<Event, { type: T }>[] {
    return this.events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
  }
}
