/**
 * The predicted curves of a run as they come, with when each point was made and how far the runs of a mean were apart.
 */
import type { ModelId } from '../../../experiment/experiment.ts';
import type { Event } from '../../../session/protocol.ts';
import { Growable } from '../../plot/curves/growable.ts';
import { at, mapValues } from './maps.ts';
import type { State } from '../state.ts';

type Curves = Map<string, Map<ModelId, Growable>>;

const grow = (): Growable => new Growable();
const models = (): Map<ModelId, Growable> => new Map();

/** Key of a prediction among the page's curves. */
export const keyOfEvent = ({ flow, from, of }: Extract<Event, { type: 'predicted' }>['key']): string => `${flow}|${from}|${of}`;

export class PredictedCurves {
  private readonly losses: Curves = new Map();
  private readonly made: Curves = new Map();
  private readonly spreads: Curves = new Map();

  private get all(): readonly Curves[] {
    return [this.losses, this.made, this.spreads];
  }

  clear(): void {
    for (const curves of this.all) curves.clear();
  }

  add(event: Extract<Event, { type: 'predicted' }>): void {
    const add = (curves: Curves, values: ArrayLike<number>): void =>
      at(at(curves, keyOfEvent(event.key), models), event.model, grow).append(event.steps, values);
    add(this.losses, event.losses);
    add(this.made, event.madeAt);
    if (event.spreads) add(this.spreads, event.spreads);
  }

  /** Forgets those of the plan, of a hypothetical, or of what was asked. */
  forget(of: string): void {
    for (const curves of this.all) for (const key of [...curves.keys()]) if (key.endsWith(`|${of}`)) curves.delete(key);
  }

  /** Predictions of another plan are never shown beside the run. */
  voidAfter(step: number, planned: readonly ModelId[]): void {
    for (const curves of this.all)
      for (const [key, byModel] of curves) {
        if (!key.endsWith('|plan')) continue;
        for (const [model, curve] of [...byModel]) {
          curve.truncateAfter(step);
          if (curve.length === 0 || !planned.includes(model)) byModel.delete(model);
        }
      }
  }

  /** The hypothetical is run from a step: its curves are what the run is tested by. */
  keepAsked(from: number): void {
    for (const [key, byModel] of this.made) if (askedKey(key) !== key) for (const made of byModel.values()) made.limit(from);
    for (const curves of this.all)
      for (const [key, byModel] of [...curves]) {
        if (askedKey(key) === key) continue;
        curves.delete(key);
        curves.set(askedKey(key), byModel);
      }
  }

  chart(): Pick<State['chart'], 'predicted' | 'made' | 'spreads'> {
    return {
      predicted: mapValues(this.losses, (of) => mapValues(of, (g) => g.asCurve())),
      made: mapValues(this.made, (of) => mapValues(of, (g) => ({ steps: g.steps, values: g.values, length: g.length }))),
      spreads: mapValues(this.spreads, (of) => mapValues(of, (g) => g.asCurve())),
    };
  }
}

/** The key of a hypothetical's prediction, once it is run. */
export const askedKey = (key: string): string => key.replace(/\|what-if$/, '|asked');
