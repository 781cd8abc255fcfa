/** Trains one experiment to its end in a worker of its own. */
import type { Experiment, ModelId } from '../../../experiment/experiment.ts';
import type { Command, Event } from '../../../session/protocol.ts';
import type { ModelReport } from '../../../run/reports.ts';
import type { CurveLike } from '../../plot/curves/curve.ts';
import { say } from '../../text/en/runs/cost.ts';
import { wordsOf } from '../../text/messages.ts';
import { gapsOf } from '../../state/heard/gaps.ts';
import { Growable } from '../../plot/curves/growable.ts';

/** A run that is over. */
export interface Trial {
  readonly experiment: Experiment;
  readonly models: readonly ModelReport[];
  readonly measured: ReadonlyMap<ModelId, CurveLike>;
  /** Seconds of a step, by network. */
  readonly seconds: ReadonlyMap<ModelId, number>;
}

/**
 * @returns null where it was stopped. @throws why it could not be trained; a run that diverges is one that ended early
 */
export function train(experiment: Experiment, onStep: (step: number) => void, stop: AbortSignal): Promise<Trial | null> {
  const worker = new Worker(new URL('../../../session/worker.ts', import.meta.url), { type: 'module', name: 'trial' });
  const send = (command: Command): void => worker.postMessage(command);
  const curves = new Map<ModelId, Growable>();
  let models: readonly ModelReport[] = [];
  let seconds: ReadonlyMap<ModelId, number> = new Map();
  let fault = '';
  const trained = new Promise<Trial | null>((resolve, reject) => {
    stop.addEventListener('abort', () => resolve(null), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message || say.workerNotLoaded)));
    worker.addEventListener('message', ({ data: event }: MessageEvent<Event>) => {
      switch (event.type) {
        case 'ready':
          models = event.models;
          return;
        case 'growth':
          models = event.models;
          return;
        case 'measured': {
          const curve = curves.get(event.model) ?? new Growable();
          curves.set(event.model, curve);
          curve.append(event.steps, event.losses);
          return onStep(event.steps.at(-1) ?? 0);
        }
        case 'times':
          seconds = new Map([...seconds, ...Object.entries(event.secondsPerStep)]);
          return;
        case 'fault':
          fault = wordsOf(event);
          if (event.fatal) reject(new Error(fault));
          return;
        case 'phase':
          if (event.phase === 'ready') send({ type: 'run' });
          if (event.phase === 'failed') reject(new Error(fault || say.couldNotBeTrained));
          if (event.phase === 'finished' || event.phase === 'diverged')
            resolve({
              experiment,
              models,
              seconds,
              measured: new Map([...curves].map(([id, curve]) => [id, { ...curve.asCurve(), ...gapsOf(experiment, id) }])),
            });
          return;
        default:
      }
    });
  });
  send({ type: 'load', experiment });
  return trained.finally(() => worker.terminate());
}
